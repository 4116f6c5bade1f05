import { expect, test } from "vitest";
import { planOf, type PlanOptions } from "./plan.ts";

const ALL: PlanOptions = {
  modules: ["tickwire", "hand", "json"],
  pair: ["tickwire", "hand"],
  fixtures: ["F1", "F2"],
  isQuick: false,
  countsAllocation: true,
};

function programsOf(kind: string, options: PlanOptions): string[] {
  return planOf(options)
    .filter(({ job }) => job.kind === kind)
    .map(({ modules, job }) => `${modules.join("+")} ${job.fixtures.join(",")}`);
}

test("a full run times every peer and fixture in three programs of its own, each round from another start", () => {
  const programs = programsOf("time", { ...ALL, modules: ["tickwire", "hand", "json", "pbf"] });

  expect(programs).toHaveLength(3 * 2 * 2);
  expect(programs.slice(0, 2)).toEqual(["json F1", "json F2"]);
  expect(programs.slice(4, 6)).toEqual(["pbf F1", "pbf F2"]);
});

test("a quick run has one program for each contender, and still three for the pair", () => {
  const quick = { ...ALL, isQuick: true };

  expect(programsOf("time", quick)).toEqual(["json F1,F2"]);
  expect(programsOf("pair", quick)).toHaveLength(3);
});

test("the pair changes places from program to program", () => {
  expect(programsOf("pair", { ...ALL, fixtures: ["F1"] })).toEqual([
    "tickwire+hand F1",
    "hand+tickwire F1",
    "tickwire+hand F1",
    "hand+tickwire F1",
    "tickwire+hand F1",
  ]);
});

test("nothing is counted where nothing can count, and no pair is run where one of it is missing", () => {
  expect(programsOf("allocate", ALL)).toHaveLength(3);
  expect(programsOf("allocate", { ...ALL, countsAllocation: false })).toEqual([]);
  expect(programsOf("pair", { ...ALL, pair: ["tickwire"] })).toEqual([]);
  expect(programsOf("time", { ...ALL, pair: ["tickwire"], fixtures: ["F1"] }).slice(0, 3)).toEqual([
    "tickwire F1",
    "hand F1",
    "json F1",
  ]);
});

test("a quick run of 18 contenders and 5 fixtures is planned to take less than a minute", () => {
  const modules = Array.from({ length: 18 }, (_, at) => `contender${at}`);
  const plan = planOf({ ...ALL, modules, fixtures: ["F1", "F2", "F3", "F4", "F4-cold"], isQuick: true });
  const seconds = plan.reduce((sum, step) => sum + (step.job.kind === "allocate" ? step.seconds / 2 : step.seconds), 0);

  expect(seconds).toBeLessThan(60);
});
