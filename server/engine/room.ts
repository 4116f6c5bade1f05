import {
  checkedTables,
  checkGame,
  CloseCode,
  type AnyEntityTable,
  type BulkOffer,
  type BulkSink,
  type BulkSource,
  type BulkTransfer,
  type CloseReason,
  type GameDefinition,
  type GameTypes,
  type PlayerId,
  type PlayerInput,
  type QueueVisitor,
  type RequestOutcome,
  type Rpc,
} from "#engine/shared";
import type { Connection } from "../../shared/engine/transport/connection.ts";
import { encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { schemaMismatch } from "../../shared/engine/transport/subprotocol.ts";
import { LANE_LIMITS, type LaneLimits } from "../../shared/engine/transport/lane.ts";
import { Lanes } from "../../shared/engine/transport/lanes.ts";
import {
  type DesyncReport,
  encodeResumed,
  encodeSnapshot,
  encodeWelcome,
  PROTOCOL_HASH,
  type Resume,
  SNAPSHOT_BODY_BYTES_MAX,
  TOKEN_BYTES,
} from "../../shared/schema/generated/engine.ts";
import { checkWhole, SEED_MAX } from "../../shared/engine/whole-number.ts";
import { readHello, readResume } from "./handshake.ts";
import type { InputReport } from "./input-buffer.ts";
import { type LaneReport, LaneTraffic } from "./lane-traffic.ts";
import { type Arrival, Newcomers } from "./newcomers.ts";
import type { PlayerView } from "./player-view.ts";
import type { Desync, ReplicationReport, SnapshotCost } from "./replication-counters.ts";
import type { ProfileReport } from "./replication-profile.ts";
import { Replicator } from "./replicator.ts";
import { RewindBuffer, sawTick } from "./rewind-buffer.ts";
import { type RandomBytes, ResumeTokens } from "./resume-tokens.ts";
import { GOES_ON, Session, SESSION_OVER } from "./session.ts";
import type { SessionState } from "./session-life.ts";

/** What a room is made with. */
export interface RoomOptions<Types extends GameTypes> {
  readonly game: GameDefinition<Types>;
  /** Feeds every random choice of the world: a whole number, 0 to 4,294,967,295. */
  readonly seed: number;
  /** 1 to 65,535. */
  readonly playersMax: number;
  /** A snapshot leaves every so many ticks, 1 to 255. */
  readonly ticksPerSnapshot: number;
  /** What Welcome tells of the room: at most 4 KB of msgpack. */
  readonly metadata: Record<string, unknown>;
  /** The most bytes of a snapshot's body, if a player's own entities allow: 64 to 60,000, default 1,400. */
  readonly snapshotBytesMax?: number;
  /** Told of every entity, or whole view, that a player held otherwise than it was sent. It has been repaired then. */
  readonly onDesync?: (desync: Desync) => void;
  /** Whether `profileReport` says what snapshots are made of. It costs about what one more client does. */
  readonly isProfiling?: boolean;
  /** What a session's counters begin with, here and in the client: 0 unless a test is to see them wrap. */
  readonly firstNumber?: number;
  /** Other bounds of what a session's lanes may hold than `LANE_LIMITS`. */
  readonly laneLimits?: Partial<LaneLimits>;
  /** Where something large that a player sends goes; undefined, or none of these, refuses it. Called at any time. */
  readonly receiveBulk?: (world: Types["World"], playerId: PlayerId, offer: BulkOffer) => BulkSink | undefined;
  /** Where the tokens come from that let a player back in: bytes that nobody can guess. */
  readonly randomBytes: RandomBytes;
}

/** One packet of the usual network, headers taken off. */
const SNAPSHOT_BYTES_MAX = 1400;
const SNAPSHOT_BYTES_LEAST = 64;

/** A player's session, as the room's game has it. */
type SessionOf<Types extends GameTypes> = Session<Types["Input"], Types["ClientMessage"]>;

/** One world, the players in it, and the tick that moves them. Owns no timer and no socket. */
export class Room<Types extends GameTypes> {
  readonly world: Types["World"];
  private readonly options: RoomOptions<Types>;
  private readonly game: GameDefinition<Types>;
  private readonly tables: readonly AnyEntityTable[];
  private readonly replicator: Replicator<Types>;
  private readonly rewind: RewindBuffer;
  private readonly metadata: Uint8Array;
  private readonly sessions = new Map<PlayerId, SessionOf<Types>>();
  private readonly tokens: ResumeTokens<SessionOf<Types>>;
  private readonly newcomers = new Newcomers();
  private readonly traffic = new LaneTraffic();
  /** Whom the present snapshot is for. */
  private readonly ready: PlayerView[] = [];
  private finishedTick = 0;
  /** Of the newest tick. */
  private nowMs = 0;
  private ending: CloseReason | undefined;

  /** Throws a `GameDefinitionError` or a RangeError that says what of the game or of the options must be otherwise. */
  constructor(options: RoomOptions<Types>) {
    checkGame(options.game);
    checkWhole("seed", options.seed, 0, SEED_MAX);
    checkWhole("playersMax", options.playersMax, 1, 65_535);
    checkWhole("ticksPerSnapshot", options.ticksPerSnapshot, 1, 255);
    checkMetadata(options.metadata);
    this.options = options;
    this.game = options.game;
    this.world = options.game.createWorld(options.seed);
    this.tables = checkedTables(options.game, this.world);
    this.replicator = new Replicator({
      game: options.game,
      world: this.world,
      playersMax: options.playersMax,
      ticksPerSnapshot: options.ticksPerSnapshot,
      snapshotBytesMax: checkedBytesMax(options.snapshotBytesMax ?? SNAPSHOT_BYTES_MAX),
      onDesync: options.onDesync ?? (() => undefined),
      isProfiling: options.isProfiling ?? false,
    });
    this.rewind = new RewindBuffer(this.tables, this.replicator.histories, options.ticksPerSnapshot);
    this.metadata = encodeFreeForm(options.metadata);
    this.tokens = new ResumeTokens(options.randomBytes, TOKEN_BYTES);
  }

  /** The newest tick that is finished. */
  get tick(): number {
    return this.finishedTick;
  }

  get playerCount(): number {
    return this.sessions.size;
  }

  /** Where a player's session stands; undefined for one who is not here. */
  sessionStateOf(playerId: PlayerId): SessionState | undefined {
    return this.sessions.get(playerId)?.life.state;
  }

  /** What snapshots have cost since the room began. */
  replicationReport(): ReplicationReport {
    return this.replicator.counters.report();
  }

  /** What the snapshots of one player are made of, by field; undefined where the room is not profiling. */
  profileReport(): ProfileReport | undefined {
    return this.replicator.profileReport();
  }

  /** What the snapshots of every player have cost. */
  playerCosts(): (SnapshotCost & { readonly playerId: PlayerId })[] {
    return [...this.sessions].map(([playerId, { view }]) => ({ playerId, ...view.counters.cost() }));
  }

  /** What a player's snapshots have cost; undefined for one who is not here. */
  snapshotCostOf(playerId: PlayerId): SnapshotCost | undefined {
    return this.sessions.get(playerId)?.view.counters.cost();
  }

  /** How a player's inputs have come; undefined for one who is not here. */
  inputReportOf(playerId: PlayerId): InputReport | undefined {
    return this.sessions.get(playerId)?.inputs.report;
  }

  /** How long before their ticks a player's inputs came since the last call, in milliseconds: the newest 600. */
  takeInputLeadsMs(playerId: PlayerId): readonly number[] {
    return this.sessions.get(playerId)?.takeInputLeadsMs() ?? [];
  }

  /** What the lanes of all connections have carried, and what they hold. */
  laneReport(): LaneReport {
    return this.traffic.report(this.sessions.values());
  }

  /** Tells of everything that waits in the room, of every session. */
  eachQueue(visit: QueueVisitor): void {
    this.newcomers.eachQueue(visit);
    for (const session of this.sessions.values()) session.eachQueue(visit);
  }

  /** Takes a connection whose Hello, or Resume, is still to come. */
  accept(connection: Connection): void {
    if (this.ending === undefined) this.newcomers.accept(connection);
    else connection.close(CloseCode.GOING_AWAY, this.ending.reason);
  }

  /**
   * One step of the world: reads what arrived, simulates, and sends what each player may see. `nowMs` is the monotonic
   * clock that also stamps what the links bring.
   */
  advanceTick(nowMs: number): void {
    if (this.ending !== undefined) return;
    this.nowMs = nowMs;
    this.readSessions(nowMs);
    this.newcomers.settle(nowMs, (arrival) => {
      this.welcomeOrRefuse(arrival);
    });
    const tick = this.finishedTick + 1;
    this.rewind.begin(tick, Math.floor(this.finishedTick / this.options.ticksPerSnapshot));
    this.game.step(this.world, this.takeInputs(tick), this, this.rewind);
    this.finishedTick = tick;
    if (this.finishedTick % this.options.ticksPerSnapshot === 0) this.sendSnapshots(nowMs);
    else for (const table of this.tables) table.snap();
    for (const { connection } of this.sessions.values()) connection.flush(nowMs);
  }

  /** Ends every connection, after what was sent; the room takes no more. */
  close(reason: string): void {
    this.ending = { code: CloseCode.GOING_AWAY, reason };
    this.newcomers.close(CloseCode.GOING_AWAY, reason);
    const sessions = [...this.sessions.values()];
    this.sessions.clear();
    for (const session of sessions) {
      session.connection.flush(this.nowMs);
      session.connection.close(CloseCode.GOING_AWAY, reason);
      session.end();
    }
  }

  /** A room is its game's outbox: links keep the order, and what is written in a tick leaves in it. */
  toPlayer(playerId: PlayerId, message: Uint8Array): void {
    this.sessions.get(playerId)?.send(message);
  }

  toAll(message: Uint8Array): void {
    for (const session of this.sessions.values()) session.send(message);
  }

  sendBulk(playerId: PlayerId, source: BulkSource): BulkTransfer | undefined {
    return this.sessions.get(playerId)?.lanes.sendBulk(source);
  }

  request<Request, Reply>(
    playerId: PlayerId,
    rpc: Rpc<Request, Reply>,
    request: Request,
    settle: (outcome: RequestOutcome<Reply>) => void,
  ): void {
    const session = this.sessions.get(playerId);
    if (session === undefined) {
      settle({ type: "closed" });
      return;
    }
    const call = session.requests.ask(rpc, request, settle);
    if (call !== undefined) session.send(call);
  }

  /** The room's time: that of its ticks, in milliseconds. */
  private get gameMs(): number {
    return (this.finishedTick * 1_000) / this.game.tickRate;
  }

  private readSessions(nowMs: number): void {
    for (const session of this.sessions.values()) {
      session.readMessages(this.finishedTick + 1, nowMs, (message) => {
        this.game.onMessage(this.world, session.playerId, message, this);
      });
      session.requests.expire(this.gameMs);
    }
    for (const session of this.sessions.values()) {
      session.life.heed(session.connection, session.lanes, nowMs);
      if (session.hasNewestToken) this.tokens.confirm(session);
      if (session.life.state === "gone") this.remove(session);
    }
  }

  private remove(session: SessionOf<Types>): void {
    this.sessions.delete(session.playerId);
    this.traffic.add(session.connection.counters);
    this.tokens.forget(session);
    session.end();
    this.replicator.leave(session.view);
    this.game.removePlayer(this.world, session.playerId, this);
  }

  private welcomeOrRefuse(arrival: Arrival): void {
    const resume = readResume(arrival.first);
    if (resume === undefined) this.admit(arrival);
    else this.resume(arrival, resume);
  }

  /** A session goes on over another connection. */
  private resume(arrival: Arrival, message: Resume): void {
    const { connection } = arrival;
    const { token, received } = message;
    const verdict = this.tokens.judge(token);
    if (verdict === undefined) {
      const refusal = schemaMismatch(message, PROTOCOL_HASH, this.game.protocol) ?? SESSION_OVER;
      connection.close(refusal.code, refusal.reason);
      return;
    }
    const session = verdict.owner;
    if (session.isPast(arrival)) {
      // Its token is old, or will be as soon as the client has the newest, and that proves nothing.
      connection.close(CloseCode.REPLACED, GOES_ON);
      return;
    }
    if (verdict.isStale) {
      const reason = "Somebody else went on with this session. Join again.";
      connection.close(CloseCode.SESSION_LOST, reason);
      session.connection.close(CloseCode.SESSION_LOST, reason);
      this.remove(session);
      return;
    }
    this.traffic.add(session.connection.counters);
    const newest = this.tokens.rotate(session, token);
    connection.sendHandshake(encodeResumed({ token: newest, received: session.lanes.received }));
    if (!session.resume(arrival, received)) {
      connection.close(CloseCode.BAD_MESSAGE, "You cannot have received what was never sent.");
    }
  }

  private admit(arrival: Arrival): void {
    const { connection } = arrival;
    const result = readHello(arrival.first, this.game.protocol);
    if ("refusal" in result) {
      connection.close(result.refusal.code, result.refusal.reason);
      return;
    }
    const playerId = this.freePlayerId();
    if (playerId === undefined) {
      connection.close(CloseCode.ROOM_FULL, `The room is full: ${this.options.playersMax} players. Try again later.`);
      return;
    }
    const { protocol } = this.game;
    const view = this.replicator.join(playerId, Math.min(result.version, protocol.version));
    const onDesyncReport = (report: DesyncReport): boolean => this.replicator.takeReport(view, report);
    const { firstNumber = 0, laneLimits } = this.options;
    const limits = { ...LANE_LIMITS, ...laneLimits };
    const lanes = new Lanes((offer) => this.options.receiveBulk?.(this.world, playerId, offer), limits, firstNumber);
    const peerVersion = result.version;
    const { tickRate } = this.game;
    const session = new Session({ view, arrival, lanes, firstNumber, protocol, tickRate, peerVersion, onDesyncReport });
    this.sessions.set(playerId, session);
    connection.sendHandshake(this.welcome(playerId, this.tokens.issue(session)));
    this.game.addPlayer(this.world, playerId, result.options, this);
  }

  private freePlayerId(): PlayerId | undefined {
    for (let playerId = 0; playerId < this.options.playersMax; playerId++) {
      if (!this.sessions.has(playerId)) return playerId;
    }
    return undefined;
  }

  private welcome(playerId: PlayerId, token: Uint8Array): Uint8Array {
    return encodeWelcome({
      version: this.game.protocol.version,
      engineHash: PROTOCOL_HASH,
      gameHash: this.game.protocol.hash,
      playerId,
      tick: this.finishedTick,
      tickRate: this.game.tickRate,
      ticksPerSnapshot: this.options.ticksPerSnapshot,
      token,
      metadata: this.metadata,
    });
  }

  private takeInputs(tick: number): PlayerInput<Types["Input"]>[] {
    const inputs: PlayerInput<Types["Input"]>[] = [];
    for (const { playerId, inputs: buffer, life } of this.sessions.values()) {
      if (life.state !== "live") buffer.idle();
      const taken = buffer.take();
      if (taken !== undefined)
        inputs.push({ playerId, input: taken.input, sawTick: sawTick(tick, taken.viewAgeMs, this.game.tickRate) });
    }
    // Joining order is the map's; a game is promised rising players.
    return inputs.sort((a, b) => a.playerId - b.playerId);
  }

  /** A peer that cannot take this snapshot gets a newer one later: nothing stale waits for it. */
  private sendSnapshots(nowMs: number): void {
    this.replicator.record(this.finishedTick);
    this.ready.length = 0;
    for (const session of this.sessions.values()) if (session.wantsSnapshot(nowMs)) this.ready.push(session.view);
    this.replicator.write(this.ready, (view, body) => {
      const session = this.sessions.get(view.playerId)!;
      const inputSlack = session.takeInputSlack();
      session.sendSnapshot(encodeSnapshot({ tick: this.finishedTick & 0xff, inputSlack, body }), nowMs);
    });
  }
}

function checkedBytesMax(bytes: number): number {
  if (Number.isInteger(bytes) && bytes >= SNAPSHOT_BYTES_LEAST && bytes <= SNAPSHOT_BODY_BYTES_MAX) return bytes;
  const range = `a whole number from ${SNAPSHOT_BYTES_LEAST} to ${SNAPSHOT_BODY_BYTES_MAX}`;
  throw new RangeError(`snapshotBytesMax is ${bytes}, but must be ${range}`);
}

function checkMetadata(metadata: unknown): void {
  if (typeof metadata === "object" && metadata !== null && !Array.isArray(metadata)) return;
  throw new TypeError(`metadata is ${String(metadata)}, but must be an object: {} when there is nothing to tell`);
}
