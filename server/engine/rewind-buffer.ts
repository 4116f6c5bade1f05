import type { AnyEntityTable, EntityTable, Rewind } from "#engine/shared";
import type { RowHistory } from "../../shared/engine/replication/row-history.ts";

/** No player is believed to have seen the world longer ago. */
export const REWIND_MS_MAX = 400;

/** The tick that somebody who looks so far back sees in `tick`: nothing that is too long ago, or that was never there. */
export function sawTick(tick: number, viewAgeMs: number, tickRate: number): number {
  return Math.max(0, tick - (Math.min(viewAgeMs, REWIND_MS_MAX) * tickRate) / 1_000);
}

/**
 * The world as players saw it: lag compensation's rewind.
 *
 * A client draws the others between two snapshots. The rows of past snapshots are kept for deltas anyhow, so what it
 * drew is made again from them, to the bit. (The method is Valve's: Bernier, Latency Compensating Methods in Client/Server
 * In-game Protocol Design and Optimization, 2001.)
 */
export class RewindBuffer implements Rewind {
  private readonly histories: readonly RowHistory[];
  private readonly ticksPerSnapshot: number;
  /** For each kind, columns for what is between. */
  private readonly from: unknown[];
  private readonly to: unknown[];
  private newestNumber = -1;
  private nextTick = 1;

  /** `histories`: those of the tables, in their order. */
  constructor(tables: readonly AnyEntityTable[], histories: readonly RowHistory[], ticksPerSnapshot: number) {
    this.histories = histories;
    this.ticksPerSnapshot = ticksPerSnapshot;
    this.from = tables.map(({ codec, capacity }): unknown => codec.createColumns(capacity));
    this.to = tables.map(({ codec, capacity }): unknown => codec.createColumns(capacity));
  }

  /** `nextTick` is about to be simulated; `newestNumber` is that of the last snapshot, -1 before the first. */
  begin(nextTick: number, newestNumber: number): void {
    this.nextTick = nextTick;
    this.newestNumber = newestNumber;
  }

  read<Columns>(table: EntityTable<Columns>, slot: number, tick: number, columns: Columns): boolean {
    const { ticksPerSnapshot, newestNumber } = this;
    const { codec } = table;
    const history = this.histories[codec.kind]!;
    const number = Math.min(newestNumber, Math.floor(tick / ticksPerSnapshot));
    if (!history.has(number, slot)) return false;
    const from = this.from[codec.kind] as Columns;
    codec.unpack(history.rows, history.offsetOf(number, slot), from, slot, 0);
    const passed = tick - number * ticksPerSnapshot;
    if (number === newestNumber) {
      // On the way to what is being simulated.
      const span = Math.max(1, this.nextTick - number * ticksPerSnapshot);
      codec.interpolate(from, table.columns, slot, Math.min(1, passed / span), columns);
      return true;
    }
    const to = this.to[codec.kind] as Columns;
    codec.unpack(history.rows, history.offsetOf(number + 1, slot), to, slot, 0);
    codec.interpolate(from, to, slot, passed / ticksPerSnapshot, columns);
    return true;
  }
}
