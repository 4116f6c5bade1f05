import {
  decodeHello,
  decodeWelcome,
  encodeHello,
  encodeWelcome,
  PROTOCOL_HASH,
} from "../../schema/generated/engine.ts";
import type { MessageProtocol, Rpc } from "../wire/protocol.ts";
import type { BulkSource, BulkTransfer } from "./bulk.ts";
import type { BulkReception } from "./bulk-receiver.ts";
import { CloseCode, type CloseReason } from "./close-code.ts";
import { Connection } from "./connection.ts";
import { LANE_LIMITS, type LaneLimits, laneOf } from "./lane.ts";
import { Lanes } from "./lanes.ts";
import type { Link } from "./link.ts";
import { type RequestOutcome, Requests } from "./requests.ts";
import { type SchemaIdentity, schemaMismatch } from "./subprotocol.ts";

/** How long the other side may take to say its first message, in milliseconds. */
const FIRST_MESSAGE_MS = 5_000;
const NOTHING = new Uint8Array(0);

/** What a channel may be given besides its link and its schema. */
export interface ChannelOptions {
  /** Where something large that the other side sends goes; undefined, or none of these, refuses it. */
  readonly receiveBulk?: BulkReception | undefined;
  /** Other bounds of what the channel's lanes may hold than `LANE_LIMITS`. */
  readonly laneLimits?: Partial<LaneLimits> | undefined;
}

/** What the two ends of a channel do differently. */
interface End<Incoming> {
  readonly protocol: MessageProtocol;
  /** The first message of this end. */
  readonly greeting: Uint8Array;
  /** Whether this end says its first message before it has read the other's. */
  readonly isFirst: boolean;
  decodeGreeting(bytes: Uint8Array): SchemaIdentity | undefined;
  decode(bytes: Uint8Array, peerVersion: number): Incoming | undefined;
}

/**
 * The messages of a schema over one link: lanes, transfers and requests, without a room, its ticks and its sessions.
 * `clientChannel` and `serverChannel` make its ends.
 *
 * Call `advance` often, once a display frame say, and `takeMessages` beside it. Nothing that the other side sends
 * throws: what is no message ends the channel, with a code and a text that both ends see. A channel lives as long as
 * its link; what had not arrived is lost with it.
 */
export class Channel<Incoming> {
  private readonly connection: Connection;
  private readonly end: End<Incoming>;
  private readonly lanes: Lanes;
  private readonly requests = new Requests();
  /** Undefined until the other side has said its first message. */
  private peerVersion: number | undefined;
  private beganMs: number | undefined;
  private hasLet = false;

  /** Made by `clientChannel` and `serverChannel`. */
  constructor(connection: Connection, end: End<Incoming>, { receiveBulk, laneLimits }: ChannelOptions) {
    this.connection = connection;
    this.end = end;
    this.lanes = new Lanes(receiveBulk, { ...LANE_LIMITS, ...laneLimits });
    if (!end.isFirst) return;
    connection.sendHandshake(end.greeting);
    connection.open(this.lanes);
  }

  /** `open` from the moment that both sides know of each other; `ended` for good. */
  get phase(): "connecting" | "open" | "ended" {
    if (this.connection.ended !== undefined) return "ended";
    return this.peerVersion === undefined ? "connecting" : "open";
  }

  /** Why the channel ended, whoever ended it; undefined while it lives. Code 1006 has no text: the link broke off. */
  get ended(): CloseReason | undefined {
    return this.connection.ended;
  }

  /** A smoothed round trip in milliseconds; undefined before the first. */
  get rttMs(): number | undefined {
    return this.connection.rttMs;
  }

  /**
   * Sends an encoded message of the schema, on the lane that the schema says. It leaves with the next `advance`. A
   * client's channel keeps what it is told while it connects; a server's drops it, and any drops it once it has ended.
   */
  send(message: Uint8Array): void {
    if (this.phase !== "ended") this.connection.send(laneOf(message, this.end.protocol.lanes), message);
  }

  /** Sends something large, where nothing else waits for it. Throws a RangeError when more than a thousand wait already. */
  sendBulk(source: BulkSource): BulkTransfer {
    return this.lanes.sendBulk(source);
  }

  /**
   * Asks the other side: the outcome is the reply, the refusal, `timeout` after 5 s, `closed` where the channel has
   * ended or ends, or `busy` while 256 others wait. Rejects only a request that does not fit its schema, in development.
   */
  request<Request, Reply>(rpc: Rpc<Request, Reply>, request: Request): Promise<RequestOutcome<Reply>> {
    return new Promise((resolve) => {
      if (this.phase === "ended") {
        resolve({ type: "closed" });
        return;
      }
      const call = this.requests.ask(rpc, request, resolve);
      if (call !== undefined) this.send(call);
    });
  }

  /**
   * What has arrived since the last call, oldest first, up to the first message that is none; that one ends the channel.
   * Answers to requests are read here too. More than `LaneLimits` allow to wait end the channel as well.
   */
  takeMessages(): Incoming[] {
    this.readGreeting();
    const messages: Incoming[] = [];
    for (const { bytes } of this.lanes.takeMessages()) {
      const read = this.requests.read(bytes, this.peerVersion ?? 0);
      if (read === "answer") continue;
      const message = read === "foreign" ? this.end.decode(bytes, this.peerVersion ?? 0) : undefined;
      if (message !== undefined) messages.push(message);
      else if (!this.isFromNewer) {
        this.close(
          CloseCode.BAD_MESSAGE,
          `Bytes that are no message: opcode ${bytes[0] ?? "none"}, ${bytes.length} bytes.`,
        );
        break;
      }
    }
    return messages;
  }

  /** Sends what may leave now, and watches over times. `nowMs`: the monotonic clock that also stamps the link's packets. */
  advance(nowMs: number): void {
    this.readGreeting();
    this.beganMs ??= nowMs;
    if (this.phase === "connecting" && this.connection.isOpen && nowMs - this.beganMs >= FIRST_MESSAGE_MS) {
      this.close(CloseCode.HELLO_TIMEOUT, `No first message within ${FIRST_MESSAGE_MS / 1_000} seconds.`);
    }
    this.requests.expire(nowMs);
    this.connection.flush(nowMs);
    if (this.phase === "ended") this.letGo();
  }

  /** Ends the channel. `reason` is for people, and goes to the other side: at most 123 bytes of ASCII. */
  close(code: number = CloseCode.NORMAL, reason = ""): void {
    this.connection.close(code, reason);
    this.letGo();
  }

  /** A newer peer may say what this side does not know yet. */
  private get isFromNewer(): boolean {
    return (this.peerVersion ?? 0) > this.end.protocol.version;
  }

  private readGreeting(): void {
    const bytes = this.peerVersion === undefined ? this.connection.takeHandshake() : undefined;
    if (bytes === undefined) return;
    const identity = this.end.decodeGreeting(bytes);
    const refusal =
      identity === undefined
        ? { code: CloseCode.BAD_MESSAGE, reason: `These ${bytes.length} bytes are no first message.` }
        : schemaMismatch(identity, PROTOCOL_HASH, this.end.protocol);
    if (refusal !== undefined) this.close(refusal.code, refusal.reason);
    if (this.phase === "ended") return;
    this.peerVersion = identity!.version;
    if (!this.end.isFirst) {
      this.connection.sendHandshake(this.end.greeting);
      this.connection.open(this.lanes);
    }
    this.connection.begin();
  }

  /** Settles what waits for an answer that will not come. */
  private letGo(): void {
    if (this.hasLet) return;
    this.hasLet = true;
    this.requests.close();
    this.lanes.lose();
  }
}

/** The client's end of a channel over a link, which may still be opening. */
export function clientChannel<ServerMessage>(
  link: Link,
  protocol: MessageProtocol<unknown, ServerMessage>,
  options: ChannelOptions = {},
): Channel<ServerMessage> {
  const end: End<ServerMessage> = {
    protocol,
    greeting: encodeHello({ ...identityOf(protocol), options: NOTHING }),
    isFirst: true,
    decodeGreeting: (bytes) => decodeWelcome(bytes),
    decode: (bytes, peerVersion) => protocol.decodeServerMessage(bytes, peerVersion),
  };
  return new Channel(new Connection(link), end, options);
}

/** The server's end of a channel, over a connection of which nothing was read yet. */
export function serverChannel<ClientMessage>(
  connection: Connection,
  protocol: MessageProtocol<ClientMessage>,
  options: ChannelOptions = {},
): Channel<ClientMessage> {
  const end: End<ClientMessage> = {
    protocol,
    greeting: encodeWelcome({ ...identityOf(protocol), ...NO_ROOM }),
    isFirst: false,
    decodeGreeting: (bytes) => decodeHello(bytes),
    decode: (bytes, peerVersion) => protocol.decodeClientMessage(bytes, peerVersion),
  };
  return new Channel(connection, end, options);
}

/** What Welcome says where there is neither a room nor a session. */
const NO_ROOM = { playerId: 0, tick: 0, tickRate: 0, ticksPerSnapshot: 0, token: NOTHING, metadata: NOTHING };

function identityOf({ version, hash }: MessageProtocol): SchemaIdentity {
  return { version, engineHash: PROTOCOL_HASH, gameHash: hash };
}
