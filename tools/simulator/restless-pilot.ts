import type { Rng } from "#engine/shared";
import { aimOfHeading, DIRECTIONS, IDLE_INPUT } from "../../shared/arena/movement.ts";
import type { ArenaInput } from "../../shared/schema/generated/arena.ts";

/** Ticks from one change of mind to the next: at the longest, well over twice a second. */
const STEADY_TICKS_MIN = 3;
const STEADY_TICKS_MAX = 12;

/** A pilot without a plan: it thrusts, turns and fires by chance, and is harder to foresee than anybody. */
export class RestlessPilot {
  private readonly rng: Rng;
  private wanted = IDLE_INPUT;
  private untilTick = 0;

  constructor(rng: Rng) {
    this.rng = rng;
  }

  /** What it wants in `tick`, which rises from call to call. */
  wants(tick: number): ArenaInput {
    if (tick < this.untilTick) return this.wanted;
    const { rng } = this;
    this.untilTick = tick + STEADY_TICKS_MIN + rng.below(STEADY_TICKS_MAX - STEADY_TICKS_MIN + 1);
    this.wanted = {
      ...IDLE_INPUT,
      thrust: rng.below(2) === 0,
      turn: rng.below(3) - 1,
      fire: rng.below(3) === 0,
      beam: rng.below(4) === 0,
      aim: aimOfHeading(rng.below(DIRECTIONS.steps)),
    };
    return this.wanted;
  }
}
