import { expect, test } from "vitest";
import { EntityTable } from "#engine/shared";
import { Shot } from "../../shared/schema/generated/arena.ts";
import { ShownSpawns } from "./shown-spawns.ts";
import { Smoothing } from "./smoothing.ts";
import type { PredictedSpawn } from "./spawn-watch.ts";

const OWN = 3;
const SPEED = 24;
const FIRED_AT = 20;
/** In ticks: how far inputs are ahead of the newest snapshot, and how far the others behind it. */
const AHEAD = 4;
const BEHIND = 2;
const newTable = () => new EntityTable(Shot, 64);
type ShotTable = ReturnType<typeof newTable>;

interface DrawnShot {
  readonly slot: number;
  readonly generation: number;
  readonly x: number;
  readonly y: number;
}

function put(table: ShotTable, slot: number, x: number, y: number, owner = OWN): void {
  if (!table.isLive(slot)) table.place(slot, 7);
  const { columns } = table;
  [columns.x[slot], columns.y[slot], columns.vx[slot], columns.owner[slot]] = [x, y, SPEED, owner];
}

/**
 * A client that draws two frames a tick from tick 10 on, and fires `fired` shots in tick 20, of which the room has
 * `roomHas`: in slots from 5 on, each as far ahead as the player saw the others behind. `ticksPerSnapshot`: apart.
 */
function drawn({ fired = 1, roomHas = 1, ticksPerSnapshot = 1, roomEndsAt = Infinity, strangers = false }) {
  const [newest, predicted, ahead, view] = [newTable(), newTable(), newTable(), newTable()];
  const spawned: PredictedSpawn[] = [];
  const shown = new ShownSpawns({
    newest: [newest],
    predicted: [predicted],
    spawned,
    renewed: [],
    predictedKinds: [],
    isOwn: ({ slot }) => newest.columns.owner[slot] === OWN,
    smoothing: new Smoothing(),
  });
  const roomX = (tick: number): number => 100 + SPEED * (tick - FIRED_AT + AHEAD + BEHIND);
  const fill = (table: ShotTable, tick: number): void => {
    table.clear();
    if (strangers && tick >= FIRED_AT - 1) put(table, 2, 900 + tick, 900, 8);
    if (tick < FIRED_AT || tick >= roomEndsAt) return;
    for (let i = 0; i < roomHas; i++) put(table, 5 + i, roomX(tick), 100 + i);
  };
  let newestTick = 9;
  const frames: { readonly t: number; readonly shots: DrawnShot[] }[] = [];
  for (let t = 10; t < 40; t += 0.5) {
    const arrived = Math.floor(t / ticksPerSnapshot) * ticksPerSnapshot;
    if (arrived > newestTick) {
      newestTick = arrived;
      fill(newest, arrived);
      shown.confirm(arrived);
    }
    const predictedTick = Math.floor(t + AHEAD);
    spawned.length = 0;
    for (const table of [predicted, ahead]) table.clear();
    for (let i = 0; i < fired && predictedTick >= FIRED_AT && newestTick < FIRED_AT; i++) {
      put(predicted, i, 100 + SPEED * (predictedTick - FIRED_AT), 100 + i);
      put(ahead, i, 100 + SPEED * (predictedTick + 1 - FIRED_AT), 100 + i);
      spawned.push({ kind: 0, slot: i, generation: 7, tick: FIRED_AT, order: i });
    }
    fill(view, t - BEHIND);
    const fraction = t + AHEAD - predictedTick;
    const tables = { view: [view], ahead: [ahead] };
    shown.place({ ...tables, viewTick: t - BEHIND, newestTick, ownTick: t + AHEAD, fraction });
    const own = [...view.slots()].filter((slot) => view.columns.owner[slot] === OWN);
    const shots = own.map((slot) => {
      return { slot, generation: view.generationOf(slot), x: view.columns.x[slot]!, y: view.columns.y[slot]! };
    });
    frames.push({ t, shots });
  }
  return frames;
}

test.each([1, 3])(
  "with %i ticks to a snapshot a shot is one from the moment of the input on: one slot and generation, and 12 units a frame",
  (ticksPerSnapshot) => {
    const shots = drawn({ ticksPerSnapshot }).map(({ shots }) => shots);

    const first = shots.findIndex(({ length }) => length > 0);
    // Tick 20 of the inputs is at 16 of the snapshots.
    expect(first).toBe(2 * (FIRED_AT - AHEAD - 10));
    const flight = shots.slice(first);
    expect(flight.every(({ length }) => length === 1)).toBe(true);
    expect(new Set(flight.map(([shot]) => `${shot!.slot} ${shot!.generation}`)).size).toBe(1);
    const steps = flight.slice(1).map(([shot], i) => shot!.x - flight[i]![0]!.x);
    expect(Math.max(...steps)).toBeLessThanOrEqual(SPEED / 2 + 1);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(SPEED / 2 - 1);
  },
);

test("one that the room refuses is gone with the first snapshot that should have it, and not before", () => {
  const counts = drawn({ roomHas: 0 }).map(({ t, shots }) => [t, shots.length]);

  const isThere = (t: number): boolean => t >= FIRED_AT - AHEAD && t < FIRED_AT;
  expect(counts).toEqual(counts.map(([t]) => [t, isThere(t!) ? 1 : 0]));
});

test("two shots of one tick stay two, each on its own way, under its own number", () => {
  const frames = drawn({ fired: 2, roomHas: 2 }).filter(({ t }) => t >= FIRED_AT - AHEAD);

  expect(frames.every(({ shots }) => shots.length === 2)).toBe(true);
  const names = frames.map(({ shots }) => shots.map(({ slot, generation, y }) => `${slot} ${generation} ${y}`).join());
  expect(new Set(names).size).toBe(1);
});

test("of two, the room has one: one goes on and the other is gone", () => {
  const counts = drawn({ fired: 2, roomHas: 1 }).filter(({ t }) => t >= FIRED_AT - AHEAD);

  expect(counts.map(({ t, shots }) => shots.length - (t < FIRED_AT ? 2 : 1)).filter(Boolean)).toEqual([]);
});

test("one that the room ends in tick 30 is drawn until the view is there", () => {
  const frames = drawn({ roomEndsAt: 30 });

  const last = frames.findLast(({ shots }) => shots.length > 0)!;
  expect(last.t).toBe(30 + BEHIND - 0.5);
});

test("another player's shot that arrives at the same time is never taken for it", () => {
  const frames = drawn({ strangers: true, roomHas: 0 });

  expect(frames.filter(({ t, shots }) => t >= FIRED_AT && shots.length > 0)).toEqual([]);
});

test("one that the room fires without a prediction is drawn where the view has it, under the room's number", () => {
  const frames = drawn({ fired: 0, roomHas: 1 });

  const [first, ...others] = frames.filter(({ shots }) => shots.length > 0);
  expect([first!.t, first!.shots[0]!.slot, first!.shots[0]!.generation]).toEqual([FIRED_AT + BEHIND, 5, 7]);
  expect(others.every(({ shots }) => shots.length === 1)).toBe(true);
});
