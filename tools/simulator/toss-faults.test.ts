import { expect, test } from "vitest";
import type { Part } from "./engine/faults/fault-session.ts";
import { runFaults } from "./engine/faults/run-faults.ts";
import { DrawnOnce } from "./engine/invariants/drawn-once.ts";
import { gameInvariants } from "./engine/invariants/game-invariants.ts";
import type { InvariantMaker } from "./engine/invariants/invariant.ts";
import { tossGame, type TossTypes, type Wish } from "./toss-game.ts";

test.each([1, 2, 3, 4])(
  "seed %i of tossing under faults: all that must hold does, and what is a player's own is drawn once",
  async (seed) => {
    const game = await tossGame();
    const drawnOnce: InvariantMaker<TossTypes> = (session, tell) => new DrawnOnce(session, tell, game);
    const play = ({ rng }: { readonly rng: { below(end: number): number } }): Part<TossTypes> => {
      let wish: Wish | undefined;
      return {
        joinOptions: {},
        readInput: () => {
          if (wish === undefined || rng.below(10) === 0) {
            wish = { dx: rng.below(3) - 1, throws: rng.below(2) === 0, shoots: rng.below(2) === 0 };
          }
          return wish;
        },
      };
    };

    const report = runFaults({ game, play, seed, invariants: [...gameInvariants(game), drawnOnce] });

    expect(report.brokenInvariants).toEqual([]);
    expect(report.packets).toBeGreaterThan(1_000);
  },
);
