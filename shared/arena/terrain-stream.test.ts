import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { RECORD_BYTES, TerrainSink } from "./terrain-stream.ts";
import { BLOCKS, ORE, Terrain } from "./terrain.ts";

test.each([
  ["a block that there is", record(255, ORE), "arriving", 2],
  ["a block beyond the last one", record(256, 0), "broken", 1],
  ["a block that is there already", record(3, 0), "broken", 1],
  ["a kind of rock that there is not", record(7, ORE + 1), "broken", 1],
  ["a cell that says it is unknown", record(7, 255), "broken", 1],
] as const)("%s, after a good one: what the sink makes of it", (_name, bytes, outcome, blocks) => {
  const { sink } = arriving();
  sink.write(record(3, 1));

  sink.write(bytes);
  sink.write(record(9, 1).subarray(0, RECORD_BYTES - 1));

  expect([sink.outcome, sink.arrivedBlocks]).toEqual([outcome, blocks]);
});

test.each([
  ["cancelled", "cancelled"],
  ["lost", "lost"],
  ["done", "broken"],
] as const)("a transfer that ends as %s after 1 of 256 blocks is %s, and takes no more", (ending, outcome) => {
  const { sink, terrain } = arriving();
  sink.write(record(3, 1));

  sink.end(ending);
  sink.write(record(4, 1));
  sink.end("done");

  expect([sink.outcome, sink.arrivedBlocks, terrain.isKnown[4]]).toEqual([outcome, 1, 0]);
});

test("a record may come byte by byte, and two and a half in one write", () => {
  const { sink, terrain } = arriving();
  for (const byte of record(5, 2)) sink.write(Uint8Array.of(byte));
  const three = new Uint8Array([...record(6, 1), ...record(7, 0), ...record(8, 2)]);

  sink.write(three.subarray(0, 2.5 * RECORD_BYTES));
  expect(sink.arrivedBlocks).toBe(3);
  sink.write(three.subarray(2.5 * RECORD_BYTES));

  expect(sink.arrivedBlocks).toBe(4);
  expect([5, 6, 7, 8].map((block) => terrain.rockCounts[block])).toEqual([4096, 4096, 0, 4096]);
});

test("bytes by chance are never more than a broken terrain: 200 streams", () => {
  const rng = new Rng(9);

  for (let stream = 0; stream < 200; stream++) {
    const { sink, terrain } = arriving();
    for (let write = 0; write < 20; write++) {
      sink.write(Uint8Array.from({ length: rng.below(3_000) }, () => rng.below(rng.below(256) + 1)));
    }
    sink.end("done");
    expect(sink.outcome).toBe("broken");
    expect(terrain.isKnown.filter((known) => known === 1)).toHaveLength(sink.arrivedBlocks);
    expect(sink.arrivedBlocks).toBeLessThanOrEqual(BLOCKS);
  }
});

function arriving(): { sink: TerrainSink; terrain: Terrain } {
  const terrain = Terrain.unknown();
  return { sink: new TerrainSink(terrain), terrain };
}

function record(block: number, kind: number): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES).fill(kind);
  bytes[0] = block & 255;
  bytes[1] = block >> 8;
  return bytes;
}
