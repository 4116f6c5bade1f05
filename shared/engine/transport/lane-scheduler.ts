import type { LaneShare } from "./lane.ts";

/** Whose turn it is: a lane, nobody's, or `held`: the lane whose turn it is may not send, and no other may before it. */
export type Turn = number | "none" | "held";

/** What is owed to those who wait for more urgent ones: a tenth of what these send … */
const DEBT_SHARE = 0.1;
/** … and paid as soon as it is so much, in bytes. */
const DEBT_BYTES_MAX = 64 << 10;

/**
 * Decides which lane sends next: strict between priorities, by weight within one.
 *
 * Within a priority the lane goes that has had the least in proportion to its weight (stride scheduling), so that
 * shares are exact to a chunk; one that was idle begins where the others are, without credit. Against starvation a
 * tenth of what urgent lanes send is owed to the least urgent that waits, and paid once it has become 64 KB: until then
 * only priority 0 goes before it.
 */
export class LaneScheduler {
  private readonly shares: readonly LaneShare[];
  /** By lane: bytes over weight. */
  private readonly passes: Float64Array;
  private readonly wasWaiting: Uint8Array;
  private readonly order: readonly number[];
  private debt = 0;
  /** The least urgent that waited when somebody's turn was asked for last. */
  private last: number | undefined;

  constructor(shares: readonly LaneShare[]) {
    this.shares = shares;
    this.passes = new Float64Array(shares.length);
    this.wasWaiting = new Uint8Array(shares.length);
    this.order = shares.map((_, lane) => lane).sort((a, b) => shares[a]!.priority - shares[b]!.priority || a - b);
  }

  /** `waits`: whether a lane has something to send. `may`: whether it may send now. */
  next(waits: (lane: number) => boolean, may: (lane: number) => boolean): Turn {
    this.wake(waits);
    this.last = this.order.findLast((lane) => waits(lane));
    const creditor = this.debt > DEBT_BYTES_MAX ? this.last : undefined;
    const { shares } = this;
    let best: number | undefined;
    for (const lane of this.order) {
      if (!waits(lane)) continue;
      if (creditor !== undefined && shares[lane]!.priority > 0) break;
      if (!may(lane)) continue;
      if (best === undefined) best = lane;
      else if (shares[lane]!.priority > shares[best]!.priority) break;
      else if (this.passes[lane]! < this.passes[best]!) best = lane;
    }
    if (best !== undefined) return best;
    if (creditor === undefined) return "none";
    return may(creditor) ? creditor : "held";
  }

  /** The lane whose turn it was has sent so many bytes. */
  spend(lane: number, bytes: number): void {
    const { shares, last } = this;
    this.passes[lane]! += bytes / shares[lane]!.weight;
    if (last === undefined || shares[last]!.priority === 0) return;
    if (lane === last) this.debt = Math.max(0, this.debt - bytes);
    else if (shares[lane]!.priority < shares[last]!.priority) this.debt += DEBT_SHARE * bytes;
  }

  /** Whoever begins to wait begins where those of its priority are; the first of all, at zero. */
  private wake(waits: (lane: number) => boolean): void {
    for (const lane of this.order) {
      const isWaiting = waits(lane);
      if (isWaiting && this.wasWaiting[lane] === 0) this.join(lane);
      this.wasWaiting[lane] = isWaiting ? 1 : 0;
    }
  }

  private join(lane: number): void {
    const { passes, wasWaiting } = this;
    const peers = this.order.filter((other) => this.shares[other]!.priority === this.shares[lane]!.priority);
    const waiting = peers.filter((peer) => wasWaiting[peer] === 1);
    if (waiting.length === 0) for (const peer of peers) passes[peer] = 0;
    else passes[lane] = Math.max(passes[lane]!, Math.min(...waiting.map((peer) => passes[peer]!)));
  }
}
