import { median } from "../statistics.ts";
import type { Calibrated } from "./calibration.ts";
import type { Finding, SceneName } from "./job.ts";
import type { Lag } from "./lag.ts";
import { isSameScene, type Case } from "./plan.ts";
import { MOTIONS, motionOf, subjectOf, trainedOn, type SubjectName, type World } from "./subjects.ts";
import type { ViewName } from "./views.ts";
import type { Motion } from "./world.ts";

/** One codec in one world and view. Times are medians of ticks; null is what was not measured or does not apply. */
export interface Row {
  readonly world: string;
  readonly view: ViewName;
  readonly codec: string;
  readonly lag: Lag;
  /** Of visible entities, changed or not. */
  readonly bytesPerEntity: number;
  /** The mean; of the message alone. */
  readonly bytesPerSnapshot: number;
  /** With lane header and WebSocket frame. */
  readonly framedBytesPerSnapshot: number;
  readonly encodeNsPerEntity: number | null;
  readonly decodeNsPerEntity: number | null;
  readonly framedBytesPerEntity: number;
  readonly bytesPerSnapshotP50: number;
  readonly bytesPerSnapshotP99: number;
  readonly bytesPerSnapshotMax: number;
  readonly encodeNsPerEntityP99: number | null;
  readonly decodeNsPerEntityP99: number | null;
  readonly sharedCopyNsPerEntity: number | null;
  /** Of all clients together. */
  readonly encodeHeapBytesPerTick: number | null;
  readonly decodeHeapBytesPerTick: number | null;
  /** What no tables could beat with the same predictions and contexts. */
  readonly entropyBytesPerEntity: number | null;
}

/** A world written with the tables of another: view all, lag 1. */
export interface TablesFigure {
  readonly world: Motion;
  /** The world that the tables were trained on. */
  readonly tables: Motion | "untrained";
  readonly bytesPerEntity: number;
}

export interface ThrottledFigure {
  readonly world: World;
  readonly view: ViewName;
  readonly bytesPerSecond: number;
  readonly skippingBytesPerSecond: number;
}

/** Everything that a run found out. */
export interface Results {
  readonly calibration: readonly Calibrated[];
  readonly rows: readonly Row[];
  readonly tables: readonly TablesFigure[];
  readonly throttled: readonly ThrottledFigure[];
  readonly machine: string;
  readonly isQuick: boolean;
}

/** What one step of the plan brought. */
export interface Found {
  readonly subject: SubjectName;
  readonly findings: readonly Finding[];
}

export function rowsOf(cases: readonly Case[], found: readonly Found[]): Row[] {
  return cases.map(({ world, view, codec, subject, scene }) => {
    const about = { world, view, codec, lag: scene.lag };
    return { ...about, ...figuresOf(findingsOf(subject, scene, found)) };
  });
}

/** The figures of a row, from whatever programs found out about it. */
export function figuresOf(findings: readonly Omit<Finding, "scene">[]): Omit<Row, "world" | "view" | "codec" | "lag"> {
  // Bytes are the same in every round; programs that only count what they allocate have fewer ticks.
  const { bytes } = findings.reduce((most, each) => (each.bytes.snapshots > most.bytes.snapshots ? each : most));
  const { mean, p50, p99, max } = bytes.bytesPerSnapshot;
  const medianOf = (figure: (finding: Omit<Finding, "scene">) => number | undefined): number | null => {
    const figures = findings.flatMap((finding) => figure(finding) ?? []);
    return figures.length === 0 ? null : median(figures);
  };
  return {
    bytesPerEntity: bytes.bytesPerEntity,
    bytesPerSnapshot: mean,
    framedBytesPerSnapshot: bytes.framedBytes / bytes.snapshots,
    encodeNsPerEntity: medianOf(({ times }) => times?.encodeNsPerEntity.p50),
    decodeNsPerEntity: medianOf(({ times }) => times?.decodeNsPerEntity.p50),
    framedBytesPerEntity: bytes.framedBytesPerEntity,
    bytesPerSnapshotP50: p50,
    bytesPerSnapshotP99: p99,
    bytesPerSnapshotMax: max,
    encodeNsPerEntityP99: medianOf(({ times }) => times?.encodeNsPerEntity.p99),
    decodeNsPerEntityP99: medianOf(({ times }) => times?.decodeNsPerEntity.p99),
    sharedCopyNsPerEntity: medianOf(({ copyNsPerEntity }) => copyNsPerEntity),
    encodeHeapBytesPerTick: medianOf(({ heap }) => heap?.encodeBytesPerTick),
    decodeHeapBytesPerTick: medianOf(({ heap }) => heap?.decodeBytesPerTick),
    entropyBytesPerEntity: medianOf(({ boundBytesPerEntity }) => boundBytesPerEntity),
  };
}

/** Every world that was measured, with the tables of every other and with none. */
export function tablesFiguresOf(found: readonly Found[]): TablesFigure[] {
  const scenes = found.flatMap(({ findings }) => findings.map(({ scene }) => scene));
  const motions = MOTIONS.filter((each) => scenes.some(({ motion }) => motion === each));
  return motions.flatMap((world) =>
    [...motions, "untrained" as const].flatMap((tables) => {
      const subject = tables === "untrained" ? "tickwire-untrained" : trainedOn(tables);
      const findings = findingsOf(subject, { motion: world, view: "all", lag: "1" }, found);
      return findings.length === 0 ? [] : [{ world, tables, bytesPerEntity: figuresOf(findings).bytesPerEntity }];
    }),
  );
}

export function throttledFiguresOf(worlds: readonly World[], found: readonly Found[]): ThrottledFigure[] {
  return worlds.flatMap((world) =>
    (["all", "near"] as const).flatMap((view) => {
      const scene = { motion: motionOf(world), view, lag: "1" } as const;
      const figures = findingsOf(subjectOf("tickwire", world), scene, found);
      return figures.flatMap(({ throttle }) => (throttle === undefined ? [] : [{ world, view, ...throttle }]));
    }),
  );
}

/** The JSON of a file. */
export function jsonOf(results: Results | Pick<Results, "rows">): string {
  return `${JSON.stringify(results, undefined, 2)}\n`;
}

function findingsOf(subject: SubjectName, scene: SceneName, found: readonly Found[]): Finding[] {
  return found
    .filter((each) => each.subject === subject)
    .flatMap(({ findings }) => findings.filter((finding) => isSameScene(finding.scene, scene)));
}
