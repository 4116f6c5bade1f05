import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { WORLD_SIZE } from "../../shared/schema/generated/arena.ts";
import { fieldWeight } from "./asteroid-field.ts";
import { ScriptedMatch } from "./scripted-match.ts";

/** A loaded machine may be ten times slower than an idle one, at which both soaks take a second or two. */
const SOAK_TIMEOUT_MS = 30_000;

test("the same seed and script give the same 2,000 ticks with 20 players", { timeout: SOAK_TIMEOUT_MS }, () => {
  expect(hashesOf(1, 1, 20)).toEqual(hashesOf(1, 1, 20));
});

test("another seed, or another script, gives another 100 ticks", () => {
  const [hash] = hashesOf(1, 1, 1);

  expect(hashesOf(2, 1, 1)).not.toContain(hash);
  expect(hashesOf(1, 2, 1)).not.toContain(hash);
});

test(
  "after 5,000 ticks of random inputs, joins and leaves all is finite, inside the world, and the field not empty",
  { timeout: SOAK_TIMEOUT_MS },
  () => {
    const script = new ScriptedMatch(11);
    const rng = new Rng(12);
    const faults = new Set<string>();

    for (let tick = 0; tick < 5000; tick++) {
      const playerId = rng.below(24);
      if (tick % 50 === 0 && script.match.pilots.get(playerId)) script.leave(playerId);
      else if (!script.match.pilots.get(playerId)) script.join(playerId);
      steerAtRandom(script, rng);
      script.advance();
      for (const fault of faultsOf(script)) faults.add(fault);
    }

    expect([...faults]).toEqual([]);
    expect(fieldWeight(script.match)).toBeGreaterThan(290);
  },
);

/** The hash after each hundred ticks of 20 players who act at random. */
function hashesOf(worldSeed: number, scriptSeed: number, hundreds: number): number[] {
  const script = new ScriptedMatch(worldSeed);
  const rng = new Rng(scriptSeed);
  for (let playerId = 0; playerId < 20; playerId++) script.join(playerId);
  return Array.from({ length: hundreds }, () => {
    for (let tick = 0; tick < 100; tick++) {
      steerAtRandom(script, rng);
      script.advance();
    }
    return script.hash();
  });
}

/** Gives about one pilot in ten something else to do. */
function steerAtRandom(script: ScriptedMatch, rng: Rng): void {
  for (const { playerId } of script.match.pilots.all) {
    if (rng.below(10) > 0) continue;
    script.steer(playerId, {
      thrust: rng.below(4) > 0,
      reverse: rng.below(8) === 0,
      fire: rng.below(4) > 0,
      aims: rng.below(2) === 0,
      turn: rng.below(4) - 2,
      aim: rng.below(1024),
    });
  }
}

function faultsOf(script: ScriptedMatch): string[] {
  const { ships, shots, asteroids } = script.match;
  const faults: string[] = [];
  for (const { codec, columns, slots } of [ships, shots, asteroids].map(bodiesOf)) {
    for (const slot of slots) {
      const { x, y, vx, vy } = columns;
      const isInside = Math.min(x[slot]!, y[slot]!) >= 0 && Math.max(x[slot]!, y[slot]!) < WORLD_SIZE;
      if (!isInside) faults.push(`${codec} outside: ${x[slot]}, ${y[slot]}`);
      if (!Number.isFinite(vx[slot]! + vy[slot]!)) faults.push(`${codec} speed: ${vx[slot]}, ${vy[slot]}`);
    }
  }
  return faults;
}

function bodiesOf(
  table: ScriptedMatch["match"]["ships"] | ScriptedMatch["match"]["shots"] | ScriptedMatch["match"]["asteroids"],
) {
  return { codec: table.codec.name, columns: table.columns, slots: [...table.slots()] };
}
