import {
  CloseCode,
  type CloseReason,
  type GameTypes,
  type Link,
  type PlayerId,
  type RequestOutcome,
  type Rpc,
  type SharedGame,
} from "#engine/shared";
import { TickAccumulator } from "../../shared/engine/time/tick-accumulator.ts";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { decodeFreeForm, encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { Requests } from "../../shared/engine/transport/requests.ts";
import { schemaMismatch } from "../../shared/engine/transport/subprotocol.ts";
import {
  decodeServerMessage,
  encodeHello,
  encodeInputs,
  PROTOCOL_HASH,
  type Snapshot,
  type Welcome,
} from "../../shared/schema/generated/engine.ts";
import { ClientStats } from "./client-stats.ts";
import { InterpolationBuffer } from "./interpolation-buffer.ts";
import { SnapshotStream } from "./snapshot-stream.ts";

/** Where a client stands. `reason` is for the player to read. */
export type ClientStatus =
  | { readonly phase: "connecting" }
  | { readonly phase: "connected" }
  | { readonly phase: "lost"; readonly code: number; readonly reason: string };

/** What a client is made with. */
export interface GameClientOptions<Types extends GameTypes> {
  readonly game: SharedGame<Types>;
  /** Told to the game at the join: at most 4 KB of msgpack. */
  readonly joinOptions: Record<string, unknown>;
  /** Asked once a tick: what the player wants now. */
  readonly readInput: () => Types["Input"];
}

/** Opcodes below this one are the engine's. */
const GAME_OPCODE_MIN = 32;
/** A client that stood still, in a hidden tab say, sends its newest intents and not all it missed. */
const CATCH_UP_INPUTS_MAX = 4;
const PING_EVERY_MS = 500;
const MESSAGES_KEPT_MAX = 1024;
const NOT_UNDERSTOOD: CloseReason = {
  code: CloseCode.BAD_MESSAGE,
  reason: "The server sent bytes that this page does not understand. Reload it.",
};

/**
 * A player's side of a room, without a screen: browser and bots run the same one.
 *
 * `connect` gives it a link; from then on `advance`, once a display frame, reads what has arrived, sends the
 * player's inputs at the room's tick rate, and moves `view` on. A client is for one connection.
 */
export class GameClient<Types extends GameTypes> {
  readonly stats = new ClientStats();
  private readonly options: GameClientOptions<Types>;
  private readonly buffer: InterpolationBuffer<Types>;
  private readonly inputBytes: Uint8Array;
  private messages: Types["ServerMessage"][] = [];
  private connection: Connection | undefined;
  private currentStatus: ClientStatus = { phase: "connecting" };
  private hasSaidHello = false;
  private welcome: Welcome | undefined;
  private roomMetadata: unknown;
  /** From Welcome on. */
  private stream: SnapshotStream | undefined;
  private inputClock: TickAccumulator | undefined;
  private nextSequence = 1;
  private nextPingMs = 0;
  private readonly requests = new Requests();

  constructor(options: GameClientOptions<Types>) {
    this.options = options;
    this.buffer = new InterpolationBuffer(options.game);
    this.inputBytes = new Uint8Array(options.game.protocol.input.bytes * CATCH_UP_INPUTS_MAX);
  }

  get status(): ClientStatus {
    return this.currentStatus;
  }

  /** Undefined until the room has said Welcome. */
  get playerId(): PlayerId | undefined {
    return this.welcome?.playerId;
  }

  /** What the room says of itself: undefined before Welcome. Not checked: it comes from the server. */
  get metadata(): unknown {
    return this.roomMetadata;
  }

  /** The tick of the newest snapshot. */
  get tick(): number {
    return this.buffer.newestTick;
  }

  /** The sequence of the newest input that is part of the newest state, u32; 0 before the first. */
  get acknowledgedSequence(): number {
    return this.stream?.acknowledgedSequence ?? 0;
  }

  /** The newest state as it was received. */
  get world(): Types["World"] {
    return this.buffer.newest;
  }

  /** The state to draw, between the last two snapshots. */
  get view(): Types["World"] {
    return this.buffer.view;
  }

  /** Begins the session over a link, which may still be opening. Once. */
  connect(link: Link): void {
    this.connection = new Connection(link);
  }

  /** Once a display frame, or once a tick for a bot. `nowMs`: the monotonic clock that also stamps the link's packets. */
  advance(nowMs: number): void {
    const { connection } = this;
    if (connection === undefined || this.currentStatus.phase === "lost") return;
    if (connection.isOpen && !this.hasSaidHello) this.sayHello(connection);
    this.readMessages(connection, nowMs);
    this.requests.expire(nowMs);
    if (this.welcome !== undefined) this.speak(connection, nowMs);
    this.buffer.advance(nowMs);
    this.updateStats(connection);
    if (connection.ended !== undefined) this.lose(connection.ended.code, connection.ended.reason);
  }

  /** The game's messages since the last call, oldest first; at most the newest 1,024 are kept. */
  takeMessages(): Types["ServerMessage"][] {
    const taken = this.messages;
    this.messages = [];
    return taken;
  }

  /** Sends an encoded message of the game; nothing happens before Welcome. */
  send(message: Uint8Array): void {
    if (this.welcome !== undefined) this.connection?.send(message);
  }

  /**
   * Asks the room: the outcome is the reply, the refusal, `timeout` after 5 s, `closed` where there is no connection
   * (any more), or `busy` while 256 others wait. Rejects only a request that does not fit its schema, in development.
   */
  request<Request, Reply>(rpc: Rpc<Request, Reply>, request: Request): Promise<RequestOutcome<Reply>> {
    return new Promise((resolve) => {
      const { connection, welcome } = this;
      if (connection === undefined || welcome === undefined || this.currentStatus.phase === "lost") {
        resolve({ type: "closed" });
        return;
      }
      const call = this.requests.ask(rpc, request, resolve);
      if (call !== undefined) connection.send(call);
    });
  }

  /** Leaves the room. */
  close(): void {
    this.connection?.close(CloseCode.NORMAL, "left");
    if (this.currentStatus.phase !== "lost") this.lose(CloseCode.NORMAL, "You left.");
  }

  private sayHello(connection: Connection): void {
    this.hasSaidHello = true;
    connection.send(
      encodeHello({
        version: this.options.game.protocol.version,
        engineHash: PROTOCOL_HASH,
        gameHash: this.options.game.protocol.hash,
        options: encodeFreeForm(this.options.joinOptions),
      }),
    );
  }

  /** Reads what has arrived, up to the first message that makes no sense. */
  private readMessages(connection: Connection, nowMs: number): void {
    for (const message of connection.takeMessages()) {
      const refusal = this.read(message, connection, nowMs);
      if (refusal === undefined) continue;
      connection.close(refusal.code, refusal.reason);
      return;
    }
  }

  private read(message: Uint8Array, connection: Connection, nowMs: number): CloseReason | undefined {
    const opcode = message[0];
    if (opcode !== undefined && opcode >= GAME_OPCODE_MIN) return this.readGameMessage(message);
    const decoded = decodeServerMessage(message);
    if (decoded?.type === "Snapshot") return this.readSnapshot(decoded.value, connection);
    if (decoded?.type === "Welcome") return this.readWelcome(decoded.value, nowMs);
    return NOT_UNDERSTOOD;
  }

  private readGameMessage(message: Uint8Array): CloseReason | undefined {
    const { protocol } = this.options.game;
    if (this.welcome === undefined) return NOT_UNDERSTOOD;
    const read = this.requests.read(message, this.welcome.version);
    if (read !== "foreign") return read === "bad" ? NOT_UNDERSTOOD : undefined;
    const decoded = protocol.decodeServerMessage(message, this.welcome.version);
    // A newer server may say what this page does not know yet.
    if (decoded === undefined) return this.welcome.version > protocol.version ? undefined : NOT_UNDERSTOOD;
    this.messages.push(decoded);
    if (this.messages.length > MESSAGES_KEPT_MAX) this.messages.shift();
    return undefined;
  }

  private readSnapshot(snapshot: Snapshot, connection: Connection): CloseReason | undefined {
    const news = this.stream?.read(snapshot, (this.nextSequence - 1) >>> 0);
    if (this.stream === undefined || news === undefined) return NOT_UNDERSTOOD;
    if (news.isReset && this.stats.snapshots > 0) this.stats.resets += 1;
    this.stats.snapshots += 1;
    if (news.isRead) this.buffer.push(this.stream.reader);
    if (news.report === undefined) return undefined;
    this.stats.desyncs += 1;
    connection.send(news.report);
    return undefined;
  }

  private readWelcome(welcome: Welcome, nowMs: number): CloseReason | undefined {
    const mismatch = schemaMismatch(welcome, PROTOCOL_HASH, this.options.game.protocol);
    if (mismatch !== undefined) return mismatch;
    const metadata = decodeFreeForm(welcome.metadata);
    if (metadata === undefined || this.welcome !== undefined) return NOT_UNDERSTOOD;
    if (welcome.tickRate === 0 || welcome.ticksPerSnapshot === 0) return NOT_UNDERSTOOD;
    const { game } = this.options;
    const version = Math.min(welcome.version, game.protocol.version);
    this.stream = new SnapshotStream(game.tables(this.world), version, welcome.ticksPerSnapshot);
    this.welcome = welcome;
    this.roomMetadata = metadata.value;
    this.currentStatus = { phase: "connected" };
    this.inputClock = new TickAccumulator({
      tickRate: welcome.tickRate,
      catchUpTicksMax: CATCH_UP_INPUTS_MAX,
      startMs: nowMs,
    });
    return undefined;
  }

  private speak(connection: Connection, nowMs: number): void {
    const inputs = this.inputClock?.advanceTo(nowMs) ?? 0;
    if (inputs > 0) this.sendInputs(connection, inputs);
    if (nowMs < this.nextPingMs) return;
    this.nextPingMs = nowMs + PING_EVERY_MS;
    connection.ping(nowMs);
  }

  private sendInputs(connection: Connection, count: number): void {
    const { input } = this.options.game.protocol;
    let end = 0;
    for (let i = 0; i < count; i++) end = input.encodeInto(this.options.readInput(), this.inputBytes, end);
    connection.send(encodeInputs({ sequence: this.nextSequence, inputs: this.inputBytes.subarray(0, end) }));
    this.nextSequence = (this.nextSequence + count) >>> 0;
  }

  private updateStats(connection: Connection): void {
    this.stats.bytesReceived = connection.counters.receivedBytes;
    this.stats.bytesSent = connection.counters.sentBytes;
    for (const rttMs of connection.takeRttSamples()) this.stats.addRtt(rttMs);
    let entities = 0;
    for (const table of this.options.game.tables(this.world)) entities += table.count;
    this.stats.entitiesInView = entities;
  }

  private lose(code: number, reason: string): void {
    this.currentStatus = { phase: "lost", code, reason: reason === "" ? this.explain(code) : reason };
    this.requests.close();
  }

  /** A text for an ending that brought none. */
  private explain(code: number): string {
    if (code === CloseCode.ABNORMAL && this.welcome === undefined) return "The server does not answer. Is it running?";
    if (code === CloseCode.ABNORMAL) return "The connection to the server broke off.";
    if (code === CloseCode.GOING_AWAY) return "The server has stopped.";
    return `The server closed the connection (code ${code}).`;
  }
}
