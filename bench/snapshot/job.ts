import type { HeapFigures } from "./heap.ts";
import type { Lag } from "./lag.ts";
import type { ByteFigures, TimeFigures } from "./measure.ts";
import type { ThrottleFigures } from "./throttle.ts";
import type { ViewName } from "./views.ts";
import type { Motion } from "./world.ts";

/** Which part of the workload is meant. */
export interface SceneName {
  readonly motion: Motion;
  readonly view: ViewName;
  readonly lag: Lag;
}

/**
 * What is asked for besides the bytes, which every job checks and counts.
 *
 * time: encoding and decoding, and copying where peers share. heap: what a tick leaves to the collector. bound: the
 * entropy of what is left of predictions. throttle: clients that skip.
 */
export type Task = "time" | "heap" | "bound" | "throttle";

/** What one fresh program is asked to do. */
export interface Job {
  readonly tasks: readonly Task[];
  readonly scenes: readonly SceneName[];
  readonly ticks: number;
  /** Of timing. */
  readonly rounds: number;
}

/** What was found out about one scene; undefined is what nobody asked for, or what the codec does not have. */
export interface Finding {
  readonly scene: SceneName;
  readonly bytes: ByteFigures;
  readonly times: TimeFigures | undefined;
  readonly copyNsPerEntity: number | undefined;
  readonly heap: HeapFigures | undefined;
  readonly boundBytesPerEntity: number | undefined;
  readonly throttle: ThrottleFigures | undefined;
}

/** What a program prints when it is through. */
export interface JobResult {
  readonly findings: readonly Finding[];
}
