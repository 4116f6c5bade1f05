import { expect, test } from "vitest";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { run } from "./engine/run.ts";

test("where a segment is held up for 150 ms every 4 s, the inputs in it are late, and of those behind it fewer than 1 in 200", () => {
  const stalls = Array.from({ length: 6 }, (_, i) => ({ atMs: 6_000 + 4_000 * i, lastsMs: 150 }));
  const link = { downMbit: 20, upMbit: 5, rttMs: 60, jitterMs: 15, stalls };

  const { lateInputShare, lateInputShareOutsideStalls } = run({
    game: arenaRules,
    play: () => IDLE_INPUT,
    players: 2,
    link,
    seed: 1,
    seconds: 25,
  });

  expect(lateInputShare).toBeGreaterThan(0.02);
  expect(lateInputShare).toBeLessThan(0.045);
  expect(lateInputShareOutsideStalls).toBeLessThan(0.005);
});
