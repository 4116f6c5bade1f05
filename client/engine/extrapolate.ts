import type { AnyEntityTable } from "#engine/shared";

/**
 * Fills `slot` of `into` with the entity as it goes on for so many ticks, or went before (below zero), with a fraction: by
 * the velocity that its schema names. `next` are columns to work in.
 */
export function extrapolate(table: AnyEntityTable, slot: number, ticks: number, into: unknown, next: unknown): void {
  const { codec } = table;
  codec.copy(table.columns, next, slot);
  codec.advance(next, slot);
  // Steady motion goes on beyond its second moment, and before its first.
  codec.interpolate(table.columns, next, slot, ticks, into);
}
