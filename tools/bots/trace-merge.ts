/** Ticks that wait for a bot that is late: 10 s at 30 Hz. */
export const TRACE_TICKS_WAITING_MAX = 300;

/**
 * Puts what several clients saw into the order of its ticks.
 *
 * A tick waits until every client has come to it, or a later one; a client that is too far behind is not waited for,
 * and what it then says of ticks that are written is left out, and counted.
 */
export class TraceMerge {
  /** Snapshots that came too late to be written. */
  lateSnapshots = 0;
  /** Ticks that were written. */
  ticks = 0;
  private readonly write: (lines: readonly string[]) => void;
  /** The last tick of each client; one that has gone waits for nothing. */
  private readonly lastTicks: number[];
  /** Lines by tick. */
  private readonly waiting = new Map<number, string[]>();
  private writtenTick = -1;

  /** `write` gets the lines of one tick after the other, rising. */
  constructor(clients: number, write: (lines: readonly string[]) => void) {
    this.write = write;
    this.lastTicks = new Array<number>(clients).fill(-1);
  }

  /** What a client sees at a tick, which is later than its last one. */
  add(client: number, tick: number, lines: readonly string[]): void {
    this.lastTicks[client] = tick;
    if (tick <= this.writtenTick) this.lateSnapshots += 1;
    else if (lines.length > 0) this.waiting.set(tick, [...(this.waiting.get(tick) ?? []), ...lines]);
    this.release();
  }

  /** A client is lost: nobody waits for it until it is back. */
  leave(client: number): void {
    this.lastTicks[client] = Infinity;
    this.release();
  }

  /** Writes all that waits. */
  end(): void {
    this.releaseUpTo(Infinity);
  }

  private release(): void {
    const reached = Math.min(...this.lastTicks);
    this.releaseUpTo(reached === Infinity ? -1 : reached);
    const excess = this.waiting.size - TRACE_TICKS_WAITING_MAX;
    if (excess > 0) this.releaseUpTo(this.waitingTicks()[excess - 1]!);
  }

  private releaseUpTo(tick: number): void {
    for (const next of this.waitingTicks()) {
      if (next > tick) return;
      this.write(this.waiting.get(next)!);
      this.waiting.delete(next);
      this.writtenTick = next;
      this.ticks += 1;
    }
  }

  private waitingTicks(): number[] {
    return [...this.waiting.keys()].sort((a, b) => a - b);
  }
}
