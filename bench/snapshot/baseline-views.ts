import { copyDecodedView, createDecodedView, type DecodedView } from "./decoded-view.ts";
import { LAG_TICKS_MAX, type Lag } from "./lag.ts";
import type { Step } from "./step.ts";

/** What one client knew in the last ticks, so that a snapshot finds the baseline that it is a difference to. */
export class BaselineViews {
  private readonly views: readonly DecodedView[];

  constructor(lag: Lag) {
    // With a lag of 1 the view is changed in place, as a client would.
    const kept = lag === "1" ? 1 : LAG_TICKS_MAX + 1;
    this.views = Array.from({ length: kept }, createDecodedView);
  }

  /** The view to decode a snapshot into: it says what the snapshot's baseline says. */
  viewFor({ tick, lagTicks }: Step): DecodedView {
    const view = this.viewAt(tick);
    const baseline = this.viewAt(tick - lagTicks);
    if (lagTicks === 0) view.isInView.fill(0);
    else if (baseline !== view) copyDecodedView(baseline, view);
    return view;
  }

  private viewAt(tick: number): DecodedView {
    return this.views[tick % this.views.length]!;
  }
}
