import type { AnyEntityTable } from "#engine/shared";
import type { RowHistory } from "../../shared/engine/replication/row-history.ts";
import { SharedDeltas } from "../../shared/engine/replication/shared-deltas.ts";
import type { SnapshotCodec } from "../../shared/engine/wire/protocol.ts";

interface Pooled {
  readonly shared: SharedDeltas;
  users: number;
}

/** The deltas of each kind in the words of each version that a player speaks: made when somebody needs them, and no longer. */
export class DeltaPool {
  private readonly pooled = new Map<SnapshotCodec, Pooled>();

  take(table: AnyEntityTable, history: RowHistory, codec: SnapshotCodec): SharedDeltas {
    let pooled = this.pooled.get(codec);
    if (pooled === undefined) {
      pooled = { shared: new SharedDeltas(table, history, codec), users: 0 };
      this.pooled.set(codec, pooled);
    }
    pooled.users += 1;
    return pooled.shared;
  }

  giveBack({ codec }: SharedDeltas): void {
    const pooled = this.pooled.get(codec)!;
    pooled.users -= 1;
    if (pooled.users === 0) this.pooled.delete(codec);
  }

  /** Moves all on to snapshot `number`, which is `ticks` after the one before. */
  advance(number: number, ticks: number): void {
    for (const { shared } of this.pooled.values()) shared.advance(number, ticks);
  }
}
