import { expect, test } from "vitest";
import { EntityTable, Rng } from "#engine/shared";
import { InterpolationBuffer } from "../../client/engine/interpolation-buffer.ts";
import { ToldReader } from "../../client/engine/told-reader.ts";
import { RowHistory } from "../../shared/engine/replication/row-history.ts";
import { Ship } from "../../shared/schema/generated/arena.ts";
import { RewindBuffer } from "./rewind-buffer.ts";

const CAPACITY = 100;
const newTable = () => new EntityTable(Ship, CAPACITY);

/** A room's table of ships, whose snapshots are kept, and how it is rewound. */
function keptWorld(ticksPerSnapshot = 1) {
  const table = newTable();
  const history = new RowHistory(table);
  const rewind = new RewindBuffer([table], [history], ticksPerSnapshot);
  const seen = Ship.createColumns(CAPACITY);
  let finished = 0;
  rewind.begin(1, 0);
  return {
    table,
    /** The tick that is about to be simulated afterwards is the next one. */
    finish: () => {
      finished += 1;
      if (finished % ticksPerSnapshot === 0) history.record(finished / ticksPerSnapshot);
      else table.snap();
      rewind.begin(finished + 1, Math.floor(finished / ticksPerSnapshot));
      return finished;
    },
    /** Where the ship in a slot was; undefined where there was none. */
    xAt: (slot: number, tick: number) => (rewind.read(table, slot, tick, seen) ? seen.x[slot] : undefined),
    read: (slot: number, tick: number) => {
      if (!rewind.read(table, slot, tick, seen)) return undefined;
      return [seen.x[slot], seen.y[slot], seen.heading[slot]];
    },
  };
}

test.each([1, 3])(
  "with %i ticks to a snapshot the past is what a client draws of it, to the bit",
  (ticksPerSnapshot) => {
    const { table, finish, read } = keptWorld(ticksPerSnapshot);
    const buffer = new InterpolationBuffer([newTable()]);
    const reader = new ToldReader([table], ticksPerSnapshot);
    const view = newTable();
    const rng = new Rng(1);
    for (let slot = 0; slot < 20; slot++) table.place(slot, 0);
    let compared = 0;

    for (let round = 0; round < 90; round++) {
      for (let slot = 0; slot < 20; slot++) {
        table.columns.x[slot] = rng.between(0, 4_096);
        table.columns.y[slot] = rng.between(0, 4_096);
        table.columns.heading[slot] = rng.below(1_024);
      }
      const tick = finish();
      if (tick % ticksPerSnapshot === 0) buffer.push(reader.tell(tick, [table]));
      const sawTick = tick - 6 + rng.next();
      if (sawTick < ticksPerSnapshot || sawTick > buffer.newestTick) continue;
      buffer.show(sawTick, 0, [view]);
      const { x, y, heading } = view.columns;
      const drawn = Array.from({ length: 20 }, (_, slot) => [x[slot], y[slot], heading[slot]]);
      expect(drawn.map((_, slot) => read(slot, sawTick))).toEqual(drawn);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(60);
  },
);

test("between the last snapshot and the tick that is simulated it is on the way to where it is now", () => {
  const { table, finish, xAt } = keptWorld();
  table.place(0, 0);
  table.columns.x[0] = 100;
  finish();
  finish();
  table.columns.x[0] = 120;

  expect([1.5, 2, 2.25, 3, 9].map((tick) => xAt(0, tick))).toEqual([100, 100, 105, 120, 120]);
});

test("a ship that came with tick 5 was not there at 4.9; at 5 it was", () => {
  const { table, finish, xAt } = keptWorld();
  for (let tick = 1; tick < 5; tick++) finish();
  table.place(0, 0);
  table.columns.x[0] = 300;
  finish();
  finish();

  expect([4, 4.9, 5, 5.5].map((tick) => xAt(0, tick))).toEqual([undefined, undefined, 300, 300]);
});

test("another ship in the slot was not there before tick 3, and one that is gone is nowhere", () => {
  const { table, finish, xAt } = keptWorld();
  table.place(0, 0);
  finish();
  finish();
  table.renew(0);
  table.columns.x[0] = 500;
  finish();
  finish();
  expect([2, 2.9, 3].map((tick) => xAt(0, tick))).toEqual([undefined, undefined, 500]);

  table.destroy(0);
  expect(xAt(0, 3)).toBeUndefined();
});

test("of 64 snapshots tick 37 of 100 is known, and tick 36 is too long ago; before the first nothing is known", () => {
  const { table, finish, xAt } = keptWorld();
  table.place(0, 0);
  expect(xAt(0, 0)).toBeUndefined();
  for (let tick = 1; tick <= 100; tick++) {
    table.columns.x[0] = tick;
    finish();
  }

  expect([-1, 0, 36, 36.9, 37, 37.5].map((tick) => xAt(0, tick))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    37,
    37.5,
  ]);
});

test("the past of the first 64 slots is kept when the 65th is used, and a slot that had none has none", () => {
  const { table, finish, xAt } = keptWorld();
  for (let slot = 0; slot < 64; slot++) table.place(slot, 0);
  table.columns.x[63] = 630;
  finish();
  table.place(64, 0);
  table.columns.x.fill(700);
  finish();
  finish();

  expect([63, 64].map((slot) => xAt(slot, 1))).toEqual([630, undefined]);
  expect([63, 64].map((slot) => xAt(slot, 2))).toEqual([700, 700]);
});
