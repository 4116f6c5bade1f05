import { median } from "../statistics.ts";
import { runsPerSecond } from "../suite.ts";
import type { AnyContender, Codec } from "./contender.ts";
import { differenceOf } from "./equality.ts";
import type { Finding, Job, JobResult } from "./job.ts";
import type * as loop from "./loop.ts";

/** A contender, with a copy of the loops of its own for each fixture. */
export interface Entrant {
  readonly contender: AnyContender;
  readonly loops: Readonly<Record<string, typeof loop>>;
}

/** Makes the values that take turns in a fixture: a power of two of them. */
export type AnyWorkload = Readonly<Record<string, () => readonly unknown[]>>;

/** The program's memory, where the program can look at it. */
export interface Memory {
  collect(): void;
  /** Heap and what arrays hold outside of it. */
  usedBytes(): number;
}

/** One thing to measure: `run` does it `ops` times. */
interface Task {
  readonly run: (ops: number) => void;
  readonly ops: number;
}

/** A contender on a fixture, checked and ready. */
interface Prepared {
  readonly about: Omit<Finding, "encode" | "decode">;
  readonly encode: Task;
  readonly decode: Task;
}

/** Allocation is counted several times over about this much, which the young generation holds uncollected. */
const COUNTED_BYTES = 2 * 1024 * 1024;
const COUNTED_OPS_MAX = 20_000;
const COUNTED_SECONDS_MAX = 0.03;
const COUNTS = 3;

/** Does a job. Throws when a contender does not give back what it was given. */
export function work(
  entrants: readonly Entrant[],
  workload: AnyWorkload,
  job: Job,
  memory: Memory | undefined,
): JobResult {
  const findings = job.fixtures.flatMap((fixture) => {
    const prepared = entrants.flatMap((entrant) => preparedFor(entrant, fixture, workload) ?? []);
    switch (job.kind) {
      case "time":
        return prepared.map((each) => timed(each, job));
      case "pair":
        return paired(prepared, job);
      case "allocate":
        return memory === undefined ? [] : prepared.map((each) => allocated(each, job, memory));
    }
  });
  return { findings };
}

function preparedFor({ contender, loops }: Entrant, fixture: string, workload: AnyWorkload): Prepared | undefined {
  const codec = contender.codecs[fixture];
  if (codec === undefined) return undefined;
  const plain = workload[fixture]!() as never[];
  const values = plain.map((value) => codec.prepare(value) as never);
  const packets = values.map((value) => codec.packetOf(codec.encode(value)));
  checkRoundTrip(`${contender.name}, ${fixture}`, plain, packets, codec);
  const { encodeLoop, decodeLoop } = loops[fixture]!;
  const { encode, decode } = codec;
  return {
    about: {
      contender: contender.name,
      contract: contender.contract,
      fixture,
      bytes: packets.reduce((sum, packet) => sum + packet.length, 0) / packets.length,
    },
    encode: {
      run: (ops) => {
        encodeLoop(encode, values, ops);
      },
      ops: values.length,
    },
    decode: {
      run: (ops) => {
        decodeLoop(decode, packets, ops);
      },
      ops: values.length,
    },
  };
}

function checkRoundTrip(
  name: string,
  values: readonly unknown[],
  packets: readonly Uint8Array[],
  codec: Codec<never>,
): void {
  values.forEach((value, at) => {
    const difference = differenceOf(value, codec.plainOf(codec.decode(packets[at]!)));
    if (difference !== undefined) throw new Error(`${name}: the round trip changes value ${at}: ${difference}`);
  });
}

function timed({ about, encode, decode }: Prepared, { effort }: Job): Finding {
  warm(encode, effort.warmSeconds);
  const encodePerSecond = perSecond(encode, effort);
  warm(decode, effort.warmSeconds);
  return { ...about, encode: encodePerSecond, decode: perSecond(decode, effort) };
}

/** Slices of all contenders in turn; every second round of them backwards. */
function paired(prepared: readonly Prepared[], { effort }: Job): Finding[] {
  const slicesOf = (task: "encode" | "decode"): number[][] => {
    for (const each of prepared) warm(each[task], effort.warmSeconds);
    const slices = prepared.map((): number[] => []);
    for (let slice = 0; slice < effort.slices; slice++) {
      const order = prepared.map((_, at) => (slice % 2 === 0 ? at : prepared.length - 1 - at));
      for (const at of order) slices[at]!.push(median(perSecond(prepared[at]![task], effort)));
    }
    return slices;
  };
  const [encode, decode] = [slicesOf("encode"), slicesOf("decode")];
  return prepared.map(({ about }, at) => ({ ...about, encode: encode[at]!, decode: decode[at]! }));
}

function perSecond({ run, ops }: Task, effort: Job["effort"]): number[] {
  return runsPerSecond(() => {
    run(ops);
  }, effort).map((runs) => runs * ops);
}

function allocated({ about, encode, decode }: Prepared, { effort }: Job, memory: Memory): Finding {
  return {
    ...about,
    encode: [allocatedBytes(encode, effort.warmSeconds, memory)],
    decode: [allocatedBytes(decode, effort.warmSeconds, memory)],
  };
}

/** The bytes an operation allocates once the code is warm: the median of some counts, should one be collected. */
function allocatedBytes({ run, ops }: Task, warmSeconds: number, memory: Memory): number {
  warm({ run, ops }, warmSeconds);
  const count = (times: number): number => {
    memory.collect();
    const before = memory.usedBytes();
    run(times);
    return Math.max(0, memory.usedBytes() - before) / times;
  };
  const startMs = performance.now();
  run(ops);
  const secondsPerOp = (performance.now() - startMs) / 1000 / ops;
  const opsMax = Math.min(
    COUNTED_OPS_MAX,
    COUNTED_SECONDS_MAX / secondsPerOp,
    COUNTED_BYTES / Math.max(16, count(ops)),
  );
  const times = Math.max(ops, Math.floor(opsMax));
  return median(Array.from({ length: COUNTS }, () => count(times)));
}

function warm({ run, ops }: Task, seconds: number): void {
  const endMs = performance.now() + seconds * 1000;
  do run(ops);
  while (performance.now() < endMs);
}
