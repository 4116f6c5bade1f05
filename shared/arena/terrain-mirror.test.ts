import { expect, test } from "vitest";
import { TerrainMirror } from "./terrain-mirror.ts";
import { RECORD_BYTES, TERRAIN_BYTES, TERRAIN_TRANSFER } from "./terrain-stream.ts";

const OFFER = { name: TERRAIN_TRANSFER, size: TERRAIN_BYTES };

test("a mirror takes one terrain and nothing else", () => {
  const mirror = new TerrainMirror();

  expect(mirror.receiveBulk({ name: "music", size: TERRAIN_BYTES })).toBeUndefined();
  expect(mirror.receiveBulk(OFFER)).toBeDefined();
  expect(mirror.receiveBulk(OFFER)).toBeUndefined();
});

test("what arrives is in all worlds of its game, and what is dug out of it as well", () => {
  const mirror = new TerrainMirror();
  const worlds = [mirror.game.createWorld(1), mirror.game.createWorld(2)];
  const crater = { x: 3, y: 3, radius: 0 };

  mirror.receiveBulk(OFFER)?.write(new Uint8Array(RECORD_BYTES).fill(1).fill(0, 0, 2));
  const dug = mirror.hear({ type: "TerrainDug", value: { craters: [crater] } });

  expect(dug).toEqual([crater]);
  expect(mirror.arrivedShare).toBe(1 / 256);
  expect(worlds.map(({ terrain }) => [terrain.isKnown[0], terrain.kindAt(2, 3), terrain.kindAt(3, 3)])).toEqual([
    [1, 1, 0],
    [1, 1, 0],
  ]);
});

test("a transfer that breaks off leaves what has arrived, and says how it ended", () => {
  const mirror = new TerrainMirror();
  expect(mirror.outcome).toBe("arriving");

  mirror.receiveBulk(OFFER)?.end("cancelled");

  expect([mirror.outcome, mirror.arrivedShare]).toEqual(["cancelled", 0]);
});
