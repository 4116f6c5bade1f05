import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** A program of ours in a process of its own, which says how it is. */
export class Child<Report> {
  /** What it said last; undefined before. */
  report: Report | undefined;
  private readonly process: ChildProcess;
  private readonly waiting = new Set<() => void>();
  private ending: string | undefined;

  /** `file`: beside this one. `prefix`: a command that runs the program, such as `ip netns exec`. */
  constructor(file: string, args: readonly string[], prefix: readonly string[] = []) {
    const command = [...prefix, process.execPath, "--import", "tsx", join(import.meta.dirname, file), ...args];
    this.process = spawn(command[0]!, command.slice(1), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.process.on("message", (report: Report) => {
      this.report = report;
      this.tell();
    });
    this.process.on("close", (code, signal) => {
      this.ending = `${file} has ended: ${signal ?? code}`;
      this.tell();
    });
  }

  /** Resolves with the first report that is so, and how long that took in milliseconds; rejects when it ends before. */
  async until(isSo: (report: Report) => boolean): Promise<{ report: Report; tookMs: number }> {
    const startMs = performance.now();
    for (;;) {
      if (this.report !== undefined && isSo(this.report)) {
        return { report: this.report, tookMs: performance.now() - startMs };
      }
      if (this.ending !== undefined) throw new Error(this.ending);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** SIGKILL, SIGSTOP, SIGCONT … */
  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  private tell(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
