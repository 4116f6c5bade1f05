import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** A program that says things in lines, each of which can be waited for. */
export class Child {
  private readonly child: ChildProcess;
  private readonly name: string;
  private readonly lines: AsyncIterator<string>;
  private errors = "";

  /** It is ended after `durationMsMax`, whatever it does. */
  constructor(name: string, command: readonly string[], durationMsMax: number) {
    this.name = name;
    const options = { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"] as ["pipe", "pipe", "pipe"], timeout: durationMsMax };
    const child = spawn(command[0]!, command.slice(1), options);
    this.child = child;
    child.stderr.on("data", (bytes: Buffer) => (this.errors += bytes.toString()));
    child.on("error", ({ message }) => (this.errors += message));
    // A program that has ended says why elsewhere.
    child.stdin.on("error", () => undefined);
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line, as JSON. Rejects with the program's errors when it ends without one. */
  async next(): Promise<unknown> {
    const line = await this.lines.next();
    if (line.done === true) throw new Error(`${this.name} ended:\n${this.errors}`);
    return JSON.parse(line.value);
  }

  /** Tells it that nothing more comes. */
  endInput(): void {
    this.child.stdin?.end();
  }

  /** Ends it, if it has not ended. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.child.kill();
    await ended;
  }

  async ended(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise((resolve) => this.child.once("close", resolve));
  }
}
