import { expect, test } from "vitest";
import { FIELDS, type Field, type Rows } from "./row.ts";
import { recordTrace } from "./trace.ts";
import { SteeringWorld, type Motion } from "./world.ts";

const MOTIONS = ["smooth", "smooth-snapped", "jittery"] as const satisfies readonly Motion[];
const SEED = 5;
const RANGES: Readonly<Record<Field, readonly [number, number]>> = {
  kind: [0, 7],
  x: [0, 65_535],
  y: [0, 65_535],
  vx: [-512, 511],
  vy: [-512, 511],
  angle: [0, 255],
  hp: [1, 100],
};

/** The part of all entity-ticks of which `is` holds, given the rows of a tick and of the one before. */
function partOf(trace: readonly Rows[], is: (id: number, now: Rows, before: Rows) => boolean): number {
  const parts = trace.slice(1).map((now, at) => now.x.filter((_, id) => is(id, now, trace[at]!)).length / now.x.length);
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

function hasNewVelocity(id: number, now: Rows, before: Rows): boolean {
  return now.vx[id] !== before.vx[id] || now.vy[id] !== before.vy[id];
}

test.each(MOTIONS)("%s: one seed is one world, and another seed another", (motion) => {
  const [world, same, other] = [SEED, SEED, 6].map((seed) => new SteeringWorld(seed, motion));
  for (const each of [world!, same!, other!]) for (let tick = 0; tick < 50; tick++) each.step();

  expect(same!.rows).toEqual(world!.rows);
  expect(other!.rows).not.toEqual(world!.rows);
});

test.each(MOTIONS)("%s: every value of 200 ticks is in its range", (motion) => {
  const trace = recordTrace(SEED, motion, 200);

  for (const field of FIELDS) {
    const [min, max] = RANGES[field];
    const isInRange = trace.every((rows) => rows[field].every((value) => value >= min && value <= max));
    expect(isInRange, field).toBe(true);
  }
});

test.each([
  ["smooth", 0.295, 0.01],
  ["smooth-snapped", 0.295, 0.01],
  ["jittery", 0.99, 0.01],
] as const)("%s: the velocity changes in %d of all entity-ticks", (motion, documented, tolerance) => {
  const part = partOf(recordTrace(SEED, motion), hasNewVelocity);

  expect(Math.abs(part - documented)).toBeLessThan(tolerance);
});

test("snapped, an entity moves by exactly its velocity; smooth, it is off in over a fifth of all entity-ticks", () => {
  const isOff = (id: number, now: Rows, before: Rows): boolean =>
    now.vx[id] !== 0 && now.x[id]! - before.x[id]! !== now.vx[id];

  expect(partOf(recordTrace(SEED, "smooth-snapped"), isOff)).toBe(0);
  expect(partOf(recordTrace(SEED, "smooth"), isOff)).toBeGreaterThan(0.2);
});

test("hp changes in 0.5 % of all entity-ticks, and an entity's kind never", () => {
  const trace = recordTrace(SEED, "smooth");

  expect(partOf(trace, (id, now, before) => now.hp[id] !== before.hp[id])).toBeCloseTo(0.005, 3);
  expect(partOf(trace, (id, now, before) => now.kind[id] !== before.kind[id])).toBe(0);
});

test("nothing turns by more than 11 of 256 in a tick, the short way round", () => {
  const turned = (id: number, now: Rows, before: Rows): boolean => {
    const turn = (now.angle[id]! - before.angle[id]!) & 255;
    return turn > 11 && turn < 256 - 11;
  };

  expect(partOf(recordTrace(SEED, "smooth"), turned)).toBe(0);
});
