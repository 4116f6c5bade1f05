import { expect, test } from "vitest";
import { entropyBits, ResidualCounts } from "./entropy.ts";

test("symbols in halves, quarters and eighths cost 1, 2 and 3 bits each", () => {
  expect(entropyBits([4, 2, 1, 1])).toBe(4 * 1 + 2 * 2 + 1 * 3 + 1 * 3);
});

test("a symbol that always comes costs nothing, and one that never came counts for nothing", () => {
  expect(entropyBits([1000])).toBe(0);
  expect(entropyBits([5, 0, 5])).toBe(10);
  expect(entropyBits([])).toBe(0);
});

test("a context that decides its symbol makes it free: 200 symbols cost 200 bits together, and none apart", () => {
  const [together, apart] = [new ResidualCounts(), new ResidualCounts()];
  for (let time = 0; time < 100; time++) {
    for (const symbol of [-1, 1]) {
      together.add("any", symbol);
      apart.add(symbol < 0 ? "left" : "right", symbol);
    }
  }

  expect(together.bits).toBe(200);
  expect(apart.bits).toBe(0);
});

test("bits stand context by context, and sum up", () => {
  const counts = new ResidualCounts();
  counts.add("x", 0, 8);
  counts.add("x", 1, 8);
  counts.add("y", 0, 3);
  counts.add("y", 0);

  expect([...counts.bitsByContext()]).toEqual([
    ["x", 16],
    ["y", 0],
  ]);
  expect(counts.bits).toBe(16);
});
