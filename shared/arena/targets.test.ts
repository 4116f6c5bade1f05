import { expect, test } from "vitest";
import { RewindBuffer } from "../../server/engine/rewind-buffer.ts";
import { RowHistory } from "../engine/replication/row-history.ts";
import { aimOfHeading, IDLE_INPUT } from "./movement.ts";
import { simulate } from "./simulation.ts";
import { SHIP_SPEED_MAX } from "./tuning.ts";
import { createWorld, spawnShip, tablesOf } from "./world.ts";

const OWNER = 4;
/** 310 ms at 30 Hz. */
const AGE_TICKS = 9.3;
const FIRES_AT = 40;

/**
 * A shooter at 2000, 2000 who looks up, and a foe 400 units above who crosses at full speed. After 40 ticks the shooter
 * fires, who saw the foe `ageTicks` before. `ahead`: how far in front of where it was seen then the foe is when the
 * shot gets there, in ticks of its flight.
 */
function crossing(weapon: "fire" | "beam", ageTicks: number, aimTicks: number): number {
  const world = createWorld(1);
  const tables = tablesOf(world);
  const histories = tables.map((table) => new RowHistory(table));
  const rewind = new RewindBuffer(tables, histories, 1);
  spawnShip(world, OWNER, 2_000, 2_000, 256);
  const foe = spawnShip(world, 9, 2_000, 2_400, 0)!;
  const { x, vx } = world.ships.columns;
  // The foe is at 2000 at the moment that is aimed at.
  const distance = (tick: number): number => (tick - (FIRES_AT - aimTicks)) * SHIP_SPEED_MAX;
  for (let tick = 1; tick <= FIRES_AT + 60; tick++) {
    x[foe] = 2_000 + distance(tick - 1);
    vx[foe] = SHIP_SPEED_MAX;
    world.shipTimers.shieldTicks[foe] = 0;
    rewind.begin(tick, tick - 1);
    const input = { ...IDLE_INPUT, [weapon]: tick === FIRES_AT, aims: true, aim: aimOfHeading(256) };
    simulate(world, [{ playerId: OWNER, input, sawTick: tick - ageTicks }], rewind);
    for (const history of histories) history.record(tick);
  }
  return world.ships.columns.health[foe]!;
}

/** From the muzzle to the hull, 400 - 18 - 16 units at 24 a tick. */
const FLIGHT_TICKS = 15.25;

test("a beam at where a crossing foe was seen 310 ms ago hits it; one at where it is now does not", () => {
  // Drag slows it by less than a unit from one tick to the next, which sets it back to full speed.
  expect(crossing("beam", AGE_TICKS, AGE_TICKS)).toBe(75);
  expect(crossing("beam", AGE_TICKS, 0)).toBe(100);
});

test("without a past it is the other way round", () => {
  expect(crossing("beam", 0, 0)).toBe(75);
  expect(crossing("beam", 0, AGE_TICKS)).toBe(100);
});

test("a shot aimed ahead of where a crossing foe was seen 310 ms ago hits it; aimed ahead of where it is, it misses", () => {
  expect(crossing("fire", AGE_TICKS, AGE_TICKS - FLIGHT_TICKS)).toBe(88);
  expect(crossing("fire", AGE_TICKS, -FLIGHT_TICKS)).toBe(100);
});

test("a shot that flies through 9.3 ticks of the past is 9.3 ticks farther on, 223 units from the muzzle, and lives on", () => {
  const world = createWorld(1);
  spawnShip(world, OWNER, 1_000, 1_000, 0);

  simulate(world, [{ playerId: OWNER, input: { ...IDLE_INPUT, fire: true }, sawTick: 1 - AGE_TICKS }]);

  expect(world.shots.columns.x[0]! - 1_018).toBeCloseTo(AGE_TICKS * 24, 6);
  // Of its 42 ticks nine are over.
  for (let tick = 0; tick < 32; tick++) simulate(world, []);
  expect(world.shots.count).toBe(1);
  simulate(world, []);
  expect(world.shots.count).toBe(0);
});

test.each([7.3, 15.7, 63.4, 1_023.9])(
  "what it has left does not depend on when it is fired: seen at tick %f too",
  (saw) => {
    const world = createWorld(1);
    spawnShip(world, OWNER, 1_000, 1_000, 0);
    world.tick = Math.ceil(saw) + 2;

    simulate(world, [{ playerId: OWNER, input: { ...IDLE_INPUT, fire: true }, sawTick: saw }]);

    // Three whole ticks and what is left of one.
    expect(world.shotTicksLeft[0]).toBe(42 - 3);
  },
);
