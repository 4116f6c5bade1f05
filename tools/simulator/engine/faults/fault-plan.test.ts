import { expect, test } from "vitest";
import { CALM_MS, drawFaultPlan, faultPlanFrom, linkUnder } from "./fault-plan.ts";

const SEEDS = Array.from({ length: 1_000 }, (_, seed) => seed);

test("a seed draws one plan; a thousand draw plans of every kind of fault, which are JSON and end 8 s before the session does", () => {
  const plans = SEEDS.map((seed) => drawFaultPlan(seed, 4, 20));
  const faults = plans.flatMap((plan) => plan.faults);
  const kinds = ["freeze", "hiccup", "hide", "join", "leave", "outage", "reset", "stall"];

  expect(drawFaultPlan(7, 4, 20)).toEqual(plans[7]);
  expect([...new Set(faults.map(({ kind }) => kind))].sort()).toEqual(kinds);
  for (const fault of faults) {
    expect(fault.atMs + ("lastsMs" in fault ? fault.lastsMs : 0)).toBeLessThanOrEqual(20_000 - CALM_MS);
  }
  for (const plan of plans) expect(faultPlanFrom(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
});

test.each([
  { players: 0, seconds: 20, accepted: [1, 20] },
  { players: 65, seconds: 20, accepted: [64, 20] },
  { players: 4, seconds: 8, accepted: [4, 9] },
  { players: 4, seconds: 3_601, accepted: [4, 3_600] },
])("there is no plan for $players players and $seconds s, and there is one for $accepted", (row) => {
  const [players, seconds] = row.accepted as [number, number];

  expect(() => drawFaultPlan(1, row.players, row.seconds)).toThrow(RangeError);
  expect(drawFaultPlan(1, players, seconds).links).toHaveLength(players);
});

test("a player's link has its own outages, stalls and resets besides those that the link always has", () => {
  const plan = {
    seconds: 20,
    links: ["lan", "outage"],
    faults: [
      { kind: "outage", player: 1, atMs: 3_000, lastsMs: 500 },
      { kind: "outage", player: 0, atMs: 4_000, lastsMs: 500 },
      { kind: "stall", player: 1, atMs: 2_000, lastsMs: 100 },
      { kind: "reset", player: 1, atMs: 6_000 },
      { kind: "hiccup", atMs: 1_000, lastsMs: 100 },
    ],
  } as const;

  expect(linkUnder(plan, 1)).toEqual({
    downMbit: 8,
    upMbit: 2,
    rttMs: 50,
    outages: [
      { atMs: 10_000, lastsMs: 2_000 },
      { atMs: 3_000, lastsMs: 500 },
    ],
    stalls: [{ atMs: 2_000, lastsMs: 100 }],
    resets: [6_000],
  });
});

test.each([
  { seconds: 3_600, outages: [{ atMs: 10_000, lastsMs: 2_000 }] },
  { seconds: 20, outages: [{ atMs: 10_000, lastsMs: 2_000 }] },
  { seconds: 19, outages: [{ atMs: 9_000, lastsMs: 2_000 }] },
  { seconds: 10, outages: [{ atMs: 0, lastsMs: 2_000 }] },
  { seconds: 9, outages: [{ atMs: 0, lastsMs: 1_000 }] },
  { seconds: 8, outages: [] },
  { seconds: 1, outages: [] },
])("in $seconds s the link named outage is dark before the last 8: $outages", ({ seconds, outages }) => {
  expect(linkUnder({ seconds, links: ["outage"], faults: [] }, 0).outages).toEqual(outages);
});

const FAULT = { kind: "freeze", player: 1, atMs: 10, lastsMs: 5 };

test.each([
  { field: "seconds", refused: 0, accepted: 1, error: /^seconds is 1 to 3600/ },
  { field: "links", refused: [], accepted: ["3g", "3g"], error: /^links has the name/ },
  { field: "links", refused: ["lan", "5g"], accepted: ["lan", "4g"], error: /^a link is one of lan, .* not "5g"$/ },
  { field: "faults", refused: { 0: FAULT }, accepted: [FAULT], error: /^faults is a list/ },
  { field: "faults", refused: [FAULT, { ...FAULT, player: 2 }], accepted: [FAULT], error: /^fault 1 is / },
  {
    field: "faults",
    refused: [{ ...FAULT, kind: "fire" }],
    accepted: [{ ...FAULT, kind: "hide" }],
    error: /^fault 0 /,
  },
  { field: "faults", refused: [{ ...FAULT, atMs: -1 }], accepted: [{ ...FAULT, atMs: 0 }], error: /^fault 0 / },
  { field: "faults", refused: [{ ...FAULT, atMs: 0.5 }], accepted: [{ ...FAULT, atMs: 20_000 }], error: /^fault 0 / },
  {
    field: "faults",
    refused: [{ kind: "outage", player: 0, atMs: 1 }],
    accepted: [{ kind: "reset", player: 0, atMs: 1 }],
    error: /^fault 0 /,
  },
  {
    field: "faults",
    refused: [{ kind: "hiccup", atMs: 1 }],
    accepted: [{ kind: "hiccup", atMs: 1, lastsMs: 1 }],
    error: /^fault 0 /,
  },
])("a plan whose $field is $refused is refused, and with $accepted it is not", (row) => {
  const plan = { seconds: 20, links: ["lan", "lan"], faults: [] };

  expect(faultPlanFrom({ ...plan, [row.field]: row.refused })).toEqual({
    error: expect.stringMatching(row.error) as string,
  });
  expect(faultPlanFrom({ ...plan, [row.field]: row.accepted })).not.toHaveProperty("error");
});

test("what is no object is no plan", () => {
  for (const json of [null, 3, "plan", []]) expect(faultPlanFrom(json)).toHaveProperty("error");
});
