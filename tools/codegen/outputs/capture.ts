import type { Side } from "../layout.ts";

const PORTS: Readonly<Record<Side, number>> = { client: 50000, server: 8080 };
const FLAGS = { ack: 0x10, push: 0x18, syn: 0x02, synAck: 0x12 } as const;
const MASK = [0x37, 0xfa, 0x21, 0x3d] as const;

/**
 * A WebSocket as a network card would have seen it: TCP and HTTP handshakes, then a segment a message.
 *
 * It exists to try dissectors without a network.
 */
export class Capture {
  private readonly packets: Uint8Array[] = [];
  private readonly sequence: Record<Side, number> = { client: 1000, server: 2000 };

  /** `subprotocol`: what the server selects; undefined where it selects none. */
  constructor(subprotocol: string | undefined) {
    this.segment("client", FLAGS.syn, new Uint8Array());
    this.segment("server", FLAGS.synAck, new Uint8Array());
    this.segment("client", FLAGS.ack, new Uint8Array());
    this.segment("client", FLAGS.push, ascii(requestText(subprotocol)));
    this.segment("server", FLAGS.push, ascii(responseText(subprotocol)));
  }

  /** One binary message, masked where a client sends it. */
  send(from: Side, message: Uint8Array): void {
    this.segment(from, FLAGS.push, webSocketFrame(message, from === "client"));
  }

  /** The capture as a pcap file. */
  bytes(): Uint8Array {
    const records = this.packets.flatMap((packet, index) => [
      numbers(4, true, index, 0, packet.length, packet.length),
      packet,
    ]);
    const head = [numbers(4, true, 0xa1b2c3d4), numbers(2, true, 2, 4), numbers(4, true, 0, 0, 0x40000, 101)];
    return joined([...head, ...records]);
  }

  private segment(from: Side, flags: number, payload: Uint8Array): void {
    const to = from === "client" ? "server" : "client";
    const tcp = joined([
      numbers(2, false, PORTS[from], PORTS[to]),
      numbers(4, false, this.sequence[from], flags === FLAGS.syn ? 0 : this.sequence[to]),
      numbers(1, false, 0x50, flags),
      numbers(2, false, 0xffff, 0, 0),
      payload,
    ]);
    const [source, target] = from === "client" ? ([1, 2] as const) : ([2, 1] as const);
    const ip = joined([
      numbers(1, false, 0x45, 0),
      numbers(2, false, 20 + tcp.length, 0, 0x4000),
      numbers(1, false, 64, 6),
      numbers(2, false, 0),
      Uint8Array.of(10, 0, 0, source, 10, 0, 0, target),
    ]);
    this.packets.push(joined([ip, tcp]));
    const isSyn = flags === FLAGS.syn || flags === FLAGS.synAck;
    this.sequence[from] += payload.length + (isSyn ? 1 : 0);
  }
}

function webSocketFrame(message: Uint8Array, isMasked: boolean): Uint8Array {
  const bit = isMasked ? 0x80 : 0;
  const length =
    message.length < 126
      ? numbers(1, false, bit | message.length)
      : joined([numbers(1, false, bit | 126), numbers(2, false, message.length)]);
  if (!isMasked) return joined([Uint8Array.of(0x82), length, message]);
  return joined([Uint8Array.of(0x82), length, Uint8Array.from(MASK), message.map((byte, at) => byte ^ MASK[at & 3]!)]);
}

function requestText(subprotocol: string | undefined): string {
  return [
    "GET /ws HTTP/1.1",
    "Host: localhost:8080",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...subprotocolLine(subprotocol),
    "\r\n",
  ].join("\r\n");
}

function responseText(subprotocol: string | undefined): string {
  return [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    ...subprotocolLine(subprotocol),
    "\r\n",
  ].join("\r\n");
}

function subprotocolLine(subprotocol: string | undefined): string[] {
  return subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`];
}

/** Whole numbers of `bytes` bytes each. */
function numbers(bytes: 1 | 2 | 4, isLittleEndian: boolean, ...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * bytes));
  values.forEach((value, index) => {
    for (let byte = 0; byte < bytes; byte++) {
      const shift = 8 * (isLittleEndian ? byte : bytes - 1 - byte);
      view.setUint8(index * bytes + byte, (value >>> shift) & 0xff);
    }
  });
  return new Uint8Array(view.buffer);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
