import { expect, test } from "vitest";
import { AsteroidSize, NOBODY } from "../schema/generated/arena.ts";
import { speedOf } from "./movement.ts";
import { simulate } from "./simulation.ts";
import { spawnAsteroid } from "./asteroids.ts";
import { TICK_RATE } from "./tuning.ts";
import { createWorld, spawnShip, tablesOf } from "./world.ts";
import type { ArenaWorld } from "./world.ts";

test("a ship that drifts into an asteroid at 60 units per second is not hurt; at 352 it loses 35 health", () => {
  const healths = [2, 12].map((speed) => {
    const { world, ship } = shipBeforeAsteroid(speed);
    run(world, 3);
    return world.ships.columns.health[ship];
  });

  expect(healths).toEqual([100, 65]);
});

test("a ship bounces back from a large asteroid, and pushes a small one away", () => {
  const speeds = [AsteroidSize.LARGE, AsteroidSize.SMALL].map((size) => {
    const { world, ship, rock } = shipBeforeAsteroid(12, size);
    run(world, 3);
    return [Math.sign(world.ships.columns.vx[ship]!), world.asteroids.columns.vx[rock]! > 3];
  });

  expect(speeds).toEqual([
    [-1, false],
    [1, true],
  ]);
});

test("a crash that takes the last health is nobody's kill", () => {
  const { world, ship } = shipBeforeAsteroid(12);
  world.ships.columns.health[ship] = 30;

  const kills = [1, 2, 3].flatMap(() => {
    run(world, 1);
    return world.outcomes.kills.map(({ killer, victim }) => ({ killer, victim }));
  });

  expect(kills).toEqual([{ killer: NOBODY, victim: 4 }]);
});

test("two ships that meet head-on at full speed fly apart unhurt", () => {
  const world = createWorld(1);
  const left = unshielded(world, 0, 1000);
  const right = unshielded(world, 1, 1050);
  world.ships.columns.vx[left] = 12;
  world.ships.columns.vx[right] = -12;

  run(world, 3);

  const { vx, health } = world.ships.columns;
  expect([vx[left]! < -3, vx[right]! > 3]).toEqual([true, true]);
  expect([health[left], health[right]]).toEqual([100, 100]);
});

test.each([
  ["higher", 1000, 1070],
  ["lower", 1070, 1000],
])("a moving asteroid hands its momentum to the one at rest in its way, whose slot is %s", (_name, first, second) => {
  const world = createWorld(1);
  const slots = [first, second].map((x) => spawnAsteroid(world, AsteroidSize.MEDIUM, x, 1000)!);
  const { x, vx } = world.asteroids.columns;
  const [moving, resting] = slots.sort((a, b) => x[a]! - x[b]!) as [number, number];
  vx[moving] = 4;

  run(world, 2);

  expect(vx[resting]).toBeGreaterThan(2.5);
  expect(vx[moving]).toBeLessThan(1);
});

test("no crash makes an asteroid faster than 195 units per second, whatever way it flies", () => {
  const speeds = [0, 1].map((row) => {
    const world = createWorld(1);
    const rock = spawnAsteroid(world, AsteroidSize.SMALL, 1030, 1000 + row * 20)!;
    world.asteroids.columns.vx[rock] = 6;
    const ship = unshielded(world, 4, 1000);
    world.ships.columns.vx[ship] = 16;
    simulate(world, []);
    return Math.round(speedOf(world.asteroids.columns, rock) * TICK_RATE);
  });

  expect(speeds).toEqual([195, 195]);
});

function shipBeforeAsteroid(speed: number, size: AsteroidSize = AsteroidSize.LARGE) {
  const world = createWorld(1);
  const rock = spawnAsteroid(world, size, 1120, 1000)!;
  const hull = size === AsteroidSize.LARGE ? 64 : 18;
  const ship = unshielded(world, 4, 1120 - hull - 14 - 1);
  world.ships.columns.vx[ship] = speed;
  return { world, ship, rock };
}

function unshielded(world: ArenaWorld, owner: number, x: number): number {
  const slot = spawnShip(world, owner, x, 1000, 0)!;
  world.shipTimers.shieldTicks[slot] = 0;
  return slot;
}

function run(world: ArenaWorld, ticks: number): void {
  for (let tick = 0; tick < ticks; tick++) {
    simulate(world, []);
    for (const table of tablesOf(world)) table.snap();
  }
}
