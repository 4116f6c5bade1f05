import { createWriteStream, openSync, type WriteStream } from "node:fs";
import type { AnyEntityTable } from "#engine/shared";
import { TRACE_LINES_MAX } from "../train/trace.ts";
import { traceLines } from "./trace-lines.ts";
import { TraceMerge } from "./trace-merge.ts";

/** Bots whose views are recorded. */
export const TRACED_BOTS_MAX = 4;
/** Bytes that a slow disk may leave in this process. */
const WAITING_BYTES_MAX = 1 << 26;

/** How a trace came out. */
export interface TraceReport {
  readonly file: string;
  readonly lines: number;
  readonly ticks: number;
  /** Snapshots that came too late to stand in the order of ticks. */
  readonly lateSnapshots: number;
  /** Why it ends before the bots did; undefined when it does not. */
  readonly problem: string | undefined;
}

/** A trace that grows while bots play: a line of JSON for each entity in view and snapshot, ticks rising. */
export class TraceFile {
  /** Lines written so far. */
  lines = 0;
  private readonly file: string;
  private readonly stream: WriteStream;
  private readonly merge: TraceMerge;
  private readonly linesMax: number;
  private problem: string | undefined;

  /** Throws when the file cannot be written. `linesMax`: where it ends, at the latest. */
  constructor(file: string, clients: number, linesMax = TRACE_LINES_MAX) {
    this.file = file;
    this.linesMax = linesMax;
    this.stream = createWriteStream(file, { fd: openSync(file, "w") });
    this.stream.on("error", ({ message }) => {
      this.problem ??= `${file} cannot be written any more: ${message}`;
    });
    this.merge = new TraceMerge(clients, (lines) => {
      this.write(lines);
    });
  }

  /** What a client has in view at a tick, which is later than its last one. */
  add(client: number, tick: number, tables: readonly AnyEntityTable[]): void {
    if (this.problem === undefined) this.merge.add(client, tick, traceLines(client, tick, tables));
  }

  /** A client is lost; it may come back. */
  leave(client: number): void {
    this.merge.leave(client);
  }

  /** Writes the rest; resolves when all of it has left this process. */
  async end(): Promise<TraceReport> {
    this.merge.end();
    await new Promise<void>((resolve) => {
      this.stream.once("close", resolve);
      this.stream.end();
    });
    const { file, lines, merge, problem } = this;
    return { file, lines, ticks: merge.ticks, lateSnapshots: merge.lateSnapshots, problem };
  }

  private write(lines: readonly string[]): void {
    if (this.problem !== undefined) return;
    if (this.lines + lines.length > this.linesMax) {
      this.problem = `${this.file} ends at ${this.lines} lines: a trace has at most ${this.linesMax}`;
    } else if (this.stream.writableLength > WAITING_BYTES_MAX) {
      this.problem = `${this.file} ends at ${this.lines} lines: they are not written as fast as they come`;
    } else {
      this.lines += lines.length;
      this.stream.write(`${lines.join("\n")}\n`);
    }
  }
}

/** The report for a person. */
export function traceText({ file, lines, ticks, lateSnapshots, problem }: TraceReport): string {
  const late = lateSnapshots === 0 ? "" : ` (${lateSnapshots} snapshots came too late)`;
  const advice = lines === 0 ? "" : `; next: npm run train -- --trace ${file}`;
  const end = problem === undefined ? "" : `\n                 ${problem}`;
  return `trace            ${lines} lines, ${ticks} ticks${late} in ${file}${advice}${end}`;
}
