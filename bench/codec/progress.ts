/** How far a run is, told on one line that is written over. */
export class Progress {
  private readonly write: (text: string) => void;
  private readonly secondsExpected: number;
  private secondsDone = 0;
  private widest = 0;

  /** `secondsExpected`: what all steps together were thought to take. */
  constructor(secondsExpected: number, write: (text: string) => void) {
    this.secondsExpected = secondsExpected;
    this.write = write;
  }

  /** `elapsedSeconds`: since the run began. */
  tell(what: string, elapsedSeconds: number): void {
    const done = this.secondsDone / this.secondsExpected;
    // At first the plan is all there is to go by; later the pace so far is.
    const pace = this.secondsDone < 3 ? 1 : elapsedSeconds / this.secondsDone;
    const left = Math.round((this.secondsExpected - this.secondsDone) * pace);
    const time = left >= 90 ? `${Math.round(left / 60)} min` : `${left} s`;
    const line = `${String(Math.floor(done * 100)).padStart(3)} %  ${time} left  ${what}`;
    this.widest = Math.max(this.widest, line.length);
    this.write(`\r${line.padEnd(this.widest)}`);
  }

  finish(seconds: number): void {
    this.secondsDone += seconds;
  }

  end(): void {
    this.write(`\r${" ".repeat(this.widest)}\r`);
  }
}
