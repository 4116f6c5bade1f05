import {
  decodePing,
  decodePong,
  encodePing,
  encodePong,
  PING_OPCODE,
  PONG_OPCODE,
} from "../../schema/generated/engine.ts";
import { CloseCode, type CloseReason } from "./close-code.ts";
import type { Link } from "./link.ts";

/** Bounds of a connection. An honest peer meets none of them. */
export interface ConnectionLimits {
  /** Messages that wait for the next tick or display frame. */
  readonly inboxMessagesMax: number;
  readonly inboxBytesMax: number;
  /** Pings that are answered between two visits to the inbox. */
  readonly pingsMax: number;
  /** Bytes that a slow reader may leave waiting in this process. */
  readonly outgoingBytesMax: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  inboxMessagesMax: 1024,
  inboxBytesMax: 1 << 20,
  pingsMax: 32,
  outgoingBytesMax: 256 * 1024,
};

/** What a connection has carried since it began, without the WebSocket's own framing. */
export interface ConnectionCounters {
  receivedBytes: number;
  sentBytes: number;
}

const PINGS_IN_FLIGHT_MAX = 16;

/**
 * Messages over a link, one a packet.
 *
 * What arrives waits in an inbox which the tick or the display frame drains. Pings are the exception: they are
 * answered on arrival, so that a round trip measures the network and not the tick.
 */
export class Connection {
  readonly counters: ConnectionCounters = { receivedBytes: 0, sentBytes: 0 };
  private readonly link: Link;
  private readonly limits: ConnectionLimits;
  private readonly pingsInFlight = new Map<number, number>();
  private inbox: Uint8Array[] = [];
  private inboxBytes = 0;
  private answeredPings = 0;
  private nextPingId = 0;
  private ending: CloseReason | undefined;
  private opened = false;
  private rttSamplesMs: number[] = [];

  constructor(link: Link, limits: ConnectionLimits = CONNECTION_LIMITS) {
    this.link = link;
    this.limits = limits;
    link.listen({
      onOpen: () => {
        this.opened = true;
      },
      onPacket: (packet, receivedAtMs) => {
        this.receive(packet, receivedAtMs);
      },
      onTurn: () => undefined,
      onClose: (code, reason) => {
        this.ending ??= { code, reason };
      },
    });
  }

  /** True from the moment the link can carry packets, and after it has closed too. */
  get isOpen(): boolean {
    return this.opened;
  }

  /** Why the connection ended, whoever ended it; undefined while it lives. */
  get ended(): CloseReason | undefined {
    return this.ending;
  }

  /** True when a packet written now would leave at once: the moment for a snapshot. */
  get mayWrite(): boolean {
    return this.ending === undefined && this.link.bufferedBytes === 0;
  }

  /** Sends one encoded message. A peer that leaves too much of it lying is closed. */
  send(message: Uint8Array): void {
    if (this.ending !== undefined) return;
    this.counters.sentBytes += message.length;
    this.link.send(message);
    if (this.link.bufferedBytes > this.limits.outgoingBytesMax) {
      this.close(CloseCode.TOO_SLOW, "The connection is too slow: messages pile up. Try again on a better network.");
    }
  }

  /** Asks for a round trip. While too many are unanswered nothing is sent. */
  ping(nowMs: number): void {
    if (this.pingsInFlight.size + this.rttSamplesMs.length >= PINGS_IN_FLIGHT_MAX) return;
    const id = this.nextPingId;
    this.nextPingId = (id + 1) & 0xffff;
    this.pingsInFlight.set(id, nowMs);
    this.send(encodePing({ id }));
  }

  /** The round trips measured since the last call, in milliseconds; at most as many as pings may be in flight. */
  takeRttSamples(): readonly number[] {
    const samples = this.rttSamplesMs;
    this.rttSamplesMs = [];
    return samples;
  }

  /** The oldest message that has arrived, if any, and leaves the rest. */
  takeMessage(): Uint8Array | undefined {
    this.answeredPings = 0;
    const message = this.inbox.shift();
    this.inboxBytes -= message?.length ?? 0;
    return message;
  }

  /** Everything that has arrived and was not taken yet, oldest first. */
  takeMessages(): readonly Uint8Array[] {
    this.answeredPings = 0;
    const messages = this.inbox;
    this.inbox = [];
    this.inboxBytes = 0;
    return messages;
  }

  /** Ends the connection; what has arrived and was not taken is dropped. */
  close(code: number, reason: string): void {
    if (this.ending !== undefined) return;
    this.ending = { code, reason };
    this.inbox = [];
    this.link.close(code, reason);
  }

  private receive(packet: Uint8Array, receivedAtMs: number): void {
    if (this.ending !== undefined) return;
    this.counters.receivedBytes += packet.length;
    const opcode = packet[0];
    if (opcode === PONG_OPCODE) this.receivePong(packet, receivedAtMs);
    else if (opcode === PING_OPCODE) this.receivePing(packet);
    else this.keep(packet);
  }

  private receivePing(packet: Uint8Array): void {
    const ping = decodePing(packet);
    this.answeredPings += 1;
    if (ping === undefined) this.refuse(packet);
    else if (this.answeredPings > this.limits.pingsMax) this.close(CloseCode.FLOOD, "Too many pings at once.");
    else this.send(encodePong(ping));
  }

  private receivePong(packet: Uint8Array, receivedAtMs: number): void {
    const pong = decodePong(packet);
    const sentAtMs = pong && this.pingsInFlight.get(pong.id);
    if (pong === undefined || sentAtMs === undefined) {
      this.refuse(packet);
      return;
    }
    this.pingsInFlight.delete(pong.id);
    this.rttSamplesMs.push(receivedAtMs - sentAtMs);
  }

  private refuse(packet: Uint8Array): void {
    const opcode = packet[0] ?? -1;
    this.close(CloseCode.BAD_MESSAGE, `Bytes that are no message: opcode ${opcode}, ${packet.length} bytes.`);
  }

  private keep(packet: Uint8Array): void {
    this.inbox.push(packet);
    this.inboxBytes += packet.length;
    const { inboxMessagesMax, inboxBytesMax } = this.limits;
    if (this.inbox.length <= inboxMessagesMax && this.inboxBytes <= inboxBytesMax) return;
    this.close(CloseCode.FLOOD, "Too many messages at once.");
  }
}
