import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { headingOfAim, moveShip } from "../../shared/arena/movement.ts";
import { type ArenaWorld, createWorld, spawnShip } from "../../shared/arena/world.ts";
import { type ArenaInput, AsteroidSize } from "../../shared/schema/generated/arena.ts";
import { steer } from "./bot-brain.ts";

const OWN = 3;
const FOE = 8;
const EAST = 0;
const SOUTH = 256;

/** A world with the bot's own ship in its middle, heading east, no longer shielded, and its beam not ready. */
function worldWithOwnShip(): { world: ArenaWorld; own: number } {
  const world = createWorld(1);
  const own = spawnShip(world, OWN, 2_000, 2_000, EAST)!;
  world.ships.columns.shielded[own] = 0;
  world.ships.columns.beamCooldown[own] = 63;
  return { world, own };
}

function addFoe(world: ArenaWorld, dx: number, dy: number): number {
  const foe = spawnShip(world, FOE, 2_000 + dx, 2_000 + dy, EAST)!;
  world.ships.columns.shielded[foe] = 0;
  return foe;
}

function addRock(world: ArenaWorld, dx: number, dy: number): number {
  const rock = world.asteroids.spawn()!;
  world.asteroids.columns.x[rock] = 2_000 + dx;
  world.asteroids.columns.y[rock] = 2_000 + dy;
  world.asteroids.columns.size[rock] = AsteroidSize.LARGE;
  return rock;
}

function steerOnce(world: ArenaWorld, tick = 100): ArenaInput {
  return steer(world, OWN, tick, new Rng(5));
}

/** Flies the own ship for some ticks as its brain wants, and returns every intent. */
function fly(world: ArenaWorld, own: number, ticks: number): ArenaInput[] {
  const rng = new Rng(5);
  return Array.from({ length: ticks }, (_, tick) => {
    const input = steer(world, OWN, tick, rng);
    moveShip(world.ships.columns, own, input);
    return input;
  });
}

test("without a ship, as after its death, a bot wants nothing", () => {
  const world = createWorld(1);
  addFoe(world, 300, 0);

  expect(steerOnce(world)).toEqual({
    thrust: false,
    reverse: false,
    fire: false,
    beam: false,
    aims: false,
    turn: 0,
    aim: 0,
  });
});

test("a foe straight ahead is shot at, and one behind is turned to first", () => {
  const ahead = worldWithOwnShip();
  addFoe(ahead.world, 300, 0);
  const behind = worldWithOwnShip();
  addFoe(behind.world, -300, 0);

  expect(steerOnce(ahead.world)).toMatchObject({ aims: true, fire: true });
  expect(steerOnce(behind.world).fire).toBe(false);
  expect(fly(behind.world, behind.own, 30).at(-1)!.fire).toBe(true);
});

test("the aim leads a foe that crosses: it points to where the shot will meet it", () => {
  const { world } = worldWithOwnShip();
  const foe = addFoe(world, 480, 0);
  world.ships.columns.vy[foe] = 10;

  // A shot takes about 20 ticks; the foe is then 200 units south, which is 22.6 degrees or 64 of 1,024 headings.
  const { aim } = steerOnce(world);

  expect(headingOfAim(aim)).toBeGreaterThan(40);
  expect(headingOfAim(aim)).toBeLessThan(90);
});

test("the nearer of two foes is hunted", () => {
  const { world } = worldWithOwnShip();
  addFoe(world, 0, 200);
  spawnShip(world, 9, 1_500, 2_000, EAST);

  expect(Math.abs(headingOfAim(steerOnce(world).aim) - SOUTH)).toBeLessThan(20);
});

test("a foe far off is chased at full thrust, and one too near is backed away from", () => {
  const far = worldWithOwnShip();
  addFoe(far.world, 700, 0);
  const near = worldWithOwnShip();
  addFoe(near.world, 60, 0);

  expect(steerOnce(far.world)).toMatchObject({ thrust: true, reverse: false });
  expect(steerOnce(near.world)).toMatchObject({ thrust: false, reverse: true });
});

test("a beam that is ready is fired at a foe where it is, up to 640 units away, in about one tick of 60", () => {
  const { world, own } = worldWithOwnShip();
  world.ships.columns.beamCooldown[own] = 0;
  const foe = addFoe(world, 0, 639);
  world.ships.columns.vx[foe] = 10;

  const rng = new Rng(5);
  const fired = (): ArenaInput[] =>
    Array.from({ length: 1_200 }, () => steer(world, OWN, 100, rng)).filter(({ beam }) => beam);

  const aims = fired().map(({ aim }) => headingOfAim(aim));
  expect(aims.length).toBeGreaterThan(8);
  expect(aims.length).toBeLessThan(40);
  for (const aim of aims) expect(Math.abs(aim - SOUTH)).toBeLessThanOrEqual(11);
  world.ships.columns.y[foe]! += 2;
  expect(fired()).toEqual([]);
});

test("a shielded foe is aimed at, and not shot at", () => {
  const { world } = worldWithOwnShip();
  world.ships.columns.shielded[addFoe(world, 300, 0)] = 1;

  expect(steerOnce(world)).toMatchObject({ aims: true, fire: false });
});

test("a rock on the course is passed without touching it, and shot at while it is ahead", () => {
  const { world, own } = worldWithOwnShip();
  const ships = world.ships.columns;
  ships.vx[own] = 9;
  addRock(world, 220, 10);

  const distances: number[] = [];
  const rng = new Rng(5);
  const fires = Array.from({ length: 60 }, (_, tick) => {
    const input = steer(world, OWN, tick, rng);
    moveShip(ships, own, input);
    distances.push(Math.hypot(2_220 - ships.x[own]!, 2_010 - ships.y[own]!));
    return input.fire;
  });

  expect(fires[0]).toBe(true);
  expect(Math.min(...distances)).toBeGreaterThan(64 + 14);
});

test("a rock beside the course changes nothing", () => {
  const { world, own } = worldWithOwnShip();
  world.ships.columns.vx[own] = 9;
  const before = steerOnce(world);
  addRock(world, 200, 300);

  expect(steerOnce(world)).toEqual(before);
});

test("alone, a bot wanders: it covers more than 1,000 units in 20 seconds and keeps off the border", () => {
  const { world, own } = worldWithOwnShip();
  const { x, y } = world.ships.columns;
  let way = 0;
  const rng = new Rng(5);

  for (let tick = 0; tick < 600; tick++) {
    const [fromX, fromY] = [x[own]!, y[own]!];
    moveShip(world.ships.columns, own, steer(world, OWN, tick, rng));
    way += Math.hypot(x[own]! - fromX, y[own]! - fromY);
    expect(Math.min(x[own]!, y[own]!, 4_096 - x[own]!, 4_096 - y[own]!)).toBeGreaterThan(100);
  }

  expect(way).toBeGreaterThan(1_000);
});

test("the same world, tick and seed give the same intent; two bots wander to different places", () => {
  const { world } = worldWithOwnShip();
  const other = createWorld(1);
  spawnShip(other, 4, 2_000, 2_000, EAST);

  expect(steerOnce(world)).toEqual(steerOnce(world));
  expect(steer(other, 4, 100, new Rng(5)).aim).not.toBe(steerOnce(world).aim);
});
