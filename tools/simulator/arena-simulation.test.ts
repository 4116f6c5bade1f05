import { expect, test } from "vitest";
import { ArenaSimulation } from "./arena-simulation.ts";
import { linkNamed } from "./engine/link-conditions.ts";
import type { Section } from "./sections/section.ts";

interface Figures {
  readonly lanes: Readonly<Record<string, { readonly latencyMs: { readonly p50: number; readonly p99: number } }>>;
  readonly bulkMbit: number;
}

function sectionsOf(link: string, seed: number, seconds: number, players: number): Section[] {
  const simulation = new ArenaSimulation({ link: linkNamed(link)!, seed, players, play: "fight", hasBulk: true });
  simulation.advanceTo(1000 * seconds);
  return simulation.sections();
}

function figuresOf(sections: readonly Section[]): Figures {
  return Object.assign({}, ...sections.map(({ json }) => json)) as Figures;
}

test("5 s of two players over 4g are the same figures twice, and others with another seed", () => {
  const sections = sectionsOf("4g", 7, 5, 2);

  expect(sectionsOf("4g", 7, 5, 2)).toEqual(sections);
  expect(sectionsOf("4g", 8, 5, 2)).not.toEqual(sections);
});

test("over 8 Mbit/s and 50 ms every lane has its figures: beside 5 Mbit/s of bulk or more, snapshots take under 35 ms", () => {
  const { lanes, bulkMbit } = figuresOf(sectionsOf("8M/50", 1, 10, 1));

  expect(Object.keys(lanes)).toEqual(["control", "snapshot", "input", "event", "bulk"]);
  for (const { latencyMs } of Object.values(lanes)) expect(latencyMs.p50).toBeGreaterThan(25);
  expect(lanes.snapshot!.latencyMs.p99).toBeLessThan(35);
  expect(lanes.input!.latencyMs.p99).toBeLessThan(35);
  expect(bulkMbit).toBeGreaterThan(5);
  expect(bulkMbit).toBeLessThan(8);
});
