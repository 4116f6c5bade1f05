import {
  type BulkOffer,
  type BulkSink,
  type BulkSource,
  type BulkTransfer,
  checkSharedGame,
  CloseCode,
  type CloseReason,
  type GameTypes,
  type Link,
  type PlayerId,
  type QueueVisitor,
  type RequestOutcome,
  type Rpc,
  type SharedGame,
} from "#engine/shared";
import type { Connection } from "../../shared/engine/transport/connection.ts";
import { decodeFreeForm, encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { GAME_OPCODE_MIN, Lane, LANE_LIMITS, type LaneLimits, laneOf } from "../../shared/engine/transport/lane.ts";
import { Lanes } from "../../shared/engine/transport/lanes.ts";
import { REQUEST_LIMITS, Requests } from "../../shared/engine/transport/requests.ts";
import { schemaMismatch } from "../../shared/engine/transport/subprotocol.ts";
import {
  decodeServerMessage,
  decodeWelcome,
  encodeHello,
  encodeWatching,
  INPUTS_OPCODE,
  PROTOCOL_HASH,
  type Snapshot,
  type Welcome,
} from "../../shared/schema/generated/engine.ts";
import { ClientStats } from "./client-stats.ts";
import { Play } from "./play.ts";
import { emptyWorld } from "./prediction.ts";
import { SessionConnection } from "./session-connection.ts";
import { SnapshotStream } from "./snapshot-stream.ts";

/** Where a client stands. `reason` is for the player to read. */
export type ClientStatus =
  | { readonly phase: "connecting" }
  | { readonly phase: "connected" }
  /** The connection is lost, and another one is tried; what was sent arrives over that. */
  | { readonly phase: "reconnecting" }
  | { readonly phase: "lost"; readonly code: number; readonly reason: string };

/** What a client is made with. */
export interface GameClientOptions<Types extends GameTypes> {
  readonly game: SharedGame<Types>;
  /** Told to the game at the join: at most 4 KB of msgpack. */
  readonly joinOptions: Record<string, unknown>;
  /** Asked once a tick: what the player wants now. `client` is this one. */
  readonly readInput: (client: GameClient<Types>) => Types["Input"];
  /**
   * Asked for each `view`: what the player wants already, before the next tick, so that it is seen at once. It must
   * change nothing. Without it, what was wanted last goes on.
   */
  readonly peekInput?: (client: GameClient<Types>) => Types["Input"];
  /** Uniform in 0 to 1, as `Math.random`: keeps clients from coming back to a server all at once. */
  readonly random: () => number;
  /** What the session's counters begin with, here and in the room: 0 unless a test is to see them wrap. */
  readonly firstNumber?: number;
  /** Where something large that the room sends goes; undefined, or none of these, refuses it. */
  readonly receiveBulk?: (offer: BulkOffer) => BulkSink | undefined;
  /** Other bounds of what the session's lanes may hold than `LANE_LIMITS`. */
  readonly laneLimits?: Partial<LaneLimits>;
}

const MESSAGES_KEPT_MAX = 1024;
/** Before the first round trip is known. */
const RTT_MS_GUESS = 100;
const CONNECTING: ClientStatus = { phase: "connecting" };
const CONNECTED: ClientStatus = { phase: "connected" };
const RECONNECTING: ClientStatus = { phase: "reconnecting" };
const NOT_UNDERSTOOD: CloseReason = {
  code: CloseCode.BAD_MESSAGE,
  reason: "The server sent bytes that this page does not understand. Reload it.",
};

/**
 * A player's side of a room, without a screen: browser and bots run the same one.
 *
 * `connect` says how to reach the room; from then on `advance`, once a display frame, reads what has arrived, sends the
 * player's inputs at the room's tick rate, and moves `view` on. A client is for one session, which outlives a
 * connection that breaks off.
 */
export class GameClient<Types extends GameTypes> {
  readonly stats = new ClientStats();
  private readonly options: GameClientOptions<Types>;
  /** The newest state as it was received. */
  readonly world: Types["World"];
  private readonly nothing: Types["World"];
  private readonly lanes: Lanes;
  private readonly requests: Requests;
  private messages: Types["ServerMessage"][] = [];
  private session: SessionConnection | undefined;
  private currentStatus: ClientStatus = CONNECTING;
  private hasSaidHello = false;
  private isHidden = false;
  private resumes = 0;
  private welcome: Welcome | undefined;
  private roomMetadata: unknown;
  /** From Welcome on. */
  private stream: SnapshotStream | undefined;
  private play: Play<Types> | undefined;

  /** Throws a `GameDefinitionError` that says what of the game must be otherwise. */
  constructor(options: GameClientOptions<Types>) {
    const { game, receiveBulk, laneLimits, firstNumber = 0 } = options;
    this.options = options;
    checkSharedGame(game);
    this.world = emptyWorld(game);
    this.nothing = emptyWorld(game);
    this.lanes = new Lanes(receiveBulk, { ...LANE_LIMITS, ...laneLimits }, firstNumber);
    this.requests = new Requests(REQUEST_LIMITS, firstNumber);
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
    return this.play?.newestTick ?? 0;
  }

  /** The tick of the newest input: what is the player's own is predicted to the end of it. 0 before the first. */
  get predictedTick(): number {
    return this.play?.inputTick ?? 0;
  }

  /** The tick that the others are drawn at, with a fraction; 0 before the first snapshot. */
  get viewTick(): number {
    return this.play?.viewTick ?? 0;
  }

  /** How long after the quickest snapshots arrive the others are drawn as they say, in milliseconds. */
  get interpolationDelayMs(): number {
    return this.play?.interpolationDelayMs ?? 0;
  }

  /** The state to draw: the others between two snapshots, and what is the player's own as it is predicted. */
  get view(): Types["World"] {
    return this.play?.view ?? this.nothing;
  }

  /** Begins the session. `openLink` makes a link, which may still be opening: now, and when the last one is lost. Once. */
  connect(openLink: () => Link): void {
    const { protocol } = this.options.game;
    const identity = { version: protocol.version, engineHash: PROTOCOL_HASH, gameHash: protocol.hash };
    this.session = new SessionConnection({ openLink, lanes: this.lanes, identity, random: this.options.random });
  }

  /** Once a display frame, or once a tick for a bot. `nowMs`: the monotonic clock that also stamps the link's packets. */
  advance(nowMs: number): void {
    const { session } = this;
    if (session === undefined || this.currentStatus.phase === "lost") return;
    const { connection } = session;
    if (connection.isOpen && !this.hasSaidHello) this.sayHello(connection);
    const first = this.welcome === undefined ? connection.takeHandshake() : undefined;
    const refusal = first === undefined ? undefined : this.readWelcome(first, nowMs);
    if (refusal !== undefined) session.close(refusal.code, refusal.reason);
    this.readMessages(session);
    this.requests.expire(nowMs);
    if (this.play !== undefined) this.speak(session, this.play, nowMs);
    session.connection.flush(nowMs);
    session.advance(nowMs);
    this.updateStats(session);
    this.updateStatus(session);
  }

  /** Tells of everything that waits here. */
  eachQueue(visit: QueueVisitor): void {
    this.lanes.eachQueue(visit);
    this.session?.connection.eachQueue(visit);
    this.play?.inputs.eachQueue(visit);
    visit("messages that the game has not taken", this.messages.length, MESSAGES_KEPT_MAX);
    visit("requests without an answer", this.requests.size, REQUEST_LIMITS.pendingMax);
  }

  /** The game's messages since the last call, oldest first; at most the newest 1,024 are kept. */
  takeMessages(): Types["ServerMessage"][] {
    const taken = this.messages;
    this.messages = [];
    return taken;
  }

  /** Sends an encoded message of the game, on the lane that its schema says; nothing happens before Welcome. */
  send(message: Uint8Array): void {
    if (this.welcome === undefined) return;
    this.session?.connection.send(laneOf(message, this.options.game.protocol.lanes), message);
  }

  /** Sends the room something large, where nothing else waits. It goes on after a lost connection. */
  sendBulk(source: BulkSource): BulkTransfer {
    return this.lanes.sendBulk(source);
  }

  /** Whether nobody looks, in a hidden tab say: then transfers pause, and there is one snapshot a second. */
  setHidden(isHidden: boolean): void {
    if (isHidden === this.isHidden) return;
    this.isHidden = isHidden;
    if (this.welcome !== undefined) this.tellHidden();
  }

  /**
   * Asks the room: the outcome is the reply, the refusal, `timeout` after 5 s, `closed` where there is no session
   * (any more), or `busy` while 256 others wait. Rejects only a request that does not fit its schema, in development.
   */
  request<Request, Reply>(rpc: Rpc<Request, Reply>, request: Request): Promise<RequestOutcome<Reply>> {
    return new Promise((resolve) => {
      const { session, welcome } = this;
      if (session === undefined || welcome === undefined || this.currentStatus.phase === "lost") {
        resolve({ type: "closed" });
        return;
      }
      const call = this.requests.ask(rpc, request, resolve);
      if (call !== undefined) this.send(call);
    });
  }

  /** Leaves the room. */
  close(): void {
    this.session?.close(CloseCode.NORMAL, "left");
    if (this.currentStatus.phase !== "lost") this.lose(CloseCode.NORMAL, "You left.");
  }

  private sayHello(connection: Connection): void {
    this.hasSaidHello = true;
    connection.sendHandshake(
      encodeHello({
        version: this.options.game.protocol.version,
        engineHash: PROTOCOL_HASH,
        gameHash: this.options.game.protocol.hash,
        options: encodeFreeForm(this.options.joinOptions),
      }),
    );
  }

  /** Reads what has arrived, up to the first message that makes no sense. */
  private readMessages(session: SessionConnection): void {
    for (const { bytes, atMs } of this.lanes.takeMessages()) {
      const refusal = this.read(bytes, atMs);
      if (refusal === undefined) continue;
      session.close(refusal.code, refusal.reason);
      return;
    }
  }

  private read(message: Uint8Array, atMs: number): CloseReason | undefined {
    const opcode = message[0];
    if (opcode !== undefined && opcode >= GAME_OPCODE_MIN) return this.readGameMessage(message);
    const decoded = decodeServerMessage(message);
    if (decoded?.type === "Snapshot") return this.readSnapshot(decoded.value, atMs);
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

  private readSnapshot(snapshot: Snapshot, atMs: number): CloseReason | undefined {
    const news = this.stream?.read(snapshot);
    if (this.stream === undefined || news === undefined) return NOT_UNDERSTOOD;
    if (news.isReset && this.stats.snapshots > 0) this.stats.resets += 1;
    this.stats.snapshots += 1;
    if (news.isRead) this.play?.heard(this.stream.reader, snapshot.inputSlack, this.rttMs, atMs);
    if (news.report === undefined) return undefined;
    this.stats.desyncs += 1;
    this.lanes.send(Lane.CONTROL, news.report);
    return undefined;
  }

  private get rttMs(): number {
    return this.session?.connection.rttMs ?? RTT_MS_GUESS;
  }

  private readWelcome(first: Uint8Array, nowMs: number): CloseReason | undefined {
    const welcome = decodeWelcome(first);
    if (welcome === undefined) return NOT_UNDERSTOOD;
    const mismatch = schemaMismatch(welcome, PROTOCOL_HASH, this.options.game.protocol);
    if (mismatch !== undefined) return mismatch;
    const metadata = decodeFreeForm(welcome.metadata);
    if (metadata === undefined || welcome.tickRate === 0 || welcome.ticksPerSnapshot === 0) return NOT_UNDERSTOOD;
    const { game } = this.options;
    const version = Math.min(welcome.version, game.protocol.version);
    this.stream = new SnapshotStream(game.tables(this.world), version, welcome.ticksPerSnapshot);
    this.welcome = welcome;
    this.roomMetadata = metadata.value;
    this.session?.welcomed(welcome.token);
    const { options, world, stats, rttMs } = this;
    const readInput = (): Types["Input"] => options.readInput(this);
    const peekInput = options.peekInput && ((): Types["Input"] => options.peekInput!(this));
    this.play = new Play({ game, welcome, world, stats, readInput, peekInput, nowMs, rttMs });
    if (this.isHidden) this.tellHidden();
    return undefined;
  }

  private tellHidden(): void {
    this.lanes.send(Lane.CONTROL, encodeWatching({ isHidden: this.isHidden }));
  }

  private speak(session: SessionConnection, play: Play<Types>, nowMs: number): void {
    play.advance(nowMs);
    if (session.resumes > this.resumes) play.inputs.discardWaiting();
    this.resumes = session.resumes;
    if (!session.connection.mayWriteLatest(nowMs, INPUTS_OPCODE)) return;
    const message = play.inputs.take(play.viewAgeMs);
    if (message !== undefined) session.connection.sendLatest(message);
  }

  private updateStats({ connection }: SessionConnection): void {
    this.stats.bytesReceived = connection.counters.receivedBytes;
    this.stats.bytesSent = connection.counters.sentBytes;
    for (const rttMs of connection.takeRttSamples()) this.stats.addRtt(rttMs);
    let entities = 0;
    for (const table of this.options.game.tables(this.world)) entities += table.count;
    this.stats.entitiesInView = entities;
  }

  private updateStatus({ ended, isReconnecting }: SessionConnection): void {
    if (ended !== undefined) this.lose(ended.code, ended.reason);
    else if (this.welcome === undefined) this.currentStatus = CONNECTING;
    else this.currentStatus = isReconnecting ? RECONNECTING : CONNECTED;
  }

  private lose(code: number, reason: string): void {
    this.currentStatus = { phase: "lost", code, reason: reason === "" ? this.explain(code) : reason };
    this.requests.close();
    this.lanes.lose();
  }

  /** A text for an ending that brought none. */
  private explain(code: number): string {
    if (code === CloseCode.ABNORMAL && this.welcome === undefined) return "The server does not answer. Is it running?";
    if (code === CloseCode.ABNORMAL) return "The connection to the server broke off.";
    if (code === CloseCode.GOING_AWAY) return "The server has stopped.";
    return `The server closed the connection (code ${code}).`;
  }
}
