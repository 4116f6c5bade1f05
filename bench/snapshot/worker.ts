import { boundOf } from "./bound.ts";
import { heapFiguresOf, memoryOfThisProgram } from "./heap.ts";
import type { Finding, Job, JobResult, SceneName, Task } from "./job.ts";
import { byteFiguresOf, copyNsPerEntity, encodeAndCheck, timeFiguresOf } from "./measure.ts";
import type { MoverCodec } from "./mover.ts";
import { decodingRun, encodingRun, type Packets } from "./runs.ts";
import { createScene, type Scene } from "./scene.ts";
import type { SnapshotCodec } from "./snapshot-codec.ts";
import { throttleFiguresOf } from "./throttle.ts";

/** Who is measured; `mover` is the schema's codec where it is our own. */
export interface Subject {
  readonly codec: SnapshotCodec;
  readonly mover: MoverCodec | undefined;
}

/** Does a job, scene by scene. Rejects when something decoded is not field by field what was encoded. */
export async function work(subject: Subject, job: Job): Promise<JobResult> {
  const findings: Finding[] = [];
  for (const name of job.scenes) findings.push(await findingOf(subject, name, job));
  return { findings };
}

async function findingOf({ codec, mover }: Subject, name: SceneName, { tasks, ticks, rounds }: Job): Promise<Finding> {
  const scene = createScene({ ...name, ticks });
  const packets = await encodeAndCheck(codec, scene);
  const isAsked = (task: Task): boolean => tasks.includes(task);
  const isShared = mover !== undefined && name.lag === "1";
  return {
    scene: name,
    bytes: byteFiguresOf(packets, scene),
    times: isAsked("time") ? await timeFiguresOf(codec, scene, packets, rounds) : undefined,
    copyNsPerEntity: isAsked("time") && isShared ? (await copyNsPerEntity(codec, scene, rounds)).p50 : undefined,
    heap: isAsked("heap") ? await heapOf(codec, scene, packets) : undefined,
    boundBytesPerEntity: isAsked("bound") && mover !== undefined ? boundOf(mover, scene) : undefined,
    throttle: isAsked("throttle") && isShared ? throttleFiguresOf(mover, scene) : undefined,
  };
}

async function heapOf(codec: SnapshotCodec, scene: Scene, packets: Packets): Promise<Finding["heap"]> {
  const memory = memoryOfThisProgram();
  if (memory === undefined) throw new Error("a program that counts what it allocates needs --expose-gc");
  return heapFiguresOf(
    () => encodingRun(codec, scene),
    () => decodingRun(codec, scene, packets),
    scene.steps.length,
    memory,
  );
}
