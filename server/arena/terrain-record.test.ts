import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { digAsTold } from "../../shared/arena/digging.ts";
import { growTerrain } from "../../shared/arena/terrain-growth.ts";
import { BLOCKS, CELLS_PER_BLOCK, Terrain } from "../../shared/arena/terrain.ts";
import { decodeServerMessage, TERRAIN_EDITS_MAX } from "../../shared/schema/generated/arena.ts";
import type { Crater, ServerMessage } from "../../shared/schema/generated/arena.ts";
import { dugMessages, TerrainRecord } from "./terrain-record.ts";

test("a newcomer who gets baseline and edits, in any tick, and then what is dug, has the server's cells", () => {
  const terrain = growTerrain(1);
  const record = new TerrainRecord(terrain, 0);
  const rng = new Rng(2);
  const mirrors: Terrain[] = [];

  for (let tick = 1; tick <= 600; tick++) {
    if (tick % 200 === 100) mirrors.push(mirrorOf(record));
    const craters = digSome(terrain, rng, rng.below(150));
    record.add(craters, terrain, tick);
    for (const message of dugMessages(craters).map(decoded)) for (const mirror of mirrors) digAsTold(mirror, message);
  }

  expect(record.baselineTick).toBeGreaterThan(100);
  expect(mirrors).toHaveLength(3);
  for (const mirror of mirrors) expect(Buffer.compare(mirror.cells, terrain.cells)).toBe(0);
});

test("4,096 edits are kept; the next one makes a new baseline of the cells as they are, with no edits", () => {
  const terrain = growTerrain(1);
  const record = new TerrainRecord(terrain, 0);
  const crater = { x: 1, y: 1, radius: 1 };

  record.add(
    Array.from({ length: TERRAIN_EDITS_MAX }, () => crater),
    terrain,
    7,
  );
  const before = [record.baselineTick, record.editCount, record.editMessages().length];
  const old = record.baseline;
  terrain.cells[0] = 1;
  record.add([crater], terrain, 8);

  expect(before).toEqual([0, 4096, 4]);
  expect([record.baselineTick, record.editCount, record.editMessages().length]).toEqual([8, 0, 0]);
  expect([old[0], record.baseline[0]]).toEqual([0, 1]);
});

test("1,024 edits are one message of 3,075 bytes; 256 craters of a tick are two messages, the first of 767 bytes", () => {
  const record = new TerrainRecord(new Terrain(), 0);
  const craters = Array.from({ length: 1024 }, (_, x) => ({ x, y: 1023 - x, radius: x % 16 }));
  record.add(craters, new Terrain(), 1);

  expect(record.editMessages().map(({ length }) => length)).toEqual([3_075]);
  expect(dugMessages(craters.slice(0, 256)).map(({ length }) => length)).toEqual([767, 5]);
  expect(dugMessages([])).toEqual([]);
});

test("only what was dug just now is told as such: one may see it break", () => {
  const record = new TerrainRecord(new Terrain(), 0);
  const crater = { x: 5, y: 6, radius: 4 };
  record.add([crater], new Terrain(), 1);
  const mirror = Terrain.unknown();

  const messages = [...record.editMessages(), ...dugMessages([crater])].map(decoded);

  expect(messages.map((message) => digAsTold(mirror, message))).toEqual([[], [crater]]);
});

function mirrorOf(record: TerrainRecord): Terrain {
  const mirror = Terrain.unknown();
  for (const message of record.editMessages().map(decoded)) digAsTold(mirror, message);
  for (let block = 0; block < BLOCKS; block++) {
    mirror.learn(block, record.baseline.subarray(block * CELLS_PER_BLOCK, (block + 1) * CELLS_PER_BLOCK));
  }
  return mirror;
}

function digSome(terrain: Terrain, rng: Rng, count: number): Crater[] {
  const craters = Array.from({ length: count }, () => {
    return { x: rng.below(1024), y: rng.below(1024), radius: rng.below(5) };
  });
  return craters.filter((crater) => terrain.dig(crater) > 0);
}

function decoded(message: Uint8Array): ServerMessage {
  return decodeServerMessage(message)!;
}
