import type { AnyEntityCodec } from "../../../shared/engine/wire/protocol.ts";
import { loadFiles } from "../../../tools/codegen/files.ts";
import { heapFiguresOf, memoryOfThisProgram } from "../heap.ts";
import type { Finding, Task } from "../job.ts";
import { byteFiguresFor, timeFiguresFor } from "../measure.ts";
import { linesOfFile } from "../user-trace.ts";
import { encodeAndCheckOwn, ownDecodingRun, ownEncodingRun } from "./own-room.ts";
import { halvesOf, readOwnTrace } from "./own-trace.ts";

/** What a program does with a trace of the user's own: it measures its second half. */
export interface OwnJob {
  readonly trace: string;
  readonly schema: string;
  readonly entity: string;
  readonly tasks: readonly Task[];
  readonly rounds: number;
}

/** A trace is no scene of the workload. */
export type OwnFinding = Omit<Finding, "scene">;

/** Does a job. Rejects when something decoded is not field by field what was encoded. */
export async function workOwn(codec: AnyEntityCodec, job: OwnJob): Promise<OwnFinding> {
  const entity = loadFiles(job.schema).layout!.entities.find(({ name }) => name === job.entity)!;
  const [, half] = halvesOf(await readOwnTrace(entity, linesOfFile(job.trace)));
  const packets = encodeAndCheckOwn(codec, half);
  const visible = half.ticks.map(({ entities }) => entities.size);
  const encoding = () => ownEncodingRun(codec, half);
  const decoding = () => ownDecodingRun(codec, half, packets);
  const memory = memoryOfThisProgram();
  return {
    bytes: byteFiguresFor(packets, visible),
    times: job.tasks.includes("time") ? await timeFiguresFor(encoding, decoding, visible, job.rounds) : undefined,
    heap: memory === undefined ? undefined : await heapFiguresOf(encoding, decoding, visible.length, memory),
    copyNsPerEntity: undefined,
    boundBytesPerEntity: undefined,
    throttle: undefined,
  };
}
