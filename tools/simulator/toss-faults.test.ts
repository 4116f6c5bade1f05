import { expect, test } from "vitest";
import { runFaults } from "./engine/faults/run-faults.ts";
import { DrawnOnce } from "./engine/invariants/drawn-once.ts";
import { gameInvariants } from "./engine/invariants/game-invariants.ts";
import type { InvariantMaker } from "./engine/invariants/invariant.ts";
import type { Play } from "./engine/played-game.ts";
import { tossGame, type TossTypes, type Wish } from "./toss-game.ts";

test.each([1, 2, 3, 4])(
  "seed %i of tossing under faults: all that must hold does, and what is a player's own is drawn once",
  async (seed) => {
    const game = await tossGame();
    const drawnOnce: InvariantMaker<TossTypes> = (session, tell) => new DrawnOnce(session, tell, game);
    const wishes = new WeakMap<object, Wish>();
    const play: Play<TossTypes> = (client, random) => {
      const last = wishes.get(client);
      if (last !== undefined && random.below(10) > 0) return last;
      const wish = { dx: random.below(3) - 1, throws: random.below(2) === 0, shoots: random.below(2) === 0 };
      wishes.set(client, wish);
      return wish;
    };

    const report = runFaults({ game, play, seed, invariants: [...gameInvariants(game), drawnOnce] });

    expect(report.brokenInvariants).toEqual([]);
    expect(report.packets).toBeGreaterThan(1_000);
  },
);
