import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import { AsteroidSize } from "../schema/generated/arena.ts";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { spawnAsteroid } from "./asteroids.ts";
import { AIM_STEPS, IDLE_INPUT } from "./movement.ts";
import { stepOwn } from "./own-step.ts";
import { simulate } from "./simulation.ts";
import { CELLS_ACROSS, CELLS_PER_BLOCK, cellIndex, STONE } from "./terrain.ts";
import { SHOT_COOLDOWN_TICKS } from "./tuning.ts";
import { createWorld, spawnShip, tablesOf } from "./world.ts";
import type { ArenaWorld } from "./world.ts";

const OWN = 4;
const SIDE = 400;
const FROM = 1_800;

/** A yard of rock walls, 400 units a side, with asteroids and a pillar in it. */
function yard(seed: number): ArenaWorld {
  const rng = new Rng(seed);
  const world = createWorld(seed);
  const { cells, rockCounts } = world.terrain;
  for (let cellY = 0; cellY < CELLS_ACROSS; cellY++) {
    for (let cellX = 0; cellX < CELLS_ACROSS; cellX++) {
      const [x, y] = [4 * cellX - FROM, 4 * cellY - FROM];
      const isYard = x >= 0 && y >= 0 && x < SIDE && y < SIDE;
      const isPillar = Math.abs(x - 100) < 20 && Math.abs(y - 100) < 20;
      const isWall = !isYard && x >= -200 && y >= -200 && x < SIDE + 200 && y < SIDE + 200;
      if (!isPillar && !isWall) continue;
      cells[cellIndex(cellX, cellY)] = STONE;
      rockCounts[Math.floor(cellIndex(cellX, cellY) / CELLS_PER_BLOCK)]! += 1;
    }
  }
  for (let i = 0; i < 6; i++) {
    const rock = spawnAsteroid(world, AsteroidSize.MEDIUM, FROM + rng.between(150, 360), FROM + rng.between(150, 360))!;
    world.asteroids.columns.vx[rock] = rng.between(-3, 3);
  }
  return world;
}

function randomInput(rng: Rng): ArenaInput {
  return {
    thrust: rng.below(4) > 0,
    reverse: rng.below(8) === 0,
    fire: rng.below(3) === 0,
    beam: rng.below(5) === 0,
    aims: rng.below(2) === 0,
    turn: rng.below(3) - 1,
    aim: rng.below(AIM_STEPS),
  };
}

const FIELDS = ["x", "y", "vx", "vy", "heading", "thrusting", "gunCooldown", "beamCooldown"] as const;

function shipOf({ ships }: ArenaWorld, slot: number): Record<string, number> {
  return Object.fromEntries(FIELDS.map((field) => [field, ships.columns[field][slot]!]));
}

/** The mirror gets what a snapshot says and what was dug. */
function tell(world: ArenaWorld, mirror: ArenaWorld): void {
  const tables = tablesOf(world);
  tablesOf(mirror).forEach((table, kind) => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-explicit-any -- tables of one kind
    table.copyFrom(tables[kind] as any);
  });
  for (const crater of world.outcomes.craters) mirror.terrain.dig(crater);
}

test.each([1, 2, 3])(
  "seed %i: a client moves its own ship as the room does, tick by tick and to the bit, for 600 ticks",
  (seed) => {
    const world = yard(seed);
    const mirror = yard(seed);
    const own = spawnShip(world, OWN, FROM + 60, FROM + 300, 0)!;
    spawnShip(world, 9, FROM + 300, FROM + 60, 0);
    for (const table of tablesOf(world)) table.snap();
    const rng = new Rng(100 + seed);
    const speeds: number[] = [];
    let fired = 0;

    for (let tick = 1; tick <= 600; tick++) {
      tell(world, mirror);
      const input = randomInput(rng);
      // Nothing ends it.
      world.shipTimers.shieldTicks[own] = 3;
      simulate(world, [{ playerId: OWN, input, sawTick: world.tick + 1 }]);
      stepOwn(mirror, OWN, input, tick);
      for (const table of [...tablesOf(world), ...tablesOf(mirror)]) table.snap();

      expect({ tick, ...shipOf(mirror, own) }).toEqual({ tick, ...shipOf(world, own) });
      if (world.ships.columns.gunCooldown[own] === SHOT_COOLDOWN_TICKS) fired += 1;
      speeds.push(Math.abs(world.ships.columns.vx[own]!));
    }
    expect(Math.max(...speeds)).toBeGreaterThan(5);
    expect(fired).toBeGreaterThan(50);
  },
);

test("without news for 60 ticks it goes on equal, off walls and asteroids that rest, and fires as many shots", () => {
  const world = createWorld(1);
  const mirror = createWorld(1);
  const own = spawnShip(world, OWN, 60, 300, 512)!;
  spawnAsteroid(world, AsteroidSize.LARGE, 300, 300);
  for (const table of tablesOf(world)) table.snap();
  tell(world, mirror);
  const rng = new Rng(2);
  let fired = [0, 0];

  for (let tick = 1; tick <= 60; tick++) {
    const input = { ...randomInput(rng), beam: false, aims: true, aim: tick < 30 ? 32_768 : 16_384 };
    world.shipTimers.shieldTicks[own] = 3;
    simulate(world, [{ playerId: OWN, input, sawTick: world.tick + 1 }]);
    stepOwn(mirror, OWN, input, tick);
    for (const table of [...tablesOf(world), ...tablesOf(mirror)]) table.snap();
    expect({ tick, ...shipOf(mirror, own) }).toEqual({ tick, ...shipOf(world, own) });
    fired = [world, mirror].map(({ shots }) => Math.max(...Array.from(shots.slots(), (slot) => slot), 0));
  }

  expect(fired[0]).toBe(fired[1]);
});

test("in the mirror nobody is hurt, and nothing is dug or broken, by a crash, a shot or a beam", () => {
  const mirror = yard(1);
  const own = spawnShip(mirror, OWN, FROM + 40, FROM + 40, 0)!;
  const foe = spawnShip(mirror, 9, FROM + 40, FROM + 120, 0)!;
  mirror.ships.columns.vx[own] = -12;
  mirror.shipTimers.shieldTicks.fill(0);
  const rock = mirror.terrain.rockCounts.reduce((sum, count) => sum + count, 0);
  const health = Array.from(mirror.asteroids.slots(), (slot) => mirror.asteroids.columns.health[slot]);

  for (let tick = 1; tick <= 90; tick++) {
    stepOwn(mirror, OWN, { ...IDLE_INPUT, fire: true, beam: true, thrust: true, turn: tick % 2 }, tick);
  }

  expect([own, foe].map((slot) => mirror.ships.columns.health[slot])).toEqual([100, 100]);
  expect(mirror.terrain.rockCounts.reduce((sum, count) => sum + count, 0)).toBe(rock);
  expect(Array.from(mirror.asteroids.slots(), (slot) => mirror.asteroids.columns.health[slot])).toEqual(health);
  expect(mirror.outcomes.kills).toEqual([]);
});

test("a shot in the mirror stands still no tick, also in one that has only been told of it", () => {
  const mirror = createWorld(1);
  spawnShip(mirror, OWN, 1_000, 1_000, 0);
  stepOwn(mirror, OWN, { ...IDLE_INPUT, fire: true }, 1);
  const told = createWorld(1);
  tell(mirror, told);

  stepOwn(told, OWN, IDLE_INPUT, 2);

  expect(told.shots.columns.x[0]! - mirror.shots.columns.x[0]!).toBe(24);
});
