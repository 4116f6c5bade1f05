import type { PlayerId } from "#engine/shared";

/** A player held something else than what it was sent. */
export interface Desync {
  readonly playerId: PlayerId;
  /** The tick of the snapshot whose checksum differed. */
  readonly tick: number;
  /** What differed, and was sent anew; undefined where that could not be found out, and everything was. */
  readonly entity:
    | {
        /** The kind's name. */
        readonly kind: string;
        readonly slot: number;
        readonly generation: number;
        /** Names of fields; `state` for what predictions rest on; `generation` where nothing else differs. */
        readonly fields: readonly string[];
      }
    | undefined;
}

/** What snapshots have cost. Bytes are those of their bodies. */
export interface SnapshotCost {
  readonly snapshots: number;
  readonly bytes: number;
  /** Of each kind, by its name. */
  readonly kindBytes: Readonly<Record<string, number>>;
}

/** What a room's snapshots have cost since it began. */
export interface ReplicationReport extends SnapshotCost {
  /** Snapshots that were written once for several players count for each but the first. */
  readonly sharedSnapshots: number;
  /** Views that began anew, joins too. */
  readonly resets: number;
  /** Entities, or whole views, that a player held otherwise than they were sent. */
  readonly desyncs: number;
}

/** Counts what snapshots cost: of a room, or of one player. */
export class SnapshotCounters {
  private readonly names: readonly string[];
  private readonly kindBits: Float64Array;
  private snapshots = 0;
  private bytes = 0;

  /** `names`: those of the kinds. */
  constructor(names: readonly string[]) {
    this.names = names;
    this.kindBits = new Float64Array(names.length);
  }

  /** Counts a body, of which each kind took so many bits. */
  wrote(bytes: number, kindBits: Float64Array): void {
    this.snapshots += 1;
    this.bytes += bytes;
    for (let kind = 0; kind < kindBits.length; kind++) this.kindBits[kind] = this.kindBits[kind]! + kindBits[kind]!;
  }

  cost(): SnapshotCost {
    const kindBytes = Object.fromEntries(this.names.map((name, kind) => [name, Math.round(this.kindBits[kind]! / 8)]));
    return { snapshots: this.snapshots, bytes: this.bytes, kindBytes };
  }
}

/** Counts what a room's snapshots cost, and what went wrong with them. */
export class ReplicationCounters {
  readonly snapshots: SnapshotCounters;
  shared = 0;
  resets = 0;
  desyncs = 0;

  constructor(names: readonly string[]) {
    this.snapshots = new SnapshotCounters(names);
  }

  report(): ReplicationReport {
    const { shared: sharedSnapshots, resets, desyncs } = this;
    return { ...this.snapshots.cost(), sharedSnapshots, resets, desyncs };
  }
}
