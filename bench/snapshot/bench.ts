import { cpus } from "node:os";
import { Progress } from "../codec/progress.ts";
import { calibrationOf, type Calibrated } from "./calibration.ts";
import { measureCalibration } from "./calibration-figures.ts";
import { casesOf, planOf, type PlanOptions, type Step } from "./plan.ts";
import { bundleSubject, runProgram } from "./programs.ts";
import { rowsOf, tablesFiguresOf, throttledFiguresOf, type Found, type Results } from "./results.ts";
import { tablesOf, type SubjectName } from "./subjects.ts";

export interface SnapshotBenchOptions extends PlanOptions {
  readonly say: (text: string) => void;
  /** Hears of the calibration before anything else is measured. */
  readonly onCalibrated: (calibration: readonly Calibrated[]) => void;
}

const TRAINING_SECONDS = 3.5;
const BUNDLING_SECONDS = 0.2;

/** Calibrates, trains and bundles, runs every step of the plan, and puts the findings together. */
export async function runSnapshotBench(options: SnapshotBenchOptions): Promise<Results> {
  const calibration = calibrationOf(await measureCalibration());
  options.onCalibrated(calibration);
  const plan = planOf(options);
  const found = await runPlan(plan, options.say);
  return {
    calibration,
    rows: rowsOf(casesOf(options), found),
    tables: options.codecs.includes("tickwire") ? tablesFiguresOf(found) : [],
    throttled: throttledFiguresOf(options.worlds, found),
    machine: `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}`,
    isQuick: options.isQuick,
  };
}

/** Timing goes one program at a time. What is counted minds no neighbour, and takes two cores. */
async function runPlan(plan: readonly Step[], say: (text: string) => void): Promise<Found[]> {
  const startMs = performance.now();
  const subjects = [...new Set(plan.map(({ subject }) => subject))];
  const secondsOf = (steps: readonly Step[]): number => steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const [alone, others] = [plan.filter(({ isAlone }) => isAlone), plan.filter(({ isAlone }) => !isAlone)];
  const making = subjects.reduce((sum, subject) => sum + makingSeconds(subject), 0);
  const progress = new Progress(making + secondsOf(alone) + secondsOf(others) / 2, say);
  const tell = (what: string): void => {
    progress.tell(what, (performance.now() - startMs) / 1000);
  };
  const programs = new Map<SubjectName, string>();
  for (const subject of subjects) {
    tell(`${tablesOf(subject) === undefined ? "make" : "train"} ${subject}`);
    programs.set(subject, await bundleSubject(subject));
    progress.finish(makingSeconds(subject));
  }
  const found: Found[] = [];
  const runStep = async ({ subject, job, seconds, isAlone }: Step): Promise<void> => {
    const [first] = job.scenes;
    const where = job.scenes.length === 1 ? `  ${first!.motion} ${first!.view} ${first!.lag}` : "";
    tell(`${job.tasks.join(", ")} ${subject}${where}`);
    found.push({ subject, findings: (await runProgram(programs.get(subject)!, job)).findings });
    progress.finish(isAlone ? seconds : seconds / 2);
  };
  for (const step of alone) await runStep(step);
  // The longest first, so that nobody waits for it at the end.
  const waiting = [...others].sort((one, other) => other.seconds - one.seconds);
  const runWaiting = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await runStep(step);
  };
  await Promise.all([runWaiting(), runWaiting()]);
  progress.end();
  return found;
}

function makingSeconds(subject: SubjectName): number {
  return BUNDLING_SECONDS + (tablesOf(subject) === undefined ? 0 : TRAINING_SECONDS);
}
