import { expect, test } from "vitest";
import { ArenaControls } from "./arena-controls.ts";

const REST = { thrust: false, reverse: false, fire: false, beam: false, aims: false, turn: 0, aim: 0 };

test("untouched controls want nothing", () => {
  const controls = new ArenaControls();

  expect(controls.take()).toEqual(REST);
  expect(controls.hasBeenUsed).toBe(false);
});

test.each([
  ["KeyW", { thrust: true }],
  ["ArrowUp", { thrust: true }],
  ["KeyS", { reverse: true }],
  ["ArrowDown", { reverse: true }],
  ["KeyA", { turn: -1 }],
  ["ArrowLeft", { turn: -1 }],
  ["KeyD", { turn: 1 }],
  ["ArrowRight", { turn: 1 }],
  ["Space", { fire: true }],
  ["KeyE", { beam: true }],
])("%s acts while it is held, and no longer", (code, wanted) => {
  const controls = new ArenaControls();

  expect(controls.pressKey(code)).toBe(true);
  expect(controls.take()).toEqual({ ...REST, ...wanted });

  controls.releaseKey(code);
  expect(controls.take()).toEqual(REST);
});

test.each(["KeyQ", "Enter", "toString"])("%s is left to the page", (code) => {
  const controls = new ArenaControls();

  expect(controls.pressKey(code)).toBe(false);
  expect(controls.take()).toEqual(REST);
});

test("W and the up arrow together thrust until both are released", () => {
  const controls = new ArenaControls();
  controls.pressKey("KeyW");
  controls.pressKey("ArrowUp");

  controls.releaseKey("KeyW");
  expect(controls.take().thrust).toBe(true);

  controls.releaseKey("ArrowUp");
  expect(controls.take().thrust).toBe(false);
});

test("what is pressed and released between two ticks counts in the next, once, unless the page loses the player", () => {
  const controls = new ArenaControls();
  controls.pressKey("KeyE");
  controls.releaseKey("KeyE");
  controls.pressPointer();
  controls.releasePointer();

  expect(controls.peek()).toEqual({ ...REST, beam: true, fire: true });
  expect(controls.take()).toEqual({ ...REST, beam: true, fire: true });
  expect(controls.take()).toEqual(REST);

  controls.pressKey("Space");
  controls.releaseAll();
  expect(controls.take()).toEqual(REST);
});

test("left and right together turn nowhere", () => {
  const controls = new ArenaControls();
  controls.pressKey("KeyA");
  controls.pressKey("KeyD");

  expect(controls.take().turn).toBe(0);
});

test("the pointer aims from the ship: right is 0, down a quarter of 65,536 steps, up three quarters", () => {
  const controls = new ArenaControls();
  controls.shipIsAt(700, 400);
  const aims = [
    [900, 400],
    [700, 500],
    [700, 300],
  ].map(([x, y]) => {
    controls.movePointer(x!, y!);
    return controls.take();
  });

  expect(aims.map(({ aim }) => aim)).toEqual([0, 16_384, 49_152]);
  expect(aims.every((input) => input.aims)).toBe(true);
});

test("a turn key takes the aim from the pointer, and 5 pixels of movement after it give it back", () => {
  const controls = new ArenaControls();
  controls.movePointer(100, 100);
  controls.pressKey("KeyA");
  expect(controls.take()).toMatchObject({ aims: false, turn: -1 });

  controls.movePointer(300, 100);
  expect(controls.take().aims).toBe(false);
  controls.releaseKey("KeyA");
  controls.pressKey("KeyD");
  controls.releaseKey("KeyD");
  controls.movePointer(304, 100);
  expect(controls.take().aims).toBe(false);
  controls.movePointer(305, 100);
  expect(controls.take().aims).toBe(true);
});

test("the left button fires while it is held", () => {
  const controls = new ArenaControls();

  controls.pressPointer();
  expect(controls.take().fire).toBe(true);

  controls.releasePointer();
  expect(controls.take().fire).toBe(false);
});

test("when the page loses the focus nothing stays pressed", () => {
  const controls = new ArenaControls();
  for (const code of ["KeyW", "KeyD", "Space"]) controls.pressKey(code);
  controls.pressPointer();

  controls.releaseAll();

  expect(controls.take()).toEqual(REST);
});
