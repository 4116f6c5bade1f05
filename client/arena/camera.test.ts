import { expect, test } from "vitest";
import { Camera } from "./camera.ts";

const DISPLAY_FRAME_SECONDS = 1 / 60;

test.each([
  [1440, 900, 1280, 800],
  [390, 844, 800, 1731.3],
  [900, 900, 1200, 1200],
  [3440, 1440, 1911.1, 800],
  [1200, 800, 1200, 800],
])("a screen of %i × %i pixels shows %f × %f units, undistorted", (width, height, unitsAcross, unitsDown) => {
  const camera = new Camera(0, 0);

  camera.resize(width, height);

  expect(camera.halfWidth * 2).toBeCloseTo(unitsAcross, 1);
  expect(camera.halfHeight * 2).toBeCloseTo(unitsDown, 1);
});

test("what is 880 units from the ship is seen clearly, at 940 half, and at 1,000 no more, also once the ship is gone", () => {
  const camera = new Camera(2000, 2000);
  camera.follow(still(500, 600), DISPLAY_FRAME_SECONDS);
  camera.follow(undefined, DISPLAY_FRAME_SECONDS);

  const clarities = [0, 880, 940, 1000, 1200].map((distance) => camera.clarityAt(500, 600 + distance));

  expect(clarities).toEqual([1, 1, 0.5, 0, 0]);
});

test("the middle of the world's view is the middle of the screen", () => {
  const camera = new Camera(2048, 1000);
  camera.resize(1440, 900);

  expect([camera.screenX(2048), camera.screenY(1000)]).toEqual([720, 450]);
  expect(camera.screenX(2048 + 100)).toBeCloseTo(720 + 112.5);
});

test("a ship at rest is in the middle, and stays there", () => {
  const camera = new Camera(500, 600);

  for (let count = 0; count < 60; count++) camera.follow(still(500, 600), DISPLAY_FRAME_SECONDS);

  expect([camera.x, camera.y]).toEqual([500, 600]);
});

test("to a new ship 1,000 units away the camera cuts, glides the last 240 within 2 s, and never overshoots", () => {
  const camera = new Camera(500, 600);
  const path: number[] = [];

  for (let count = 0; count < 120; count++) {
    camera.follow(still(1500, 600), DISPLAY_FRAME_SECONDS);
    path.push(camera.x);
  }

  expect(path).toEqual([...path].sort((a, b) => a - b));
  expect(path[0]).toBeGreaterThan(1260);
  expect(path[0]).toBeLessThan(1265);
  expect(path.at(-1)).toBeGreaterThan(1499);
  expect(path.at(-1)).toBeLessThanOrEqual(1500);
});

test("at 300 units/s the camera looks 66 units ahead, at 3,000 no more than 80", () => {
  const leads = [300, 3000].map((vx) => {
    const camera = new Camera(500, 600);
    for (let count = 0; count < 240; count++) camera.follow({ x: 500, y: 600, vx, vy: 0 }, DISPLAY_FRAME_SECONDS);
    return camera.x - 500;
  });

  expect(leads[0]).toBeCloseTo(66, 2);
  expect(leads[1]).toBeCloseTo(80, 2);
});

test("one slow frame of 100 ms leads to the same place as ten of 10 ms", () => {
  const [slow, quick] = [new Camera(0, 0), new Camera(0, 0)];

  slow.follow(still(150, 0), 0.1);
  for (let count = 0; count < 10; count++) quick.follow(still(150, 0), 0.01);

  expect(slow.x).toBeCloseTo(quick.x, 6);
});

test("without a ship the camera stays", () => {
  const camera = new Camera(500, 600);
  camera.follow({ x: 500, y: 600, vx: 300, vy: 0 }, DISPLAY_FRAME_SECONDS);
  const x = camera.x;

  camera.follow(undefined, 1);

  expect(camera.x).toBe(x);
});

function still(x: number, y: number): { x: number; y: number; vx: number; vy: number } {
  return { x, y, vx: 0, vy: 0 };
}
