import type { GameTypes } from "#engine/shared";
import type { SimulatedSession } from "../simulated-session.ts";
import { watchInvariants } from "./game-invariants.ts";
import type { BrokenInvariant, InvariantMaker } from "./invariant.ts";

/** An invariant that did not hold: where it was first, and how often. */
export interface OftenBroken extends BrokenInvariant {
  readonly times: number;
}

/** What did not hold in a session. */
export interface BrokenCount {
  /** How often something did not hold that must in every session. */
  readonly invariantsBroken: number;
  /** What that was: each invariant once, in the order of finding. */
  readonly brokenInvariants: readonly OftenBroken[];
}

/** Counts what does not hold in a session whose players all stay, from now until `end` is called. */
export function countBroken<Types extends GameTypes>(
  session: SimulatedSession<Types>,
  makers: readonly InvariantMaker<Types>[],
): { readonly end: () => BrokenCount } {
  const broken = new Map<string, OftenBroken>();
  const { room, players } = session;
  const watched = { room, players, hasLeft: () => false, watch: session.watch.bind(session) };
  const invariants = watchInvariants(makers, watched, (invariant, atMs, player, says) => {
    const first = broken.get(invariant) ?? { invariant, atMs, player, says, times: 0 };
    broken.set(invariant, { ...first, times: first.times + 1 });
  });
  return {
    end: () => {
      for (const invariant of invariants) invariant.onEnd?.(session.network.nowMs);
      const brokenInvariants = [...broken.values()];
      return { invariantsBroken: brokenInvariants.reduce((sum, { times }) => sum + times, 0), brokenInvariants };
    },
  };
}
