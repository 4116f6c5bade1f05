import { expect, test } from "vitest";
import { parseOptions } from "../options.ts";
import { calibrationOf, DOCUMENTED } from "./calibration.ts";
import type { Finding, SceneName } from "./job.ts";
import { casesOf, planOf } from "./plan.ts";
import { jsonOf, rowsOf, tablesFiguresOf, throttledFiguresOf, type Found, type Results } from "./results.ts";
import { CODECS, WORLDS } from "./subjects.ts";
import { calibrationTable, tableOf } from "./table.ts";

const SCENE: SceneName = { motion: "smooth", view: "all", lag: "1" };

/** 10 snapshots of 500 entities, of so many bytes each. */
function findingOf(scene: SceneName, bytes: number, more: Partial<Finding> = {}): Finding {
  const spread = { mean: bytes, p50: bytes, p99: bytes, max: bytes };
  const figures = { snapshots: 10, entityTicks: 5000, bytes: 10 * bytes, framedBytes: 10 * bytes + 50 };
  return {
    scene,
    bytes: {
      ...figures,
      bytesPerEntity: bytes / 500,
      framedBytesPerEntity: bytes / 500 + 0.01,
      bytesPerSnapshot: spread,
    },
    times: undefined,
    copyNsPerEntity: undefined,
    heap: undefined,
    boundBytesPerEntity: undefined,
    throttle: undefined,
    ...more,
  };
}

function timesOf(encodeNs: number, decodeNs: number): Finding["times"] {
  const all = (ns: number) => ({ mean: ns, p50: ns, p99: ns, max: ns });
  return { encodeNsPerEntity: all(encodeNs), decodeNsPerEntity: all(decodeNs) };
}

const FOUND: readonly Found[] = [
  {
    subject: "tickwire with tables of smooth",
    findings: [findingOf(SCENE, 400, { times: timesOf(40, 70), copyNsPerEntity: 12 })],
  },
  { subject: "tickwire with tables of smooth", findings: [findingOf(SCENE, 400, { times: timesOf(44, 60) })] },
  {
    subject: "tickwire with tables of smooth",
    findings: [findingOf(SCENE, 400, { times: timesOf(42, 80), boundBytesPerEntity: 0.7 })],
  },
  {
    subject: "tickwire with tables of smooth",
    findings: [
      findingOf(SCENE, 400, {
        heap: { encodeBytesPerTick: 800, decodeBytesPerTick: 0 },
        throttle: { bytesPerSecond: 8000, skippingBytesPerSecond: 8200 },
      }),
    ],
  },
  { subject: "tickwire-untrained", findings: [findingOf(SCENE, 500)] },
  { subject: "json-delta-deflate", findings: [findingOf(SCENE, 5000)] },
];
const CASES = casesOf({ worlds: ["smooth"], codecs: ["tickwire", "json-delta-deflate"] }).filter(
  ({ view, scene }) => view === "all" && scene.lag === "1",
);

function resultsOf(): Results {
  return {
    calibration: [],
    rows: rowsOf(CASES, FOUND),
    tables: tablesFiguresOf(FOUND),
    throttled: throttledFiguresOf(["smooth"], FOUND),
    machine: "a machine",
    isQuick: true,
  };
}

test("104 rows: 4 worlds, 2 views, 6 codecs with both lags and one with one", () => {
  const cases = casesOf({ worlds: WORLDS, codecs: CODECS });

  expect(cases).toHaveLength(4 * 2 * 13);
  expect(cases.filter(({ codec }) => codec === "colyseus").map(({ scene }) => scene.lag)).not.toContain("2-3");
  expect(cases[0]).toEqual({
    world: "smooth",
    view: "all",
    codec: "tickwire",
    subject: "tickwire with tables of smooth",
    scene: SCENE,
  });
});

test("mismatched is the jittery world with tables of the smooth one", () => {
  const [first] = casesOf({ worlds: ["mismatched"], codecs: ["tickwire"] });

  expect(first).toMatchObject({ subject: "tickwire with tables of smooth", scene: { motion: "jittery" } });
});

test("a full run times every scene three times, alone; a codec without tables once for jittery and mismatched", () => {
  const plan = planOf({ worlds: WORLDS, codecs: CODECS, isQuick: false });
  const timing = plan.filter(({ job }) => job.tasks.includes("time"));

  expect(timing).toHaveLength(3 * (3 * 26 + 4));
  expect(timing.every(({ isAlone, job }) => isAlone && job.scenes.length === 1 && job.ticks === 400)).toBe(true);
});

test("a quick run has one program for each codec, and counts what our own leaves to the collector", () => {
  const plan = planOf({ worlds: WORLDS, codecs: CODECS, isQuick: true });
  const subjects = (task: "time" | "heap") =>
    plan.filter(({ job }) => job.tasks.includes(task)).map((each) => each.subject);

  expect(subjects("time")).toHaveLength(9);
  expect(subjects("heap")).toHaveLength(4);
});

test("a row has the median of three rounds, and null for what nobody measured", () => {
  const [tickwire, yardstick] = rowsOf(CASES, FOUND);

  expect(tickwire).toMatchObject({ bytesPerEntity: 0.8, bytesPerSnapshot: 400, framedBytesPerSnapshot: 405 });
  expect(tickwire).toMatchObject({ encodeNsPerEntity: 42, decodeNsPerEntity: 70, sharedCopyNsPerEntity: 12 });
  expect(tickwire).toMatchObject({
    entropyBytesPerEntity: 0.7,
    encodeHeapBytesPerTick: 800,
    decodeHeapBytesPerTick: 0,
  });
  expect(yardstick).toMatchObject({ bytesPerEntity: 10, encodeNsPerEntity: null, entropyBytesPerEntity: null });
});

test("JSON has the rows by their names", () => {
  const { rows } = JSON.parse(jsonOf(resultsOf())) as { rows: object[] };

  expect(Object.keys(rows[0]!).slice(0, 9)).toEqual([
    "world",
    "view",
    "codec",
    "lag",
    "bytesPerEntity",
    "bytesPerSnapshot",
    "framedBytesPerSnapshot",
    "encodeNsPerEntity",
    "decodeNsPerEntity",
  ]);
});

test("the table says 12.5 times fewer bytes, 25 % more without training, and 2.5 % more for a client that skips", () => {
  const lines = tableOf(resultsOf()).split("\n");

  expect(lines.find((line) => /^ {2}tickwire +1/.test(line))).toMatch(
    /0\.800 +0\.810 +0\.700 .* 12\.50 +42 +70 +12 +800 +0$/,
  );
  expect(lines.find((line) => /^ {2}smooth +0/.test(line))).toMatch(/0\.800 +1\.000 \+25\.0 %$/);
  expect(lines.find((line) => /^ {2}smooth +all/.test(line))).toMatch(/8000 +8200 +\+2\.5 %$/);
});

test("a calibration that is off by 4 % says so; one that is off by 2 % does not", () => {
  const off = calibrationTable(calibrationOf({ ...DOCUMENTED, visible: 51.9 * 1.04 }));
  const near = calibrationTable(calibrationOf({ ...DOCUMENTED, visible: 51.9 * 1.02 }));

  expect(off).toContain("+4.0 %  off by more than 3 %");
  expect(off).toContain("1 of 7 figures are off by more than 3 %");
  expect(near).toContain("every figure is within 3 %");
});

test("snapshot alone measures all worlds and codecs; names keep their order", () => {
  expect(parseOptions(["snapshot"])).toEqual({
    kind: "snapshot",
    options: { isQuick: false, worlds: WORLDS, codecs: CODECS, json: undefined, own: undefined },
  });
  const names = ["--world", "jittery", "--world", "smooth", "--codec", "colyseus", "--codec", "tickwire"];
  expect(parseOptions(["snapshot", "--quick", ...names, "--json", "rows.json"])).toMatchObject({
    options: { isQuick: true, worlds: ["smooth", "jittery"], codecs: ["tickwire", "colyseus"], json: "rows.json" },
  });
});

test.each([
  ["an unknown world", ["snapshot", "--world", "rough"]],
  ["an unknown codec", ["snapshot", "--codec", "xml"]],
  ["a trace without a schema", ["snapshot", "--trace", "t.jsonl", "--entity", "Boat"]],
  ["a trace with a world", ["snapshot", "--trace", "t", "--schema", "s", "--entity", "E", "--world", "smooth"]],
  ["a fixture of the other command", ["snapshot", "--fixture", "F1"]],
  ["a world of the other command", ["codec", "--world", "smooth"]],
])("%s is a mistake; a trace with schema and entity is none", (_, args) => {
  expect(parseOptions(args).kind).toBe("mistake");
  expect(parseOptions(["snapshot", "--trace", "t", "--schema", "s", "--entity", "E"])).toMatchObject({
    options: { own: { trace: "t", schema: "s", entity: "E" } },
  });
});
