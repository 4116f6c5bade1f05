import { expect, test } from "vitest";
import { copyRows, FIELDS } from "./row.ts";
import { createDecodedView, differenceOf, type DecodedView } from "./decoded-view.ts";
import { createScene } from "./scene.ts";

const step = createScene({ motion: "smooth", view: "near", lag: "1", ticks: 1 }).steps[0]![0]!;

function rightView(): DecodedView {
  const view = createDecodedView();
  copyRows(step.rows, view.rows);
  for (const id of step.ids) view.isInView[id] = 1;
  return view;
}

test("the right view has no difference, whatever its rows say of entities out of view", () => {
  const view = rightView();
  view.rows.x[view.isInView.indexOf(0)] = 99;

  expect(differenceOf(step, view)).toBeUndefined();
});

test.each(FIELDS)("a wrong %s is found", (field) => {
  const view = rightView();
  const id = step.ids[1]!;
  const right = view.rows[field][id]!;
  view.rows[field][id] = right + 1;

  expect(differenceOf(step, view)).toBe(`entity ${id}: ${field} is ${right + 1}, not ${right}`);
});

test("an entity too few and one too many are found", () => {
  const [missing, stranger] = [rightView(), rightView()];
  const strange = stranger.isInView.indexOf(0);
  missing.isInView[step.ids[0]!] = 0;
  stranger.isInView[strange] = 1;

  expect(differenceOf(step, missing)).toBe(`entity ${step.ids[0]!} is not in view`);
  expect(differenceOf(step, stranger)).toBe(`entity ${strange} is still in view`);
});
