import { expect, test } from "vitest";
import { Ship, WORLD_SIZE } from "../schema/generated/arena.ts";
import type { ArenaInput, ShipColumns } from "../schema/generated/arena.ts";
import { IDLE_INPUT, moveShip, speedOf } from "./movement.ts";
import { SHIP_RADIUS, TICK_RATE } from "./tuning.ts";

test("thrust from rest reaches 117 units per second in 10 ticks, 317 in 34, and 360 but no more in 90", () => {
  const ship = shipAt(1000, 1000);

  const speeds = [10, 24, 56].map((ticks) => {
    fly(ship, { thrust: true }, ticks);
    return Math.round(speedOf(ship, 0) * TICK_RATE);
  });

  expect(speeds).toEqual([117, 317, 360]);
});

test("reverse alone flies backwards, at 63 units per second after 10 ticks", () => {
  const ship = shipAt(1000, 1000);

  fly(ship, { reverse: true }, 10);

  expect(Math.round(ship.vx[0]! * TICK_RATE)).toBe(-63);
});

test.each([0, 1, 100, 128, 333, 512, 700, 1023])(
  "coasting from top speed at heading %i comes to rest within 4 seconds, rounded to the wire in every tick",
  (heading) => {
    const ship = shipAt(2048, 2048, heading);
    fly(ship, { thrust: true }, 60);

    fly(ship, {}, 4 * TICK_RATE);

    expect([ship.vx[0], ship.vy[0]]).toEqual([0, 0]);
  },
);

test("the slowest velocities the wire can say all come to rest within 20 ticks", () => {
  const restless: [number, number][] = [];
  for (let stepsX = -12; stepsX <= 12; stepsX++) {
    for (let stepsY = -12; stepsY <= 12; stepsY++) {
      const ship = shipAt(1000, 1000);
      ship.vx[0] = stepsX / 32;
      ship.vy[0] = stepsY / 32;
      fly(ship, {}, 20);
      if (speedOf(ship, 0) > 0) restless.push([stepsX, stepsY]);
    }
  }

  expect(restless).toEqual([]);
});

test("turning right goes once around in 1.3 seconds: 26 of 1024 steps in a tick", () => {
  const ship = shipAt(1000, 1000, 1000);

  fly(ship, { turn: 1 }, 1);
  const first = ship.heading[0];
  fly(ship, { turn: 1 }, 38);

  expect(first).toBe(2);
  expect(ship.heading[0]).toBe((1000 + 39 * 26) % 1024);
});

test("an aim is reached the short way, 26 steps in a tick, and then held exactly", () => {
  const ship = shipAt(1000, 1000, 10);
  const headings: number[] = [];

  for (let tick = 0; tick < 4; tick++) {
    fly(ship, { aims: true, aim: 990 * 64 }, 1);
    headings.push(ship.heading[0]!);
  }

  expect(headings).toEqual([1008, 990, 990, 990]);
});

test("the border throws a ship back at half its speed, and never lets its hull outside", () => {
  const ship = shipAt(20, 1000, 512);
  ship.vx[0] = -12;

  fly(ship, {}, 1);

  expect(ship.x[0]).toBe(SHIP_RADIUS);
  expect(ship.vx[0]).toBeCloseTo(5.9, 1);
});

test("a ship that was pushed outside but flies inwards keeps its speed", () => {
  const ship = shipAt(4, 1000);
  ship.vx[0] = 4;

  fly(ship, {}, 1);

  expect(ship.x[0]).toBe(SHIP_RADIUS);
  expect(ship.vx[0]).toBeCloseTo(3.9, 1);
});

test("in free flight a ship is where the last place and the new velocity say, to the bit, whatever it does", () => {
  const ship = shipAt(1000, 1000);
  const acts: Partial<ArenaInput>[] = [{ thrust: true }, { thrust: true, turn: 1 }, { reverse: true, turn: -1 }, {}];
  for (let tick = 0; tick < 200; tick++) {
    const [x, y] = [ship.x[0]!, ship.y[0]!];
    fly(ship, acts[(tick >> 4) & 3]!, 1);

    expect([ship.x[0], ship.y[0]]).toEqual([x + ship.vx[0]!, y + ship.vy[0]!]);
  }
});

test("inputs no honest client sends turn and move a ship no farther than honest ones", () => {
  const hostile: Partial<ArenaInput>[] = [
    { turn: -2 },
    { turn: 1e9 },
    { turn: NaN },
    { aims: true, aim: NaN },
    { aims: true, aim: -1e12 },
    { aims: true, aim: 0.5 },
    { thrust: true, reverse: true, turn: Infinity },
  ];
  const turns = hostile.map((input) => {
    const ship = shipAt(1000, 1000, 500);
    fly(ship, input, 1);
    expect([ship.x[0], ship.y[0], ship.vx[0], ship.vy[0]].every(Number.isFinite)).toBe(true);
    return Math.abs(ship.heading[0]! - 500);
  });

  expect(Math.max(...turns)).toBe(26);
});

test("a ship pressed into a corner under full thrust stays inside the world", () => {
  const ship = shipAt(WORLD_SIZE - 100, WORLD_SIZE - 100, 128);

  fly(ship, { thrust: true }, 300);

  expect(Math.max(ship.x[0]!, ship.y[0]!)).toBeLessThanOrEqual(WORLD_SIZE - SHIP_RADIUS);
});

function shipAt(x: number, y: number, heading = 0): ShipColumns {
  const columns = Ship.createColumns(1);
  columns.x[0] = x;
  columns.y[0] = y;
  columns.heading[0] = heading;
  return columns;
}

/** Rounds to the wire after every tick, as the room does. */
function fly(columns: ShipColumns, input: Partial<ArenaInput>, ticks: number): void {
  for (let tick = 0; tick < ticks; tick++) {
    moveShip(columns, 0, { ...IDLE_INPUT, ...input });
    Ship.snap(columns, 0, new Int32Array(Ship.rowInts), 0);
  }
}
