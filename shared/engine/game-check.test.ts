import { expect, test } from "vitest";
import { PROTOCOL, Ship, Shot } from "../schema/generated/arena.ts";
import { checkedTables, checkGame, checkSharedGame, GameDefinitionError } from "./game-check.ts";
import type { AnyEntityTable, GameDefinition } from "./game-definition.ts";
import { EntityTable } from "./replication/entity-table.ts";

interface Range {
  readonly ships: AnyEntityTable;
  readonly shots: AnyEntityTable;
}

const OWNERSHIP = { ownerOf: () => undefined, predictedKinds: [0, 1], stepOwn: () => undefined };
const INTEREST = { radius: 100, viewpoint: () => undefined, isVisible: () => true };
const PLAIN = {
  protocol: { ...PROTOCOL, entities: [Ship, Shot] },
  tickRate: 30,
  createWorld: (): Range => ({ ships: new EntityTable(Ship, 4), shots: new EntityTable(Shot, 8) }),
  tables: ({ ships, shots }: Range): readonly AnyEntityTable[] => [ships, shots],
  ownership: OWNERSHIP,
  addPlayer: () => undefined,
  removePlayer: () => undefined,
  step: () => undefined,
  interest: INTEREST,
  onMessage: () => undefined,
};

/** The game with some members of another kind, as an author without types may write them. */
function gameWith(members: object): GameDefinition {
  return { ...PLAIN, ...members };
}

function mistakeIn(check: (game: GameDefinition) => unknown, members: object): string | undefined {
  try {
    check(gameWith(members));
    return undefined;
  } catch (error) {
    if (error instanceof GameDefinitionError) return error.message;
    throw error;
  }
}

const RATE = "write how many ticks a second has, a whole number from 1 to 120";
const KINDS = "write those of [Ship.kind, Shot.kind] that stepOwn moves";
const SCHEMA = "give the schema an [[input]] struct, and print its PROTOCOL anew";

test.each([
  [{ tickRate: 0 }, { tickRate: 1 }, `game.tickRate is 0: ${RATE}`],
  [{ tickRate: 121 }, { tickRate: 120 }, `game.tickRate is 121: ${RATE}`],
  [{ tickRate: NaN }, { tickRate: 60 }, `game.tickRate is NaN: ${RATE}`],
  [{ tickRate: 12.5 }, { tickRate: 12 }, `game.tickRate is 12.5: ${RATE}`],
  [{ tickRate: "30" }, { tickRate: 30 }, `game.tickRate is "30": ${RATE}`],
  [
    { protocol: undefined },
    {},
    "game.protocol is undefined: write PROTOCOL, which `tickwire codegen` prints for your schema",
  ],
  [{ protocol: { ...PLAIN.protocol, input: undefined } }, {}, `game.protocol.input is undefined: ${SCHEMA}`],
  [
    { protocol: { ...PLAIN.protocol, entities: undefined } },
    { protocol: { ...PLAIN.protocol, entities: [] }, ownership: undefined },
    `game.protocol.entities is undefined: ${SCHEMA}`,
  ],
  [
    { createWorld: { ships: 4 } },
    {},
    "game.createWorld is an object: write a function, (seed) => a world with its tables, and without entities",
  ],
  [{ tables: [] }, {}, "game.tables is an array of 0: write a function, (world) => [Ship, Shot], its tables"],
  [
    { ownership: 7 },
    { ownership: undefined },
    "game.ownership is 7: write { ownerOf, predictedKinds, stepOwn }, or leave it out",
  ],
  [
    { ownership: { ...OWNERSHIP, stepOwn: undefined } },
    {},
    "game.ownership.stepOwn is undefined: write a function, (world, playerId, input, tick) => …, one tick",
  ],
  [
    { ownership: { ...OWNERSHIP, ownerOf: 3 } },
    {},
    "game.ownership.ownerOf is 3: write a function, (world, entity) => a playerId or undefined",
  ],
  [
    { ownership: { ...OWNERSHIP, predictedKinds: undefined } },
    { ownership: { ...OWNERSHIP, predictedKinds: [] } },
    `game.ownership.predictedKinds is undefined: ${KINDS}`,
  ],
  [
    { ownership: { ...OWNERSHIP, predictedKinds: [0, 2] } },
    { ownership: { ...OWNERSHIP, predictedKinds: [1] } },
    `game.ownership.predictedKinds has 2, which is no kind of the schema: ${KINDS}`,
  ],
  [
    { ownership: { ...OWNERSHIP, predictedKinds: [undefined] } },
    {},
    `game.ownership.predictedKinds has undefined, which is no kind of the schema: ${KINDS}`,
  ],
])("both sides refuse a game with %j, and not one with %j", (refused, accepted, says) => {
  expect(mistakeIn(checkSharedGame, refused)).toBe(says);
  expect(mistakeIn(checkGame, refused)).toBe(says);
  expect(mistakeIn(checkGame, accepted)).toBeUndefined();
});

test.each([
  [{ addPlayer: undefined }, "game.addPlayer is undefined"],
  [{ removePlayer: undefined }, "game.removePlayer is undefined"],
  [{ step: null }, "game.step is null"],
  [{ onMessage: "say" }, 'game.onMessage is "say"'],
  [{ interest: undefined }, "game.interest is undefined: write { radius, viewpoint, isVisible }"],
  [{ interest: { ...INTEREST, isVisible: true } }, "game.interest.isVisible is true"],
  [{ interest: { ...INTEREST, viewpoint: undefined } }, "game.interest.viewpoint is undefined"],
  [{ interest: { ...INTEREST, radius: undefined } }, "game.interest.radius is undefined"],
])("a room refuses a game with %j; a client, which does not run that, takes it", (refused, says) => {
  expect(mistakeIn(checkGame, refused)).toContain(says);
  expect(mistakeIn(checkSharedGame, refused)).toBeUndefined();
});

test("a game is an object, and no function that makes one", () => {
  expect(() => {
    checkSharedGame((() => PLAIN) as unknown as GameDefinition);
  }).toThrow("game is a function: give the game's definition");
});

test.each([
  [({ ships }: Range) => [ships], "game.tables(world) has the length 1, not 2"],
  [({ shots, ships }: Range) => [ships, shots, shots], "game.tables(world) has the length 3, not 2"],
  [({ shots, ships }: Range) => [shots, ships], "game.tables(world)[0] is a table of Shot"],
  [({ ships }: Range) => [ships, undefined], "game.tables(world)[1] is undefined, and no EntityTable"],
  [({ ships }: Range) => [ships, {}], "game.tables(world)[1] is an object, and no EntityTable"],
  [() => undefined, "game.tables(world) is undefined"],
])("tables %s are refused", (tables, found) => {
  const check = (game: GameDefinition): unknown => checkedTables(game, PLAIN.createWorld());

  expect(mistakeIn(check, { tables })).toBe(`${found}: return those of Ship, Shot, in this order`);
  expect(mistakeIn(check, {})).toBeUndefined();
});

test("one table for each of 2 kinds, in the order of the schema, is accepted; wrapped codecs are too", () => {
  const world = PLAIN.createWorld();
  const watched = { ...world, shots: new EntityTable({ ...Shot }, 8) };

  expect(checkedTables(PLAIN, world)).toEqual([world.ships, world.shots]);
  expect(checkedTables(PLAIN, watched)).toEqual([watched.ships, watched.shots]);
});

test("the error has the name of the member, for programs that show it", () => {
  expect(() => {
    checkGame(gameWith({ tickRate: 0 }));
  }).toThrow(expect.objectContaining({ name: "GameDefinitionError", member: "game.tickRate" }) as Error);
});
