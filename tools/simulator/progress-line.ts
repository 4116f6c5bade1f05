const FIRST_MS = 1_000;
const TERMINAL_MS = 200;
const FILE_MS = 5_000;

/** Tells how far a long run is: on one line that is written over, or now and then on a line of its own in a file. */
export class ProgressLine {
  private readonly nowMs: () => number;
  private readonly write: (text: string) => void;
  private readonly isTerminal: boolean;
  private readonly beganMs: number;
  private nextMs: number;
  private widest = 0;

  constructor(nowMs: () => number, write: (text: string) => void, isTerminal: boolean) {
    this.nowMs = nowMs;
    this.write = write;
    this.isTerminal = isTerminal;
    this.beganMs = nowMs();
    this.nextMs = this.beganMs + FIRST_MS;
  }

  /** `part`: how much of all is done, above 0 and up to 1. Nothing is said in the first second. */
  tell(part: number): void {
    const nowMs = this.nowMs();
    if (nowMs < this.nextMs || part >= 1) return;
    this.nextMs = nowMs + (this.isTerminal ? TERMINAL_MS : FILE_MS);
    const leftSeconds = Math.ceil(((nowMs - this.beganMs) * (1 - part)) / part / 1_000);
    const line = `${Math.floor(100 * part)} %, ${leftSeconds} s left`;
    this.widest = Math.max(this.widest, line.length);
    this.write(this.isTerminal ? `\r${line.padEnd(this.widest)}` : `${line}\n`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.isTerminal && this.widest > 0) this.write(`\r${" ".repeat(this.widest)}\r`);
  }
}
