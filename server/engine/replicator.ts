import type { AnyEntityTable, GameDefinition, GameTypes, PlayerId } from "#engine/shared";
import type { KindPart } from "../../shared/engine/replication/kind-plan.ts";
import { PeerView, snapshotCodecOf } from "../../shared/engine/replication/peer-view.ts";
import { HISTORY_SNAPSHOTS, RowHistory } from "../../shared/engine/replication/row-history.ts";
import { SNAPSHOTS_PER_CHECK } from "../../shared/engine/replication/snapshot-layout.ts";
import { SnapshotWriter } from "../../shared/engine/replication/snapshot-writer.ts";
import { ViewChanges } from "../../shared/engine/replication/view-changes.ts";
import type { DesyncReport } from "../../shared/schema/generated/engine.ts";
import { DeltaPool } from "./delta-pool.ts";
import type { WrongEntity } from "./desync-checks.ts";
import { KindInterest } from "./kind-interest.ts";
import { PlayerView } from "./player-view.ts";
import { type ProfileReport, ReplicationProfile } from "./replication-profile.ts";
import { type Desync, ReplicationCounters, SnapshotCounters } from "./replication-counters.ts";

/** What a replicator is made with. */
export interface ReplicatorOptions<Types extends GameTypes> {
  readonly game: GameDefinition<Types>;
  readonly world: Types["World"];
  readonly playersMax: number;
  readonly ticksPerSnapshot: number;
  /** The most bytes of a snapshot's body, if a player's own entities and what it loses allow. */
  readonly snapshotBytesMax: number;
  readonly onDesync: (desync: Desync) => void;
  /** Whether one player's snapshots are counted by field. */
  readonly isProfiling: boolean;
}

/** Takes a snapshot for a player. `body` is good until the call returns. */
export type SnapshotSink = (view: PlayerView, body: Uint8Array) => void;

/** A snapshot that leaves something out says so in this bit of its first byte. */
const PARTIAL_BIT = 2;
/** Snapshots say the lowest 8 bits of their ticks. */
const LAG_TICKS_MAX = 255;

/**
 * Turns the world into each player's snapshots: how what the player may know goes on from the last one it was sent.
 *
 * Every snapshot begins with `record`; then `write` makes it for all who can take it. Whoever misses some gets the next
 * one from an older state, and whoever misses many begins anew.
 */
export class Replicator<Types extends GameTypes> {
  readonly counters: ReplicationCounters;
  private readonly options: ReplicatorOptions<Types>;
  private readonly tables: readonly AnyEntityTable[];
  private readonly kindNames: readonly string[];
  /** The rows of the last snapshots, for each kind. */
  readonly histories: readonly RowHistory[];
  private readonly interests: readonly KindInterest<Types["World"]>[];
  private readonly deltas = new DeltaPool();
  private readonly writer: SnapshotWriter;
  private readonly leaders = new Map<number, PlayerView>();
  private readonly profile: ReplicationProfile | undefined;
  private tick = 0;

  constructor(options: ReplicatorOptions<Types>) {
    const { game, world, playersMax } = options;
    const { ownership } = game;
    const ownerOf = ownership && ((...asked: Parameters<typeof ownership.ownerOf>) => ownership.ownerOf(...asked));
    this.options = options;
    this.tables = game.tables(world);
    this.histories = this.tables.map((table) => new RowHistory(table));
    this.interests = this.tables.map(
      (table, kind) => new KindInterest({ rules: game.interest, ownerOf, table, kind, playersMax }),
    );
    this.kindNames = this.tables.map(({ codec }) => codec.name);
    this.counters = new ReplicationCounters(this.kindNames);
    this.profile = options.isProfiling ? new ReplicationProfile(this.tables, options.ticksPerSnapshot) : undefined;
    this.writer = new SnapshotWriter(
      this.tables.map(({ capacity, codec }) => {
        return { capacity, bitsMax: Math.max(...codec.snapshots.map(({ bitsMax }) => bitsMax)) };
      }),
    );
  }

  /** The number of the newest snapshot. */
  private get number(): number {
    return this.tick / this.options.ticksPerSnapshot;
  }

  /** A player whose first snapshot is the next one. */
  join(playerId: PlayerId, version: number): PlayerView {
    const peer = new PeerView(this.tables.map(({ capacity }) => capacity));
    const parts = this.tables.map((table, kind): KindPart | undefined => {
      const codec = snapshotCodecOf(table.codec, version);
      if (codec === undefined) return undefined;
      const shared = this.deltas.take(table, this.histories[kind]!, codec);
      return { view: peer.kinds[kind]!, changes: new ViewChanges(table.capacity), shared };
    });
    const ticksPerCheck = SNAPSHOTS_PER_CHECK * this.options.ticksPerSnapshot;
    const counters = new SnapshotCounters(this.kindNames);
    return new PlayerView({ playerId, version, ticksPerCheck, peer, parts, counters });
  }

  leave(view: PlayerView): void {
    this.profile?.left(view);
    for (const part of view.parts) if (part !== undefined) this.deltas.giveBack(part.shared);
  }

  /** Rounds the world to what the wire can say, and keeps it as the snapshot of `tick`. */
  record(tick: number): void {
    this.tick = tick;
    for (const history of this.histories) history.record(this.number);
    this.deltas.advance(this.number, this.options.ticksPerSnapshot);
    for (const interest of this.interests) interest.prepare(this.options.world);
  }

  /** What a player's snapshots are made of; undefined where nobody is followed, or none is to be. */
  profileReport(): ProfileReport | undefined {
    return this.profile?.report();
  }

  /** Makes the snapshot that was recorded last for players who can take it. */
  write(views: readonly PlayerView[], sink: SnapshotSink): void {
    for (const view of views) this.look(view);
    const first = this.group(views);
    for (const view of first) this.writeGroup(view, sink);
  }

  /** Whether a player's report is one that an honest client may send. What is wrong is sent anew. */
  takeReport(view: PlayerView, report: DesyncReport): boolean {
    const verdict = view.checks.judge(report, view.parts, this.tick);
    if (verdict.type === "refused") return false;
    if (verdict.type === "unknown") {
      view.peer.clear();
      view.checks.reset(this.tick);
      this.tell({ playerId: view.playerId, tick: report.tick, entity: undefined });
    }
    if (verdict.type === "entities") for (const entity of verdict.entities) this.repair(view, report.tick, entity);
    return true;
  }

  private repair(view: PlayerView, tick: number, { kind, slot, generation, fields }: WrongEntity): void {
    const held = view.peer.kinds[kind]!;
    if (held.isIn[slot] === 1 && held.generations[slot] === generation) view.anew[kind]!.add(slot);
    const { name } = this.tables[kind]!.codec;
    this.tell({ playerId: view.playerId, tick, entity: { kind: name, slot, generation, fields } });
  }

  private tell(desync: Desync): void {
    this.counters.desyncs += 1;
    this.options.onDesync(desync);
  }

  /** Finds out how a player's view is to change. */
  private look(view: PlayerView): void {
    const { world, game, ticksPerSnapshot } = this.options;
    const { peer, looks } = view;
    const lag = this.number - peer.number;
    const isTooOld = lag >= HISTORY_SNAPSHOTS || lag * ticksPerSnapshot > LAG_TICKS_MAX;
    if (peer.number >= 0 && isTooOld) peer.clear();
    const viewpoint = game.interest.viewpoint(world, view.playerId);
    for (let kind = 0; kind < looks.length; kind++) {
      const look = looks[kind];
      if (look === undefined) continue;
      look.viewpoint = viewpoint;
      this.interests[kind]!.look(world, look);
    }
  }

  /** Finds players who get the same: each follows the first of them. Returns those who follow nobody. */
  private group(views: readonly PlayerView[]): readonly PlayerView[] {
    this.leaders.clear();
    return views.filter((view) => {
      view.followers.length = 0;
      const signature = view.signature(this.number);
      if (signature === undefined) return true;
      const leader = this.leaders.get(signature);
      if (leader === undefined) this.leaders.set(signature, view);
      if (leader?.equals(view) !== true) return true;
      leader.followers.push(view);
      return false;
    });
  }

  /** Writes once what all of a group get; each its own where there is not room for everything. */
  private writeGroup(leader: PlayerView, sink: SnapshotSink): void {
    const body = this.writeBody(leader);
    const isPartial = (body[0]! & PARTIAL_BIT) !== 0;
    this.finish(leader, body, sink);
    for (const view of leader.followers) {
      if (isPartial) this.finish(view, this.writeBody(view), sink);
      else {
        view.peer.follow(leader.peer);
        this.counters.shared += 1;
        this.finish(view, body, sink);
      }
    }
  }

  private writeBody({ peer, parts }: PlayerView): Uint8Array {
    const { ticksPerSnapshot, snapshotBytesMax } = this.options;
    const isReset = peer.number < 0;
    if (isReset) this.counters.resets += 1;
    return this.writer.write({
      tick: this.tick,
      number: this.number,
      ticks: ticksPerSnapshot,
      peer,
      parts,
      bytesMax: snapshotBytesMax,
    });
  }

  private finish(view: PlayerView, body: Uint8Array, sink: SnapshotSink): void {
    const { kindBits } = this.writer;
    if (this.number % SNAPSHOTS_PER_CHECK === 0) view.checks.record(this.tick, view.parts, this.number);
    view.settleAnew(this.number);
    view.counters.wrote(body.length, kindBits);
    this.profile?.wrote(view, this.tick, body);
    this.counters.snapshots.wrote(body.length, kindBits);
    sink(view, body);
  }
}
