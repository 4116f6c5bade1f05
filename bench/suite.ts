import base from "benchmark";
import lodash from "lodash";
import platform from "platform";

/** In a bundle `benchmark` finds neither of its own two dependencies, and has to be handed them. */
const Benchmark: typeof base = "Suite" in base ? base : inContext(base);

export interface Effort {
  /** How long to measure altogether, in seconds. */
  readonly seconds: number;
  /** How long one sample takes at least, in seconds. */
  readonly sampleSeconds: number;
  readonly samplesMin: number;
}

/** Runs per second of `run`, one figure for each sample. */
export function runsPerSecond(run: () => void, { seconds, sampleSeconds, samplesMin }: Effort): number[] {
  const bench = new Benchmark(run, { maxTime: seconds, minTime: sampleSeconds, minSamples: samplesMin, async: false });
  bench.run({ async: false });
  const { error } = bench as { error?: Error };
  if (error !== undefined) throw error;
  return bench.stats.sample.map((secondsPerRun) => 1 / secondsPerRun);
}

function inContext(bare: { runInContext(context: object): typeof base }): typeof base {
  return bare.runInContext({ _: lodash, platform });
}
