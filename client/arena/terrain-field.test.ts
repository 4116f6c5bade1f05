import { expect, test } from "vitest";
import { growTerrain } from "../../shared/arena/terrain-growth.ts";
import { cellIndex, ORE, STONE, Terrain } from "../../shared/arena/terrain.ts";
import { FIELD_BYTES, FIELD_MARGIN, FIELD_SIDE, TerrainField } from "./terrain-field.ts";
import type { FreshCrater } from "./terrain-field.ts";

const BLOCK = 17;
const LEFT = 64;

test("far inside rock all is rock; at a straight wall three quarters, beside it one, and two cells off none", () => {
  const { picture } = fieldOf(wallTo(96));

  expect([80, 95, 96, 97].map((x) => texelAt(picture, x, 96)[0])).toEqual([255, 191, 63, 0]);
});

test("the slope rises over 9 cells: half of them are rock at the wall", () => {
  const { picture } = fieldOf(wallTo(96));

  const slope = [90, 92, 95, 96, 99, 100].map((x) => Math.round((texelAt(picture, x, 96)[1] * 9) / 255));

  expect(slope).toEqual([9, 8, 5, 4, 1, 0]);
});

test("ore is told from stone", () => {
  const terrain = wallTo(96);
  for (let y = 64; y < 128; y++) for (let x = 64; x < 80; x++) terrain.cells[cellIndex(x, y)] = ORE;
  const { picture } = fieldOf(terrain);

  expect([70, 90, 110].map((x) => texelAt(picture, x, 96)[3])).toEqual([255, 0, 0]);
});

test("a block of open space has nothing to draw, one beside rock draws the edge that reaches over", () => {
  expect(fieldOf(new Terrain()).hasRock).toBe(false);
  expect(fieldOf(wallTo(64)).hasRock).toBe(true);
  expect(fieldOf(wallTo(61)).hasRock).toBe(false);
});

test("neighbours see the same where their pictures overlap: a grown world has no seams", () => {
  const terrain = growTerrain(7);
  const field = new TerrainField();
  let differing = 0;

  for (let block = 0; block < 255; block += 1) {
    if (block % 16 === 15) continue;
    const [left, right] = [block, block + 1].map((at) => {
      const picture = new Uint8Array(FIELD_BYTES);
      field.fill(terrain, at, [], picture);
      return picture;
    });
    for (let row = 0; row < FIELD_SIDE; row++) {
      for (let column = 0; column < 2 * FIELD_MARGIN; column++) {
        const inLeft = (row * FIELD_SIDE + FIELD_SIDE - 2 * FIELD_MARGIN + column) * 4;
        const inRight = (row * FIELD_SIDE + column) * 4;
        if (left![inLeft] !== right![inRight] && terrain.isKnown[block] === 1) differing += 1;
      }
    }
  }

  expect(differing).toBe(0);
});

test("what is not known is no rock in a picture: it is drawn as what it is", () => {
  const terrain = Terrain.unknown();
  terrain.learn(BLOCK, new Uint8Array(4096));

  expect(fieldOf(terrain).hasRock).toBe(false);
});

test("a fresh crater marks its edge, the fresher the more, and not what is 4 cells beyond", () => {
  const crater = { x: 96, y: 96, radius: 4 };
  const marks = [1, 0.5].map((freshness) => {
    const { picture } = fieldOf(wallTo(128), [{ crater, freshness }]);
    return [96, 100, 103].map((x) => texelAt(picture, x, 96)[2]);
  });

  expect(marks).toEqual([
    [255, 255, 0],
    [127, 127, 0],
  ]);
});

/** Stone in all cells with an x below this. */
function wallTo(x: number): Terrain {
  const terrain = new Terrain();
  for (let cellY = 0; cellY < 1024; cellY++) {
    for (let cellX = 0; cellX < x; cellX++) terrain.cells[cellIndex(cellX, cellY)] = STONE;
  }
  return terrain;
}

function fieldOf(terrain: Terrain, fresh: readonly FreshCrater[] = []): { picture: Uint8Array; hasRock: boolean } {
  const picture = new Uint8Array(FIELD_BYTES);
  const hasRock = new TerrainField().fill(terrain, BLOCK, fresh, picture);
  return { picture, hasRock };
}

function texelAt(picture: Uint8Array, cellX: number, cellY: number): [number, number, number, number] {
  const texel = ((cellY - LEFT + FIELD_MARGIN) * FIELD_SIDE + cellX - LEFT + FIELD_MARGIN) * 4;
  return [picture[texel]!, picture[texel + 1]!, picture[texel + 2]!, picture[texel + 3]!];
}
