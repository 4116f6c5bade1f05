import { Replicator } from "../../server/engine/replicator.ts";
import type { Desync } from "../../server/engine/replication-counters.ts";
import type { PlayerView } from "../../server/engine/player-view.ts";
import type { GameDefinition } from "#engine/shared";
import { STREAK_MAX } from "../../shared/engine/replication/peer-view.ts";
import { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import type { SkirmishTypes, SkirmishWorld } from "./skirmish.ts";

/** A player without a link: what the room thinks it holds, and what it holds. */
export interface ReplicationPeer {
  readonly view: PlayerView;
  readonly reader: SnapshotReader;
  /** The last body it was sent; empty when the last snapshot was not for it. */
  body: Uint8Array;
}

/** Writer and readers of snapshots without a network: the world is moved by whoever runs it. */
export class ReplicationSession {
  readonly world: SkirmishWorld;
  readonly replicator: Replicator<SkirmishTypes>;
  readonly desyncs: Desync[] = [];
  readonly options: { snapshotBytesMax: number };
  tick = 0;
  private readonly game: GameDefinition<SkirmishTypes>;
  private readonly ticksPerSnapshot: number;

  constructor(game: GameDefinition<SkirmishTypes>, seed: number, ticksPerSnapshot = 1, world = game.createWorld(seed)) {
    this.game = game;
    this.world = world;
    this.ticksPerSnapshot = ticksPerSnapshot;
    const options = {
      game,
      world,
      playersMax: 64,
      ticksPerSnapshot,
      snapshotBytesMax: 60_000,
      isProfiling: false,
      onDesync: (desync: Desync) => this.desyncs.push(desync),
    };
    this.options = options;
    this.replicator = new Replicator(options);
  }

  join(playerId: number, version = this.game.protocol.version): ReplicationPeer {
    const view = this.replicator.join(playerId, version);
    const reader = new SnapshotReader(this.game.tables(this.world), version, this.ticksPerSnapshot);
    return { view, reader, body: new Uint8Array(0) };
  }

  /** Ticks until the next snapshot, which is recorded and not yet written. */
  record(step: () => void): void {
    for (let i = 0; i < this.ticksPerSnapshot; i++) {
      step();
      this.tick += 1;
      if (i + 1 < this.ticksPerSnapshot) for (const table of this.world.tables) table.snap();
    }
    this.replicator.record(this.tick);
  }

  /** Writes the recorded snapshot for some peers, and lets them read it. */
  write(peers: readonly ReplicationPeer[], bytesMax = 60_000): void {
    this.options.snapshotBytesMax = bytesMax;
    const byView = new Map(peers.map((peer) => [peer.view, peer]));
    this.replicator.write([...byView.keys()], (view, body) => {
      const peer = byView.get(view)!;
      peer.body = body.slice();
      if (peer.reader.read(this.tick & 0xff, peer.body) === undefined) {
        throw new Error(`player ${view.playerId} was sent what is no snapshot, in tick ${this.tick}`);
      }
    });
  }

  /** What a peer holds that differs from what the room says it does; and what the room says that is not so. */
  differences({ view, reader }: ReplicationPeer): string[] {
    const number = this.tick / this.ticksPerSnapshot;
    return view.parts.flatMap((part, kind) => {
      const held = reader.kinds[kind];
      if (part === undefined || held === undefined) return part === held ? [] : [`kind ${kind} is known to one alone`];
      const { view: known, shared } = part;
      const wrong: string[] = [];
      if (known.count !== held.view.count) wrong.push(`kind ${kind}: ${known.count} in view, held ${held.view.count}`);
      for (let i = 0; i < known.count; i++) {
        const slot = known.slots[i]!;
        const name = `tick ${this.tick} player ${view.playerId} kind ${kind} slot ${slot}`;
        if (held.view.slots[i] !== slot) return [...wrong, `${name}: held ${held.view.slots[i]}`];
        if (held.view.generations[slot] !== (known.generations[slot]! & 0xff)) wrong.push(`${name}: generation`);
        if (held.view.isOwner[slot] !== known.isOwner[slot]) wrong.push(`${name}: owner`);
        const row = shared.history.offsetOf(known.codedAtOf(slot), slot);
        for (let int = 0; int < shared.codec.rowInts; int++) {
          if (number - known.codedAtOf(slot) >= 64) break;
          const isKnown = shared.codec.publicInts.includes(int) || known.isOwner[slot] === 1;
          const expected = isKnown ? shared.history.rows[row + int] : 0;
          if (held.rows[slot * held.rowInts + int] !== expected) wrong.push(`${name}: integer ${int}`);
        }
        if (known.codedAtOf(slot) !== number || known.streaks[slot] !== STREAK_MAX) continue;
        for (let int = 0; int < shared.codec.stateInts; int++) {
          const at = slot * shared.codec.stateInts + int;
          if (held.states[at] !== shared.states[at]) wrong.push(`${name}: state ${int}`);
        }
      }
      return wrong;
    });
  }
}
