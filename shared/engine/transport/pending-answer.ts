import type { Ack } from "./packet.ts";

/** How long an answer that nothing urgent waits for may be kept back, to travel with something else … */
const WAIT_MS = 25;
/** … and how long where the next occasion is the next `flush`. */
const WAIT_MS_MAX = 40;

/** What has arrived and was not answered yet. */
export class PendingAnswer {
  private bytes = 0;
  private sinceMs = 0;
  private newestMs = 0;
  private isUrgent = false;

  /** A frame has arrived. Urgent: the sender waits for the answer, to send more. */
  add(bytes: number, nowMs: number, isUrgent: boolean): void {
    if (this.bytes === 0) this.sinceMs = nowMs;
    this.bytes += bytes;
    this.newestMs = nowMs;
    this.isUrgent ||= isUrgent;
  }

  /** Whether it should not wait for something else to travel with; `nextMs`: for how long there may be no occasion. */
  isDue(nowMs: number, nextMs = 0): boolean {
    if (this.bytes === 0) return false;
    const heldMs = nowMs - this.sinceMs;
    return this.isUrgent || heldMs >= WAIT_MS || heldMs + nextMs > WAIT_MS_MAX;
  }

  /** The answer, which leaves now; undefined when there is nothing to answer. */
  take(nowMs: number): Ack | undefined {
    if (this.bytes === 0) return undefined;
    const ack = { bytes: this.bytes, holdMs: nowMs - this.newestMs };
    this.bytes = 0;
    this.isUrgent = false;
    return ack;
  }
}
