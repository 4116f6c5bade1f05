import { expect, test } from "vitest";
import { Camera } from "./camera.ts";
import { edgePoint } from "./foe-markers.ts";

test("a ship on the screen needs no marker, one 10 units beyond its edge has one", () => {
  const camera = cameraAt(2000, 2000);

  expect(edgePoint(camera, 2599, 2000)).toBeUndefined();
  const marker = edgePoint(camera, 2610, 2000);
  expect(marker).toMatchObject({ x: 2582, y: 2000, angle: 0 });
  expect(marker?.beyond).toBeCloseTo(28, 9);
});

test.each([
  [2900, 2000],
  [1100, 2300],
  [2000, 1200],
  [2700, 2500],
  [1200, 1300],
])("the marker of a ship at (%i, %i) is on the screen, on the way there", (x, y) => {
  const camera = cameraAt(2000, 2000);

  const marker = edgePoint(camera, x, y)!;

  expect(Math.abs(marker.x - 2000)).toBeLessThanOrEqual(582);
  expect(Math.abs(marker.y - 2000)).toBeLessThanOrEqual(382);
  expect(Math.atan2(marker.y - 2000, marker.x - 2000)).toBeCloseTo(Math.atan2(y - 2000, x - 2000), 9);
});

/** 1,200 × 800 units on as many pixels. */
function cameraAt(x: number, y: number): Camera {
  const camera = new Camera(x, y);
  camera.resize(1200, 800);
  return camera;
}
