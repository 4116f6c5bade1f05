import fc from "fast-check";
import { expect, test } from "vitest";
import { Asteroid, PROTOCOL_VERSION, Ship, Shot } from "../../schema/generated/arena.ts";
import { Rng } from "../time/rng.ts";
import { EntityTable } from "./entity-table.ts";
import { decodeSnapshotInto } from "./snapshot-decoder.ts";
import { SnapshotEncoder } from "./snapshot-encoder.ts";

const createTables = () =>
  [new EntityTable(Ship, 16), new EntityTable(Shot, 64), new EntityTable(Asteroid, 32)] as const;

/** Tables with some entities of every kind, from a seed. */
function populatedTables(seed: number) {
  const tables = createTables();
  const rng = new Rng(seed);
  for (const table of tables) {
    for (let i = rng.below(table.capacity); i >= 0; i--) {
      const slot = table.spawn()!;
      table.columns.x[slot] = rng.between(0, 4096);
      table.columns.y[slot] = rng.between(0, 4096);
      table.columns.vx[slot] = rng.between(-8, 8);
    }
    table.destroy(0);
    table.snap();
  }
  return tables;
}

type Tables = ReturnType<typeof createTables>;

const everything = (tables: Tables) =>
  tables.map((table) => ({ slots: Uint16Array.from(table.slots()), count: table.count }));

const contentsOf = (tables: Tables) =>
  tables.map((table) =>
    [...table.slots()].map((slot) => [
      slot,
      table.generationOf(slot),
      ...Object.values(table.columns).map((column) => (column as Float64Array)[slot]),
    ]),
  );

test("what is decoded is what was encoded: slots, generations and every field, to the bit", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const tables = populatedTables(seed);
      const mirror = populatedTables(seed + 1);

      expect(
        decodeSnapshotInto(
          new SnapshotEncoder().encode(tables, everything(tables), PROTOCOL_VERSION),
          mirror,
          PROTOCOL_VERSION,
        ),
      ).toBe(true);

      expect(contentsOf(mirror)).toEqual(contentsOf(tables));
    }),
    { numRuns: 50 },
  );
});

test("mutated, cut and random sections never throw", () => {
  const whole = new SnapshotEncoder()
    .encode(populatedTables(3), everything(populatedTables(3)), PROTOCOL_VERSION)
    .slice();
  const mirror = createTables();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      fc.nat(whole.length),
      (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) bytes[at % (length || 1)] = value;
        decodeSnapshotInto(bytes, mirror, PROTOCOL_VERSION);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ["a kind that does not exist", [3, 0, 0], false],
  ["a section of nothing", [1, 0, 0], true],
  ["a count beyond the bytes", [1, 255, 255, 0, 0, 0], false],
  ["half a section", [1, 0], false],
  ["no section at all", [], true],
])("%s: %j is accepted: %s", (_, bytes, accepted) => {
  expect(decodeSnapshotInto(Uint8Array.from(bytes), createTables(), PROTOCOL_VERSION)).toBe(accepted);
});

test("a slot beyond the capacity and a slot listed twice are refused; the neighbours are accepted", () => {
  const entity = (slot: number) => [slot, 0, 0, ...new Uint8Array(Shot.recordBytes)];
  const sections = (...slots: number[]) => Uint8Array.from([1, slots.length, 0, ...slots.flatMap(entity)]);

  expect(decodeSnapshotInto(sections(63, 62), createTables(), PROTOCOL_VERSION)).toBe(true);
  expect(decodeSnapshotInto(sections(64), createTables(), PROTOCOL_VERSION)).toBe(false);
  expect(decodeSnapshotInto(sections(63, 63), createTables(), PROTOCOL_VERSION)).toBe(false);
});

test("what does not fit into 65,000 bytes is left out whole: 4,000 ships of 14 + 3 bytes become 3,823", () => {
  const tables = [new EntityTable(Ship, 4000)];
  for (let i = 0; i < 4000; i++) tables[0]!.spawn();

  const sections = new SnapshotEncoder().encode(
    tables,
    [{ slots: Uint16Array.from(tables[0]!.slots()), count: 4000 }],
    PROTOCOL_VERSION,
  );

  const mirror = [new EntityTable(Ship, 4000)];
  expect(decodeSnapshotInto(sections, mirror, PROTOCOL_VERSION)).toBe(true);
  expect(mirror[0]!.count).toBe(Math.floor((65_000 - 3) / 17));
  expect(sections.length).toBeLessThanOrEqual(65_000);
});
