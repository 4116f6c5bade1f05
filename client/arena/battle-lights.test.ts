import { expect, test } from "vitest";
import { createWorld } from "../../shared/arena/world.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { BattleLights } from "./battle-lights.ts";
import { Camera } from "./camera.ts";
import { Sparks, SPARKS_MAX } from "./sparks.ts";

const OWN = 7;
const FOE = 3;
const FRAME = { elapsedMs: 16, hasPaused: false };

test("a ship that ends on the screen lights up, one that leaves the view far beyond it does not", () => {
  const { world, lights, sparks, camera } = scene();
  const near = shipAt(world, 1, 2100, 2000);
  const far = shipAt(world, 2, 2950, 2000);
  lights.observe(world, camera, OWN, FRAME);

  world.ships.destroy(far);
  lights.observe(world, camera, OWN, FRAME);
  expect(sparks.count).toBe(0);

  world.ships.destroy(near);
  lights.observe(world, camera, OWN, FRAME);
  expect(sparks.count).toBeGreaterThan(20);
});

test("when the own ship appears elsewhere, all that goes with the old view stays dark", () => {
  const { world, lights, sparks, camera } = scene();
  const near = shipAt(world, 1, 2100, 2000);
  lights.observe(world, camera, OWN, FRAME);

  world.ships.destroy(near);
  shipAt(world, OWN, 500, 500);
  lights.observe(world, camera, OWN, FRAME);

  expect(sparks.count).toBe(0);
});

test("what ended while nothing was drawn stays dark, what ends after that lights up", () => {
  const { world, lights, sparks, camera } = scene();
  const before = shipAt(world, 1, 2100, 2000);
  const after = shipAt(world, 2, 2000, 2100);
  lights.observe(world, camera, OWN, FRAME);

  world.ships.destroy(before);
  lights.observe(world, camera, OWN, { ...FRAME, hasPaused: true });
  expect(sparks.count).toBe(0);

  world.ships.destroy(after);
  lights.observe(world, camera, OWN, FRAME);
  expect(sparks.count).toBeGreaterThan(20);
});

test("a shot that ends beside a ship has struck it, one that ends in empty space has only expired", () => {
  const { world, lights, sparks, camera } = scene();
  shipAt(world, 1, 2100, 2000);
  const expiring = shotAt(world, FOE, 1800, 1900);
  const striking = shotAt(world, FOE, 2070, 2000);
  lights.observe(world, camera, OWN, FRAME);

  world.shots.destroy(expiring);
  lights.observe(world, camera, OWN, FRAME);
  expect(sparks.count).toBe(0);

  world.shots.destroy(striking);
  lights.observe(world, camera, OWN, FRAME);
  expect(sparks.count).toBe(5);
});

test("an own shot that ends beside a ship strikes once that is hurt, within 600 ms", () => {
  const { world, lights, sparks, camera } = scene();
  const foe = shipAt(world, FOE, 2100, 2000);
  world.ships.columns.health[foe] = 100;
  const shot = shotAt(world, OWN, 2070, 2000);
  lights.observe(world, camera, OWN, FRAME);
  world.shots.destroy(shot);
  lights.observe(world, camera, OWN, FRAME);
  expect(sparks.count).toBe(0);

  world.ships.columns.health[foe] = 88;
  lights.observe(world, camera, OWN, { ...FRAME, elapsedMs: 580 });
  expect(sparks.count).toBe(5);

  lights.observe(world, camera, OWN, FRAME);
  expect(sparks.count).toBe(5);
});

test("a ship that is hurt later than 600 ms after an own shot ended beside it was struck by something else", () => {
  const { world, lights, sparks, camera } = scene();
  const foe = shipAt(world, FOE, 2100, 2000);
  world.ships.columns.health[foe] = 100;
  const shot = shotAt(world, OWN, 2070, 2000);
  lights.observe(world, camera, OWN, FRAME);
  world.shots.destroy(shot);
  lights.observe(world, camera, OWN, FRAME);

  world.ships.columns.health[foe] = 88;
  lights.observe(world, camera, OWN, { ...FRAME, elapsedMs: 601 });

  expect(sparks.count).toBe(0);
});

test.each([
  { what: "at its ship's muzzle there is a flash", x: 2118, lit: 1 },
  { what: "200 units ahead of it a flash and a streak from there", x: 2318, lit: 2 },
  { what: "400 units ahead, farther than the room lets it fly unseen, nothing", x: 2518, lit: 0 },
])("a foe's shot is seen first: $what", ({ x, lit }) => {
  const { world, lights, sparks, camera } = scene();
  shipAt(world, FOE, 2100, 2000);
  lights.observe(world, camera, OWN, FRAME);

  const shot = shotAt(world, FOE, x, 2000);
  world.shots.columns.vx[shot] = 24;
  lights.observe(world, camera, OWN, FRAME);

  expect(sparks.count).toBe(lit);
});

test("100 ships that end at once leave no more sparks than there is room for, and after 2 s none", () => {
  const sparks = new Sparks(1);

  for (let count = 0; count < 100; count++) sparks.shipEnds(count, 0, 0xffffff);
  expect(sparks.count).toBe(SPARKS_MAX);

  sparks.advance(2000);
  expect(sparks.count).toBe(0);
});

function scene(): { world: ArenaWorld; lights: BattleLights; sparks: Sparks; camera: Camera } {
  const world = createWorld(1);
  const sparks = new Sparks(1);
  return { world, lights: new BattleLights(world, sparks), sparks, camera: new Camera(2000, 2000) };
}

function shipAt(world: ArenaWorld, owner: number, x: number, y: number): number {
  return entityAt(world.ships, owner, x, y);
}

function shotAt(world: ArenaWorld, owner: number, x: number, y: number): number {
  return entityAt(world.shots, owner, x, y);
}

function entityAt(table: ArenaWorld["ships"] | ArenaWorld["shots"], owner: number, x: number, y: number): number {
  const slot = table.spawn()!;
  table.columns.owner[slot] = owner;
  table.columns.x[slot] = x;
  table.columns.y[slot] = y;
  return slot;
}
