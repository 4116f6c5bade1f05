import type { Job, SceneName, Task } from "./job.ts";
import {
  CODECS,
  lagsOf,
  MOTIONS,
  motionOf,
  subjectOf,
  tablesOf,
  trainedOn,
  WORLDS,
  type CodecName,
  type SubjectName,
  type World,
} from "./subjects.ts";
import type { ViewName } from "./views.ts";
import { TRACE_TICKS } from "./trace.ts";

/** One program to start, and what it is to do. */
export interface Step {
  readonly subject: SubjectName;
  readonly job: Job;
  /** About how long it will take, in seconds. */
  readonly seconds: number;
  /** Whether nothing else may run meanwhile. */
  readonly isAlone: boolean;
}

export interface PlanOptions {
  readonly worlds: readonly World[];
  readonly codecs: readonly CodecName[];
  readonly isQuick: boolean;
}

/** A row of the results, before anything is known of it. */
export interface Case {
  readonly world: World;
  readonly view: ViewName;
  readonly codec: CodecName;
  readonly subject: SubjectName;
  readonly scene: SceneName;
}

const VIEWS: readonly ViewName[] = ["all", "near"];
const ROUNDS = 3;
const QUICK_TICKS = 60;
const HEAP_TICKS = 60;
const QUICK_HEAP_TICKS = 20;
const START_SECONDS = 0.4;
/** Of one way through 400 ticks of a scene, both views together. */
const SECONDS: Readonly<Record<CodecName, number>> = {
  tickwire: 0.4,
  "tickwire-untrained": 0.4,
  "json-delta": 0.7,
  "json-delta-deflate": 4.5,
  "msgpack-delta": 0.7,
  "msgpack-delta-deflate": 4,
  colyseus: 1.2,
};

/** Every row that was asked for, in the order of the table. */
export function casesOf({ worlds, codecs }: Omit<PlanOptions, "isQuick">): Case[] {
  return WORLDS.filter((world) => worlds.includes(world)).flatMap((world) =>
    VIEWS.flatMap((view) =>
      CODECS.filter((codec) => codecs.includes(codec)).flatMap((codec) =>
        lagsOf(codec).map((lag) => {
          const scene = { motion: motionOf(world), view, lag };
          return { world, view, codec, subject: subjectOf(codec, world), scene };
        }),
      ),
    ),
  );
}

/**
 * The programs of a run: rounds in which every codec has its turn, in another order each time, then what minds no
 * neighbour. A codec without tables is the same in the jittery and the mismatched world, and is measured once.
 */
export function planOf(options: PlanOptions): Step[] {
  const { isQuick } = options;
  const asked = subjectsIn(casesOf(options));
  const rounds = Array.from({ length: isQuick ? 1 : ROUNDS }, (_, round) => round);
  const ticks = isQuick ? QUICK_TICKS : TRACE_TICKS;
  const timing = rounds.flatMap((round) =>
    rotated([...asked], round * 3).flatMap(([subject, scenes]) => timingSteps(subject, scenes, ticks, isQuick)),
  );
  const heap = heapSteps(asked, isQuick);
  return [...timing, ...heap, ...ownSteps(options, ticks)];
}

/** A quick run has a program for all scenes of a codec, a full run one for each: a quick one tells factors, not percents. */
function timingSteps(subject: SubjectName, scenes: readonly SceneName[], ticks: number, isQuick: boolean): Step[] {
  if (isQuick) return [step(subject, scenes, ["time"], { ticks, rounds: 1 })];
  return scenes.map((scene) => step(subject, [scene], ["time"], { ticks, rounds: 1, isAlone: true }));
}

/** What a tick leaves to the collector, where clients are in step; quick runs ask only our own codec. */
function heapSteps(asked: ReadonlyMap<SubjectName, readonly SceneName[]>, isQuick: boolean): Step[] {
  const subjects = [...asked].filter(([subject]) => !isQuick || subject.startsWith("tickwire"));
  return subjects.map(([subject, scenes]) => {
    const inStep = scenes.filter(({ lag }) => lag === "1");
    return step(subject, inStep, ["heap"], { ticks: isQuick ? QUICK_HEAP_TICKS : HEAP_TICKS });
  });
}

/** What only our own codec is asked: the bound, clients that skip, and every world with every table. */
function ownSteps({ codecs, worlds }: PlanOptions, ticks: number): Step[] {
  if (!codecs.includes("tickwire")) return [];
  const motions = MOTIONS.filter((motion) => worlds.some((world) => motionOf(world) === motion));
  const own = [...subjectsIn(casesOf({ worlds, codecs: ["tickwire"] }))].map(([subject, scenes]) =>
    step(subject, scenes, ["bound", "throttle"], { ticks }),
  );
  const tables: SubjectName[] = [...motions.map(trainedOn), "tickwire-untrained"];
  const scenes = motions.map((motion): SceneName => ({ motion, view: "all", lag: "1" }));
  return [...own, ...tables.map((subject) => step(subject, scenes, [], { ticks }))];
}

/** Whom the cases need, each with its scenes. */
export function subjectsIn(cases: readonly Case[]): ReadonlyMap<SubjectName, readonly SceneName[]> {
  const subjects = new Map<SubjectName, SceneName[]>();
  for (const { subject, scene } of cases) {
    const scenes = subjects.get(subject) ?? [];
    subjects.set(subject, scenes);
    if (!scenes.some((each) => isSameScene(each, scene))) scenes.push(scene);
  }
  return subjects;
}

export function isSameScene(one: SceneName, other: SceneName): boolean {
  return one.motion === other.motion && one.view === other.view && one.lag === other.lag;
}

function step(
  subject: SubjectName,
  scenes: readonly SceneName[],
  tasks: readonly Task[],
  { ticks, rounds = 0, isAlone = false }: { ticks: number; rounds?: number; isAlone?: boolean },
): Step {
  const codec = tablesOf(subject) === undefined ? (subject as CodecName) : "tickwire";
  const ways = 1 + rounds + (tasks.includes("heap") ? 6 : 0) + (tasks.includes("bound") ? 3 : 0);
  const seconds = START_SECONDS + (scenes.length * ways * SECONDS[codec] * ticks) / 2 / TRACE_TICKS;
  return { subject, job: { tasks, scenes, ticks, rounds }, seconds, isAlone };
}

function rotated<Value>(values: readonly Value[], by: number): Value[] {
  const at = values.length === 0 ? 0 : by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}
