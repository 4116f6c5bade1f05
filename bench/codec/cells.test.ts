import { expect, test } from "vitest";
import { cellsOf, pairsOf } from "./cells.ts";
import type { Finding } from "./job.ts";

function finding(contender: string, encode: number[], decode: number[], fixture = "F1"): Finding {
  return { contender, contract: "owned", fixture, bytes: 11, encode, decode };
}

test("a cell is the median of its rounds' medians, and an allocation stands beside it", () => {
  const rounds = [finding("hand", [10, 30, 20], [5]), finding("hand", [40], [7]), finding("hand", [21], [6])];

  expect(cellsOf(rounds, [finding("hand", [104.4], [64])])).toEqual([
    {
      fixture: "F1",
      contender: "hand",
      encodePerSecond: 21,
      decodePerSecond: 6,
      bytes: 11,
      encodeAllocatedBytes: 104,
      decodeAllocatedBytes: 64,
      contract: "owned",
      encodeSpread: 19 / 21,
      decodeSpread: 1 / 6,
    },
  ]);
});

test("where nobody counted there is null, not zero", () => {
  expect(cellsOf([finding("hand", [1], [1])], [])[0]).toMatchObject({
    encodeAllocatedBytes: null,
    decodeAllocatedBytes: null,
  });
});

test("a pair's ratio compares slices of the same moment: half as slow for both is no difference", () => {
  const calm = [finding("tickwire", [9, 18], [30]), finding("hand", [10, 20], [30])];
  const busy = [finding("tickwire", [4.5, 4.5], [15]), finding("hand", [5, 5], [10])];

  expect(pairsOf([calm, busy, busy], "tickwire", "hand")).toEqual([
    {
      fixture: "F1",
      encodeRatio: 0.9,
      decodeRatio: 1.5,
      encodeRatios: [0.9, 0.9, 0.9],
      decodeRatios: [1, 1.5, 1.5],
    },
  ]);
});
