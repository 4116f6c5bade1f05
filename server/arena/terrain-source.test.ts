import { Rng } from "#engine/shared";
import type { Viewpoint } from "#engine/shared";
import { expect, test } from "vitest";
import { growTerrain } from "../../shared/arena/terrain-growth.ts";
import { isTerrainOffer, RECORD_BYTES, TERRAIN_BYTES, TerrainSink } from "../../shared/arena/terrain-stream.ts";
import { BLOCKS, Terrain } from "../../shared/arena/terrain.ts";
import { TerrainSource } from "./terrain-source.ts";

const MIDDLE = { x: 2050, y: 2060 };

test("a terrain is 1,049,088 bytes, and a client takes an offer of exactly that", () => {
  const source = new TerrainSource(growTerrain(1).cells, () => MIDDLE);

  expect(source.size).toBe(1_049_088);
  expect(isTerrainOffer(source)).toBe(true);
  expect(isTerrainOffer({ name: "terrain", size: 1_049_087 })).toBe(false);
  expect(isTerrainOffer({ name: "terrain", size: undefined })).toBe(false);
  expect(isTerrainOffer({ name: "music", size: 1_049_088 })).toBe(false);
});

test("with reads and writes split at random and craters dug meanwhile, both sides end with the same cells", () => {
  for (const seed of [1, 2, 3]) {
    const rng = new Rng(seed);
    const world = growTerrain(seed);
    const source = new TerrainSource(world.cells.slice(), () => ({ x: rng.between(0, 4096), y: rng.between(0, 4096) }));
    const mirror = Terrain.unknown();
    const sink = new TerrainSink(mirror);

    for (let offset = 0; offset < TERRAIN_BYTES;) {
      const bytes = source.read(offset, 1 + rng.below(16_384))!;
      offset += bytes.length;
      for (let from = 0; from < bytes.length;) {
        const part = bytes.slice(from, from + 1 + rng.below(6_000));
        sink.write(part);
        from += part.length;
      }
      const crater = { x: rng.below(1024), y: rng.below(1024), radius: rng.below(16) };
      expect(mirror.dig(crater)).toBeGreaterThanOrEqual(world.dig(crater));
    }
    sink.end("done");

    expect(source.read(TERRAIN_BYTES, 1000)).toBeUndefined();
    expect([sink.outcome, sink.arrivedBlocks]).toEqual(["done", BLOCKS]);
    expect(Buffer.compare(mirror.cells, world.cells)).toBe(0);
    expect(mirror.isKnown.every((known) => known === 1)).toBe(true);
  }
});

test("an earlier part that is asked for again is the same, wherever the player has gone since", () => {
  const rng = new Rng(4);
  let place: Viewpoint = MIDDLE;
  const source = new TerrainSource(growTerrain(1).cells, () => place);
  const told = new Uint8Array(TERRAIN_BYTES);
  let reached = 0;

  for (let read = 0; read < 400; read++) {
    place = { x: rng.between(0, 4096), y: rng.between(0, 4096) };
    const offset = read % 3 === 0 ? rng.below(reached + 1) : reached;
    const bytes = source.read(offset, rng.below(9_000)) ?? new Uint8Array(0);
    const known = told.subarray(offset, Math.min(reached, offset + bytes.length));
    expect(Buffer.compare(bytes.subarray(0, known.length), known)).toBe(0);
    told.set(bytes, offset);
    reached = Math.max(reached, offset + bytes.length);
  }

  expect(reached).toBeGreaterThan(500_000);
});

test("the block the player is in comes first, then the eight around it, then those around these", () => {
  const source = new TerrainSource(growTerrain(1).cells, () => MIDDLE);

  const order = Array.from({ length: 25 }, (_, record) => blockAt(source, record));

  expect(order[0]).toBe(8 * 16 + 8);
  expect(order.slice(0, 9).sort(byNumber)).toEqual([119, 120, 121, 135, 136, 137, 151, 152, 153]);
  expect(Math.min(...order)).toBe(102);
  expect(Math.max(...order)).toBe(170);
});

test("who flies on gets what is near then: after 9 blocks in the middle, those of the corner", () => {
  let place: Viewpoint = MIDDLE;
  const source = new TerrainSource(growTerrain(1).cells, () => place);
  blockAt(source, 8);

  place = { x: 10, y: 10 };

  expect([9, 10, 11, 12].map((record) => blockAt(source, record)).sort(byNumber)).toEqual([0, 1, 16, 17]);
});

test("a block has arrived when its last byte is delivered, and not before", () => {
  const source = new TerrainSource(growTerrain(1).cells, () => ({ x: 10, y: 10 }));
  source.read(0, TERRAIN_BYTES);

  const counts = [0, RECORD_BYTES - 1, RECORD_BYTES, 2 * RECORD_BYTES + 7, TERRAIN_BYTES].map((bytes) => {
    source.markDelivered(bytes);
    return source.arrived.filter((known) => known === 1).length;
  });

  expect(counts).toEqual([0, 0, 1, 2, 256]);
  expect(source.isComplete).toBe(true);
});

test("bytes that nobody has asked for cannot have been delivered", () => {
  const source = new TerrainSource(growTerrain(1).cells, () => MIDDLE);
  source.read(0, RECORD_BYTES);

  source.markDelivered(TERRAIN_BYTES);

  expect(source.arrived.filter((known) => known === 1)).toHaveLength(1);
});

function blockAt(source: TerrainSource, record: number): number {
  const [low, high] = source.read(record * RECORD_BYTES, 2)!;
  return low! | (high! << 8);
}

function byNumber(a: number, b: number): number {
  return a - b;
}
