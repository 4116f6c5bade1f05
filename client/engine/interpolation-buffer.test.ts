import { expect, test } from "vitest";
import { EntityTable } from "#engine/shared";
import { Shot } from "../../shared/schema/generated/arena.ts";
import { InterpolationBuffer } from "./interpolation-buffer.ts";
import { ToldReader } from "./told-reader.ts";

const CAPACITY = 8;
const SHOWN = 2;
const newTable = () => new EntityTable(Shot, CAPACITY);
type ShotTable = ReturnType<typeof newTable>;

/** A buffer to which the snapshots of a world with some shots in it come. */
function bufferOf(ticksPerSnapshot = 1) {
  const world = newTable();
  const view = newTable();
  const buffer = new InterpolationBuffer([newTable()]);
  const reader = new ToldReader([world], ticksPerSnapshot);
  return {
    world,
    view,
    buffer,
    hear: (tick: number) => {
      buffer.push(reader.tell(tick, [world]));
    },
    /** Where the shot in slot 2 is drawn at a moment; undefined where none is. */
    xAt: (tick: number, passedMs = 0) => {
      buffer.show(tick, passedMs, [view]);
      return view.isLive(SHOWN) ? view.columns.x[SHOWN] : undefined;
    },
  };
}

/** The shot in slot 2 is at `x`, and flies by `vx` a tick. */
function put(world: ShotTable, x: number, vx = 0): void {
  if (!world.isLive(SHOWN)) world.place(SHOWN, 0);
  world.columns.x[SHOWN] = x;
  world.columns.vx[SHOWN] = vx;
}

test("between two snapshots, 3 ticks apart, what is drawn is between the places that they say", () => {
  const { world, hear, xAt } = bufferOf(3);
  put(world, 100);
  hear(3);
  put(world, 160);
  hear(6);

  expect([3, 3.5, 4.5, 6].map((tick) => xAt(tick))).toEqual([100, 110, 130, 160]);
});

test("before the first snapshot's tick it is drawn as that says, and before any nothing is", () => {
  const { world, hear, xAt } = bufferOf();
  expect(xAt(3)).toBeUndefined();

  put(world, 100, 10);
  hear(5);

  expect(xAt(3)).toBe(100);
});

test("beyond the newest snapshot it flies on by its velocity: 10 units a tick are 25 after 2.5 ticks", () => {
  const { world, hear, xAt } = bufferOf();
  for (const tick of [1, 2]) {
    put(world, 10 * tick, 10);
    hear(tick);
  }

  expect([2, 3, 4.5].map((tick) => xAt(tick))).toEqual([20, 30, 45]);
});

test("one that turned round unseen, and is 60 units off, flows to where it is: 18 units in a frame at most, for 250 ms", () => {
  const { world, hear, xAt } = bufferOf();
  put(world, 600, 10);
  hear(10);
  expect(xAt(13, 1_000 / 60)).toBe(630);
  const xAfter = (tick: number): number => 600 - 10 * (tick - 10);
  for (let tick = 14; tick <= 30; tick++) {
    put(world, xAfter(tick), -10);
    hear(tick);
  }

  const places = [630];
  for (let frame = 1; frame <= 24; frame++) places.push(xAt(13 + frame / 2, 1_000 / 60)!);

  const steps = places.slice(1).map((x, i) => Math.abs(x - places[i]!));
  expect(Math.max(...steps)).toBeLessThan(18);
  expect(places.slice(17)).toEqual([17, 18, 19, 20, 21, 22, 23, 24].map((frame) => xAfter(13 + frame / 2)));
});

test("a shot is there from the tick of the first snapshot that has it, and until that of the first that has it no more", () => {
  const { world, hear, xAt } = bufferOf();
  hear(1);
  put(world, 50);
  hear(2);
  hear(3);
  world.destroy(SHOWN);
  hear(4);

  expect([1, 1.5, 2, 3].map((tick) => xAt(tick))).toEqual([undefined, undefined, 50, 50]);
  expect([3.01, 4].map((tick) => xAt(tick))).toEqual([undefined, undefined]);
});

test("one that has jumped is another one: it is never drawn between the two places, before and after an underrun", () => {
  const { world, hear, xAt } = bufferOf();
  put(world, 100);
  hear(1);
  world.renew(SHOWN);
  put(world, 900);
  hear(2);
  expect([1, 1.25, 1.75, 2].map((tick) => xAt(tick, 4))).toEqual([100, undefined, undefined, 900]);

  xAt(3, 30);
  world.renew(SHOWN);
  put(world, 200);
  hear(3);
  hear(4);
  expect([3.2, 3.5, 4].map((tick) => xAt(tick, 16))).toEqual([200, 200, 200]);
});

test("with a snapshot missing between two, what is drawn is between those that came", () => {
  const { world, hear, xAt } = bufferOf();
  put(world, 0);
  hear(1);
  put(world, 40);
  hear(5);

  expect([2, 4].map((tick) => xAt(tick))).toEqual([10, 30]);
});

test.each([30, 120])("at %i Hz what is drawn 400 ms after it was sent is still between two snapshots", (tickRate) => {
  const { world, hear, xAt } = bufferOf();
  const ageTicks = 0.4 * tickRate + 0.5;
  const wrong: number[] = [];

  for (let tick = 1; tick <= 300; tick++) {
    put(world, tick);
    hear(tick);
    if (tick > ageTicks + 1 && xAt(tick - ageTicks) !== tick - ageTicks) wrong.push(tick);
  }

  expect(wrong).toEqual([]);
});

test("the newest snapshot is what was told last, and its tick", () => {
  const { world, hear, buffer } = bufferOf(3);
  expect([buffer.newest, buffer.newestTick]).toEqual([undefined, 0]);

  put(world, 70);
  hear(9);

  expect(buffer.newestTick).toBe(9);
  expect(buffer.newest![0]!.columns).toMatchObject({ x: { [SHOWN]: 70 } });
});
