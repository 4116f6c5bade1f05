import { expect, test } from "vitest";
import { EntityTable, type SharedGame } from "#engine/shared";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { type ArenaInput, PROTOCOL, Shot } from "../../shared/schema/generated/arena.ts";
import { InputHistory } from "./input-history.ts";
import { OwnView } from "./own-view.ts";

const OWN = 3;
const START_X = 100;
const SPEED = 8;
const PORTAL_X = 300;

interface Range {
  readonly shots: EntityTable<ReturnType<typeof Shot.createColumns>>;
}

interface RangeTypes {
  World: Range;
  Input: ArenaInput;
  ClientMessage: never;
  ServerMessage: never;
}

/** Shots are predicted: each flies on, jumps on with `reverse`, and another one leaves with `fire`. */
function stepOwn({ shots }: Range, playerId: number, { fire, reverse }: ArenaInput): void {
  const { x, owner } = shots.columns;
  for (const slot of shots.slots()) {
    x[slot]! += SPEED;
    if (!reverse) continue;
    x[slot] = PORTAL_X;
    shots.renew(slot);
  }
  const shot = fire ? shots.spawn() : undefined;
  if (shot === undefined) return;
  owner[shot] = playerId;
  x[shot] = START_X;
}

const range: SharedGame<RangeTypes> = {
  protocol: { ...PROTOCOL, entities: [Shot] } as unknown as SharedGame<RangeTypes>["protocol"],
  tickRate: 30,
  createWorld: () => ({ shots: new EntityTable(Shot, 16) }),
  tables: ({ shots }) => [shots],
};

/** A client that has heard of tick 10, and has nothing yet. */
function begun() {
  const newest = range.createWorld(1);
  const view = range.createWorld(1);
  const ownership = {
    ownerOf: ({ shots }: Range, { slot }: { readonly slot: number }) => shots.columns.owner[slot],
    predictedKinds: [0],
    stepOwn,
  };
  const inputs = new InputHistory<ArenaInput>(PROTOCOL.input, 30);
  const own = new OwnView<RangeTypes>({ game: range, ownership, playerId: OWN, newest, inputs });
  own.heard(10);
  return {
    own,
    newest: newest.shots,
    want: (tick: number, wish: Partial<ArenaInput> = {}) => {
      const input = { ...IDLE_INPUT, ...wish };
      inputs.add(tick, input);
      own.step(tick, input);
    },
    drawn: () => {
      view.shots.clear();
      own.show({ view, viewTick: 8, newestTick: 10 }, 0, undefined);
      return [...view.shots.slots()].map((slot) => {
        return { slot, generation: view.shots.generationOf(slot), x: view.shots.columns.x[slot]! };
      });
    },
  };
}

test("a shot that the room has 10 units farther on flows there under its number, and 10 is told as a correction of it", () => {
  const { own, newest, want, drawn } = begun();
  want(11, { fire: true });
  want(12);
  const [before, ...others] = drawn();

  newest.place(5, 0);
  [newest.columns.owner[5], newest.columns.x[5]] = [OWN, START_X + 10];
  const corrections = own.heard(11);
  const at = drawn();
  own.advance(500);
  const after = drawn();

  expect(others).toEqual([]);
  expect(corrections).toEqual([{ kind: 0, slot: before!.slot, generation: before!.generation, dx: 10, dy: 0 }]);
  expect(at).toEqual([before]);
  expect(after).toEqual([{ ...before, x: START_X + SPEED + 10 }]);
});

test("playing inputs again changes no number, and the room's own is as it was predicted: nothing is told", () => {
  const { own, newest, want, drawn } = begun();
  want(11, { fire: true });
  want(12, { fire: true });
  const before = drawn();

  own.heard(10);
  const again = drawn();
  newest.place(7, 3);
  [newest.columns.owner[7], newest.columns.x[7]] = [OWN, START_X];
  const corrections = own.heard(11);

  expect(before).toHaveLength(2);
  expect(again).toEqual(before);
  expect(corrections).toMatchObject([
    { dx: 0, dy: 0 },
    { dx: 0, dy: 0 },
  ]);
  expect(drawn()).toEqual(before);
});

test.each([0, 15])(
  "what is renewed, of generation %i, is drawn there at once, once, with nothing of a correction before",
  (generation) => {
    const { own, newest, want, drawn } = begun();
    newest.place(4, generation);
    [newest.columns.owner[4], newest.columns.x[4]] = [OWN, 50];
    want(11);
    own.heard(10);
    newest.columns.x[4] = 90;
    expect(own.heard(10)).toMatchObject([{ dx: 40 }]);
    expect(drawn()).toEqual([{ slot: 4, generation, x: 50 + SPEED }]);

    want(12, { reverse: true });
    const jumped = drawn();
    // As the wire says it: four bits.
    newest.place(4, (generation + 1) % 16);
    [newest.columns.owner[4], newest.columns.x[4]] = [OWN, PORTAL_X];
    const corrections = own.heard(12);

    expect(jumped).toEqual([{ slot: 4, generation: (generation + 1) % 16, x: PORTAL_X }]);
    expect(corrections).toMatchObject([{ dx: 0, dy: 0 }]);
    expect(drawn()).toEqual(jumped);
  },
);
