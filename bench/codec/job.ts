import type { Effort } from "../suite.ts";
import type { Contract } from "./contender.ts";

/**
 * What one fresh program is asked to do.
 *
 * time: how often a second each contender encodes and decodes. pair: the same for two contenders in turn, slice by
 * slice, so that whatever slows the machine slows both. allocate: how many bytes an operation leaves to the collector.
 */
export interface Job {
  readonly kind: "time" | "pair" | "allocate";
  readonly fixtures: readonly string[];
  readonly effort: JobEffort;
}

export interface JobEffort extends Effort {
  /** How long each loop runs before it is measured, in seconds. */
  readonly warmSeconds: number;
  /** Turns that each contender of a pair has. */
  readonly slices: number;
}

/** What was found out about one contender and fixture. */
export interface Finding {
  readonly contender: string;
  readonly contract: Contract;
  readonly fixture: string;
  /** On the wire; the mean over all values. */
  readonly bytes: number;
  /** Operations a second, one figure for each sample or slice; bytes for each operation in a job that allocates. */
  readonly encode: readonly number[];
  readonly decode: readonly number[];
}

/** What a program prints when it is through. */
export interface JobResult {
  readonly findings: readonly Finding[];
}
