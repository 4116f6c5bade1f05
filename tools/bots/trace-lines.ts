import type { AnyEntityTable } from "#engine/shared";

/** Generations and slots of an entity in one number: an id that it keeps while it is there. */
const SLOTS = 65_536;

/** The lines of a trace for all that one client has in view at a tick: one for each entity. */
export function traceLines(client: number, tick: number, tables: readonly AnyEntityTable[]): string[] {
  return tables.flatMap((table) => {
    const columns = Object.entries(table.columns as Readonly<Record<string, ArrayLike<number | bigint>>>);
    return Array.from(table.slots(), (slot) => {
      const id = slot + SLOTS * table.generationOf(slot);
      const fields = Object.fromEntries(columns.map(([name, column]) => [name, Number(column[slot])]));
      return JSON.stringify({ tick, entity: table.codec.name, id, client, ...fields });
    });
  });
}
