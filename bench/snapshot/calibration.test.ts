import { expect, test } from "vitest";
import { measureCalibration } from "./calibration-figures.ts";
import { deviationsOf, DOCUMENTED } from "./calibration.ts";

test("this world is the documented one: all seven figures are within 3 %", async () => {
  const measured = await measureCalibration();

  expect(deviationsOf(measured)).toEqual([]);
  expect(measured.velocityChangesPercent).toBeCloseTo(29.4, 1);
  expect(measured.visible).toBeCloseTo(51.8, 1);
  expect(measured.churn).toBeCloseTo(0.73, 2);
  expect(measured.fixedRecordsBytes).toBe(13.002);
  expect(measured.jsonDeltaBytes).toBeCloseTo(38.75, 1);
  expect(measured.colyseusBytes).toBeCloseTo(11.53, 1);
});

test("2.9 % off is this world, and 3.1 % off is another, whichever way", () => {
  const off = (part: number): unknown =>
    deviationsOf({ ...DOCUMENTED, visible: DOCUMENTED.visible * (1 + part) }).map(({ figure }) => figure);

  expect([off(0.029), off(-0.029)]).toEqual([[], []]);
  expect([off(0.031), off(-0.031), off(NaN)]).toEqual([["visible"], ["visible"], ["visible"]]);
});
