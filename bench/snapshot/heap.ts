import type { Memory } from "../codec/worker.ts";
import { median } from "../statistics.ts";
import { FIRST_COUNTED_TICK } from "./measure.ts";
import type { Run } from "./runs.ts";

/** Bytes that a tick of all clients together leaves to the collector once the code is warm: the median of all ticks. */
export interface HeapFigures {
  readonly encodeBytesPerTick: number;
  readonly decodeBytesPerTick: number;
}

/** Rounds over the scene before anything is counted, so that the code is what it will stay. */
const WARM_ROUNDS = 3;

/**
 * This program's memory, where Node was started with `--expose-gc`. Counts are of use only when the young generation is
 * not collected meanwhile: `--min-semi-space-size=64 --max-semi-space-size=64`.
 */
export function memoryOfThisProgram(): Memory | undefined {
  const { gc } = globalThis;
  if (gc === undefined) return undefined;
  return {
    collect: () => {
      gc();
    },
    usedBytes: () => {
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
  };
}

/** What `ticks` ticks of encoding and of decoding allocate. */
export async function heapFiguresOf(
  encoding: () => Run,
  decoding: () => Run,
  ticks: number,
  memory: Memory,
): Promise<HeapFigures> {
  for (let round = 0; round < WARM_ROUNDS; round++) {
    await runTicks(encoding(), ticks);
    await runTicks(decoding(), ticks);
  }
  return {
    encodeBytesPerTick: await allocatedPerTick(encoding(), ticks, memory),
    decodeBytesPerTick: await allocatedPerTick(decoding(), ticks, memory),
  };
}

/** Bytes that a tick of `run` allocates after the first ones: the median of all ticks. */
export async function allocatedPerTick(run: Run, ticks: number, memory: Memory): Promise<number> {
  const counts: number[] = [];
  for (let tick = 0; tick < ticks; tick++) {
    run.prepareTick(tick);
    memory.collect();
    const [first, before] = [memory.usedBytes(), memory.usedBytes()];
    const later = run.runTick(tick);
    if (later !== undefined) await later;
    const after = memory.usedBytes();
    // To look at the memory takes memory as well.
    counts.push(Math.max(0, after - before - (before - first)));
    run.finishTick?.(tick);
  }
  run.close();
  return median(counts.slice(FIRST_COUNTED_TICK));
}

async function runTicks(run: Run, ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) {
    run.prepareTick(tick);
    const later = run.runTick(tick);
    if (later !== undefined) await later;
    run.finishTick?.(tick);
  }
  run.close();
}
