import type { Job, JobEffort } from "./job.ts";

/** One program to start, and what it is to do. */
export interface Step {
  /** Modules of the contenders that are in the program. */
  readonly modules: readonly string[];
  readonly job: Job;
  /** About how long it will take, in seconds. */
  readonly seconds: number;
}

export interface PlanOptions {
  readonly modules: readonly string[];
  /** The two that are measured slice by slice, or none. */
  readonly pair: readonly string[];
  readonly fixtures: readonly string[];
  readonly isQuick: boolean;
  /** False: nothing counts what is allocated. */
  readonly countsAllocation: boolean;
}

const ROUNDS = 3;
/** The pair has more turns: its two are a few percent apart, the peers factors. */
const PAIRS = 5;
const QUICK_PAIRS = 3;
const START_SECONDS = 0.3;

const QUICK: JobEffort = { seconds: 0.01, sampleSeconds: 0.005, samplesMin: 2, warmSeconds: 0.04, slices: 3 };
const FULL: JobEffort = { seconds: 0.4, sampleSeconds: 0.05, samplesMin: 5, warmSeconds: 0.25, slices: 9 };
/** What is allocated is counted, not timed: the code has to be warm, and no more. */
const COUNTING: JobEffort = { ...QUICK, warmSeconds: 0.03 };
const FULL_PAIR: JobEffort = { ...FULL, seconds: 0.1, sampleSeconds: 0.03, samplesMin: 3 };

/**
 * The programs of a run, in order: rounds in which every contender but the pair has its turn, then the pair, whose two
 * take turns inside of each program, then allocation.
 *
 * A quick run has one round, and one program for all fixtures of a contender; a full run has three, and a program for
 * each fixture. Each round starts at another contender, so that nobody always follows the same neighbour.
 */
export function planOf(options: PlanOptions): Step[] {
  const { modules, pair, isQuick, countsAllocation } = options;
  const single = pair.length === 2 ? modules.filter((module) => !pair.includes(module)) : modules;
  const rounds = Array.from({ length: isQuick ? 1 : ROUNDS }, (_, round) => round);
  const timing = rounds.flatMap((round) =>
    rotated(single, round * 3).flatMap((module) => timingSteps(module, options)),
  );
  const pairing = Array.from({ length: isQuick ? QUICK_PAIRS : PAIRS }, (_, turn) => pairSteps(turn, options)).flat();
  const allocation = modules.map((module) =>
    step([module], { kind: "allocate", fixtures: options.fixtures, effort: isQuick ? COUNTING : FULL }),
  );
  return [...timing, ...pairing, ...(countsAllocation ? allocation : [])];
}

function timingSteps(module: string, { fixtures, isQuick }: PlanOptions): Step[] {
  if (isQuick) return [step([module], { kind: "time", fixtures, effort: QUICK })];
  return fixtures.map((fixture) => step([module], { kind: "time", fixtures: [fixture], effort: FULL }));
}

function pairSteps(turn: number, { pair, fixtures, isQuick }: PlanOptions): Step[] {
  if (pair.length !== 2) return [];
  const modules = turn % 2 === 0 ? pair : pair.toReversed();
  if (isQuick) return [step(modules, { kind: "pair", fixtures, effort: QUICK })];
  return fixtures.map((fixture) => step(modules, { kind: "pair", fixtures: [fixture], effort: FULL_PAIR }));
}

function step(modules: readonly string[], job: Job): Step {
  const { seconds, sampleSeconds, warmSeconds, slices } = job.effort;
  const loops = modules.length * job.fixtures.length * 2;
  const measuring = job.kind === "allocate" ? 0.06 : (seconds + 2 * sampleSeconds) * (job.kind === "pair" ? slices : 1);
  return { modules, job, seconds: START_SECONDS + loops * (warmSeconds + measuring) };
}

function rotated<Value>(values: readonly Value[], by: number): Value[] {
  const at = values.length === 0 ? 0 : by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
}
