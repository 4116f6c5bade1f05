import { Rng } from "#engine/shared";
import type { LinkConditions, Outage, Stall } from "./link-conditions.ts";

/** One way through a link: which of its two rates, and the seeds of its luck. */
export interface PathOptions {
  readonly conditions: LinkConditions;
  readonly mbit: number;
  readonly jitterSeed: number;
  readonly stallSeed: number;
}

/**
 * What happens to a segment on its way in one direction: it waits for what is in front of it, takes its time to be
 * put on the wire and to travel, and may be lost in the dark. It knows nothing of TCP.
 *
 * Stalls have a generator of their own, so that they come at the same moments however much is sent.
 */
export class VirtualPath {
  private readonly bytesPerMs: number;
  private readonly delayMs: number;
  private readonly jitterMs: number;
  private readonly stall: LinkConditions["stall"];
  private readonly stalls: readonly Stall[];
  private readonly outages: readonly Outage[];
  private readonly jitterRng: Rng;
  private readonly stallRng: Rng;
  private idleAtMs = 0;
  private lastArrivalMs = 0;
  private nextStallMs: number;
  private stallsPassed = 0;
  private heldMs = 0;

  constructor({ conditions, mbit, jitterSeed, stallSeed }: PathOptions) {
    this.bytesPerMs = mbit * 125;
    this.delayMs = conditions.rttMs / 2;
    this.jitterMs = conditions.jitterMs ?? 0;
    this.stall = conditions.stall;
    this.stalls = conditions.stalls ?? [];
    this.outages = conditions.outages ?? [];
    this.jitterRng = new Rng(jitterSeed);
    this.stallRng = new Rng(stallSeed);
    this.nextStallMs = this.drawStallAfter(0);
  }

  /** When a segment of so many bytes arrives, all headers counted, that is sent now; undefined when it never does. */
  carry(nowMs: number, bytes: number): number | undefined {
    this.idleAtMs = Math.max(nowMs, this.idleAtMs) + bytes / this.bytesPerMs;
    const lateMs = this.jitterMs > 0 ? this.jitterRng.between(0, this.jitterMs) : 0;
    const heldMs = this.stallOf(this.idleAtMs) + this.plannedStallOf(this.idleAtMs);
    const ownMs = this.idleAtMs + this.delayMs + lateMs + heldMs;
    const arrivalMs = Math.max(ownMs, this.lastArrivalMs);
    if (this.isDarkBetween(nowMs, arrivalMs)) return undefined;
    this.lastArrivalMs = arrivalMs;
    if (heldMs > 0) this.heldMs = arrivalMs;
    return arrivalMs;
  }

  /** When the newest segment that a stall held up arrives, and all that waited behind it; 0 before the first. */
  get heldUntilMs(): number {
    return this.heldMs;
  }

  /** When something without size arrives, such as an acknowledgement; undefined when it never does. */
  flash(nowMs: number): number | undefined {
    const arrivalMs = nowMs + this.delayMs;
    return this.isDarkBetween(nowMs, arrivalMs) ? undefined : arrivalMs;
  }

  /** Bytes that wait at the bottleneck for their turn. */
  queuedBytes(nowMs: number): number {
    return nowMs < this.idleAtMs ? (this.idleAtMs - nowMs) * this.bytesPerMs : 0;
  }

  private isDarkBetween(fromMs: number, toMs: number): boolean {
    return this.outages.some(({ atMs, lastsMs }) => fromMs < atMs + lastsMs && toMs >= atMs);
  }

  /** How long a segment that leaves at `leavesMs` is held up: it is lost when it is the first behind a stall's moment. */
  private stallOf(leavesMs: number): number {
    if (this.stall === undefined || leavesMs < this.nextStallMs) return 0;
    while (this.nextStallMs <= leavesMs) this.nextStallMs = this.drawStallAfter(this.nextStallMs);
    return this.stall.ms;
  }

  /** The same for the stalls that come at moments of their own. */
  private plannedStallOf(leavesMs: number): number {
    let heldMs = 0;
    for (let stall = this.stalls[this.stallsPassed]; stall !== undefined && stall.atMs <= leavesMs;) {
      if (leavesMs < stall.atMs + stall.lastsMs) heldMs = Math.max(heldMs, stall.lastsMs);
      this.stallsPassed += 1;
      stall = this.stalls[this.stallsPassed];
    }
    return heldMs;
  }

  private drawStallAfter(ms: number): number {
    if (this.stall === undefined) return Infinity;
    return ms - Math.log(1 - this.stallRng.next()) * this.stall.meanEveryMs;
  }
}
