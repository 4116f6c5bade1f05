import { expect, test } from "vitest";
import { type ArenaWorld, createWorld } from "../../shared/arena/world.ts";
import { BEAM_LIGHT_MS, BEAM_LIGHTS_MAX, BeamLights } from "./beam-lights.ts";
import { Sparks } from "./sparks.ts";

const OWN = 7;
const FRAME_MS = 16;

test("a trace is seen when it comes, and its light lasts 160 ms whatever becomes of it", () => {
  const { world, lights } = scene();
  traceAt(world, 0, 1);
  lights.observe(world, OWN, FRAME_MS);
  expect(lights.count).toBe(1);

  world.beams.clear();
  lights.observe(world, OWN, BEAM_LIGHT_MS - 1);
  expect(lights.count).toBe(1);

  lights.observe(world, OWN, 1);
  expect(lights.count).toBe(0);
});

test("a trace that stays longer than its light is not seen again", () => {
  const { world, lights } = scene();
  traceAt(world, 0, 1);

  lights.observe(world, OWN, FRAME_MS);
  lights.observe(world, OWN, 200);

  expect(lights.count).toBe(0);
});

test("the own trace, predicted without a hit, strikes when the room's comes in its place 300 ms later: no second ray, one hit", () => {
  const { world, lights, sparks } = scene();
  traceAt(world, 511, 40);
  lights.observe(world, OWN, FRAME_MS);
  world.beams.clear();
  lights.observe(world, OWN, 284);
  expect(sparks.count).toBe(0);

  traceAt(world, 511, 40, { hit: 1 });
  lights.observe(world, OWN, FRAME_MS);
  const struck = sparks.count;
  lights.observe(world, OWN, FRAME_MS);

  expect(lights.count).toBe(0);
  expect(struck).toBeGreaterThan(5);
  expect(sparks.count).toBe(struck);
});

test("another beam in the same place is seen anew", () => {
  const { world, lights } = scene();
  traceAt(world, 511, 40);
  lights.observe(world, OWN, FRAME_MS);
  world.beams.clear();
  lights.observe(world, OWN, 1500);

  traceAt(world, 511, 41);
  lights.observe(world, OWN, FRAME_MS);

  expect(lights.count).toBe(1);
});

test("of 300 beams at once the newest 256 are remembered", () => {
  const { world, lights } = scene();
  for (let slot = 0; slot < 300; slot++) traceAt(world, slot, 0);
  lights.observe(world, OWN, FRAME_MS);
  world.beams.clear();

  lights.observe(world, OWN, FRAME_MS);

  expect(lights.count).toBe(BEAM_LIGHTS_MAX);
});

function scene(): { world: ArenaWorld; lights: BeamLights; sparks: Sparks } {
  const sparks = new Sparks(1);
  return { world: createWorld(1), lights: new BeamLights(sparks), sparks };
}

function traceAt({ beams }: ArenaWorld, slot: number, generation: number, { hit = 0 } = {}): void {
  beams.place(slot, generation);
  beams.columns.owner[slot] = OWN;
  beams.columns.x[slot] = 2000;
  beams.columns.y[slot] = 2000;
  beams.columns.length[slot] = 640;
  beams.columns.hit[slot] = hit;
}
