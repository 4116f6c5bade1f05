import { expect, test } from "vitest";
import { formatDiagnostic } from "../diagnostic.ts";
import { compareSchemas } from "../evolution.ts";
import type { SchemaLayout } from "../layout.ts";
import { load } from "../load.ts";
import { protocolHash, versionHashes } from "../protocol-hash.ts";
import { booksOf } from "./books.ts";
import { type Companion, companionPath, companionText } from "./companion.ts";
import { snapshotModel } from "./model.ts";
import type { TrainedEntity } from "./trained.ts";

const SCHEMA = "protocol game 1; entity Ship { u8 a; i16 b; f32 x, y [[quantize(0, 64, 1/16), rare]]; };";

/** A schema with the text of a companion beside it. */
function loaded(schema: string, companion: string | undefined) {
  const files: Readonly<Record<string, string | undefined>> = { "game.wire": schema, "game.trained.json": companion };
  const read = (path: string): string | undefined => files[path];
  const result = load("game.wire", read, read);
  return { ...result, shown: result.diagnostics.map((each) => formatDiagnostic(result.sources, each)).join("\n") };
}

function layoutOf(schema: string, companion?: Companion): SchemaLayout {
  const { layout, shown } = loaded(schema, companion === undefined ? undefined : companionText(companion));
  if (layout === undefined) throw new Error(shown);
  return layout;
}

/** What a trainer could have found out about an entity; `table` stands for all of its tables but the mask's. */
function trainedAs(schema: string, name: string, table: string, choice?: Partial<TrainedEntity>): TrainedEntity {
  const entity = layoutOf(schema).entities.find((each) => each.name === name)!;
  const trained = { predict: {}, joint: [], tables: {}, ...choice };
  const [mask, ...books] = booksOf(snapshotModel(entity, trained));
  const tables = books.map(({ label, tables: { length } }) => [label, new Array<string>(length).fill(table)] as const);
  return { ...trained, tables: { [mask!.label]: mask!.tables, ...Object.fromEntries(tables) } };
}

const SHIP = trainedAs(SCHEMA, "Ship", "122");
const withTables = (tables: TrainedEntity["tables"]): Companion => ({
  "1": { Ship: { ...SHIP, tables: { ...SHIP.tables, ...tables } } },
});
const B_TABLES = SHIP.tables.b!;

test("the companion of games/game.wire is games/game.trained.json", () => {
  expect(companionPath("games/game.wire")).toBe("games/game.trained.json");
});

test("a companion's text gives the companion back, a line for each table", () => {
  const text = companionText({ "1": { Ship: SHIP } });

  expect(JSON.parse(text)).toEqual({ "1": { Ship: SHIP } });
  expect(text.split("\n").filter((line) => /^ +"[0-9a-c]+",?$/.test(line))).toHaveLength(
    Object.values(SHIP.tables).flat().length,
  );
});

const ACCEPTED = companionText({ "1": { Ship: SHIP } });

test.each([
  { name: "no JSON", refused: ACCEPTED.slice(0, -3), accepted: ACCEPTED, says: "this is no JSON" },
  { name: "a list", refused: "[]", accepted: "{}", says: "a companion holds an object of versions" },
  { name: "a version that is no number", refused: `{"one": {}}`, accepted: `{"1": {}}`, says: `"one" is no version` },
  { name: "a version 0", refused: `{"0": {}}`, accepted: `{"1": {}}`, says: `"0" is no version with its entities` },
  { name: "a version of no entities", refused: `{"1": 7}`, accepted: `{"1": {}}`, says: `"1" is no version with its` },
  {
    name: "an entity without joint",
    refused: JSON.stringify({ "1": { Ship: { ...SHIP, joint: undefined } } }),
    accepted: ACCEPTED,
    says: `version 1: "Ship" needs predict, joint and tables`,
  },
  {
    name: "a prediction that nobody knows",
    refused: companionText({ "1": { Ship: { ...SHIP, predict: { b: "cubic" as "linear" } } } }),
    accepted: companionText({ "1": { Ship: { ...SHIP, predict: { b: "none" } } } }),
    says: `version 1: "Ship" needs predict, joint and tables`,
  },
  {
    name: "a table that is a number",
    refused: companionText(withTables({ b: [11 as unknown as string] })),
    accepted: companionText(withTables({ b: B_TABLES })),
    says: `version 1: "Ship" needs predict, joint and tables`,
  },
  {
    name: "an entity that the schema does not have",
    refused: companionText({ "1": { Shop: SHIP } }),
    accepted: ACCEPTED,
    says: "version 1: there is no entity Shop",
  },
  {
    name: "tables of a field that it does not have",
    refused: companionText(withTables({ c: ["11"] })),
    accepted: ACCEPTED,
    says: `version 1: Ship has nothing that is called "c"`,
  },
  {
    name: "a prediction of a field that it does not have",
    refused: companionText({ "1": { Ship: { ...SHIP, predict: { c: "none" } } } }),
    accepted: companionText({ "1": { Ship: { ...SHIP, predict: { b: "none" } } } }),
    says: `version 1: Ship has nothing that is called "c"`,
  },
  {
    name: "a pair of fields that do not stand together",
    refused: companionText({ "1": { Ship: { ...SHIP, joint: ["a, b"] } } }),
    accepted: companionText({ "1": { Ship: trainedAs(SCHEMA, "Ship", "122", { joint: ["x, y"] }) } }),
    says: `version 1: Ship has nothing that is called "a, b"`,
  },
  {
    name: "one table too few",
    refused: companionText(withTables({ b: B_TABLES.slice(1) })),
    accepted: companionText(withTables({ b: B_TABLES })),
    says: `version 1: "b" of Ship has ${B_TABLES.length - 1} tables, and needs ${B_TABLES.length}`,
  },
  {
    name: "one table too many",
    refused: companionText(withTables({ b: [...B_TABLES, "11"] })),
    accepted: companionText(withTables({ b: B_TABLES })),
    says: `version 1: "b" of Ship has ${B_TABLES.length + 1} tables, and needs ${B_TABLES.length}`,
  },
  {
    name: "no tables for a field",
    refused: JSON.stringify({ "1": { Ship: { ...SHIP, tables: { ...SHIP.tables, b: undefined } } } }),
    accepted: ACCEPTED,
    says: `version 1: "b" of Ship has 0 tables, and needs ${B_TABLES.length}`,
  },
  {
    name: "a table that is no code",
    refused: companionText(withTables({ b: [B_TABLES[0]!, "12", ...B_TABLES.slice(2)] })),
    accepted: companionText(withTables({ b: [B_TABLES[0]!, "11", ...B_TABLES.slice(2)] })),
    says: `version 1: table 1 of "b" of Ship is no code for 74 symbols`,
  },
])("$name is refused with its file and what to do, and its neighbour is accepted", ({ refused, accepted, says }) => {
  const { layout, shown } = loaded(SCHEMA, refused);

  expect(layout).toBeUndefined();
  expect(shown).toContain(`game.trained.json:1:1  ${says}`);
  expect(shown).toContain("train the schema again, or delete this file");
  expect(loaded(SCHEMA, accepted).shown).toBe("");
});

test("without a companion nothing is trained", () => {
  expect(layoutOf(SCHEMA).trained.size).toBe(0);
});

const GROWN = `protocol game 2 [[since(1)]]; entity Ship { u8 a; i16 b; f32 x, y [[quantize(0, 64, 1/16), rare]]; u8 c [[since(2)]]; };
  entity Shot { u8 a; };`;
const SAME = SCHEMA.replace("game 1", "game 2 [[since(1)]]");

test("a version goes on with an older one's tables while the fields are the same", () => {
  const companion = { "1": { Ship: SHIP } };

  const { trained } = layoutOf(SAME, companion);

  expect([trained.get(1), trained.get(2)]).toEqual([{ Ship: SHIP }, { Ship: SHIP }]);
});

test("a version in which the entity has another field begins without training, and the older one keeps its own", () => {
  const { trained } = layoutOf(GROWN, { "1": { Ship: SHIP } });

  expect([trained.get(1), trained.get(2)]).toEqual([{ Ship: SHIP }, {}]);
});

test("a version that was trained itself has its own tables", () => {
  const other = trainedAs(SAME, "Ship", "212");

  const { trained } = layoutOf(SAME, { "1": { Ship: SHIP }, "2": { Ship: other } });

  expect([trained.get(1), trained.get(2)]).toEqual([{ Ship: SHIP }, { Ship: other }]);
});

test("to speak version 1 no more changes nothing about version 2, which goes on with its tables", () => {
  const companion = { "1": { Ship: SHIP } };
  const alone = layoutOf(SCHEMA.replace("game 1", "game 2"), companion);

  expect(alone.trained).toEqual(new Map([[2, { Ship: SHIP }]]));
  expect(protocolHash(alone)).toBe(protocolHash(layoutOf(SAME, companion)));
});

test("of versions that are spoken no more the newest counts", () => {
  const other = trainedAs(SCHEMA, "Ship", "212");
  const schema = SCHEMA.replace("game 1", "game 11");

  const { trained } = layoutOf(schema, { "10": { Ship: other }, "9": { Ship: SHIP } });

  expect(trained.get(11)).toEqual({ Ship: other });
});

test("other tables are another hash of the version that has them, and of that alone", () => {
  const other = trainedAs(SAME, "Ship", "212");
  const hashesWith = (companion?: Companion) =>
    Object.fromEntries(versionHashes(layoutOf(SAME, companion)).map(({ version, hash }) => [version, hash]));
  const [none, one, both] = [
    hashesWith(),
    hashesWith({ "1": { Ship: SHIP } }),
    hashesWith({ "1": { Ship: SHIP }, "2": { Ship: other } }),
  ];

  expect(new Set([none[1], one[1]]).size).toBe(2);
  expect(both[1]).toBe(one[1]);
  expect(new Set([none[2], one[2], both[2]]).size).toBe(3);
});

test("another prediction or another pair is another hash", () => {
  const hashes = [{}, { predict: { b: "linear" } } as const, { joint: ["x, y"] }].map((choice) =>
    protocolHash(layoutOf(SCHEMA, { "1": { Ship: trainedAs(SCHEMA, "Ship", "122", choice) } })),
  );

  expect(new Set(hashes).size).toBe(3);
});

test("a version that was trained anew is a breaking change of its entity, with what to type", () => {
  const [older, newer] = ["122", "212"].map((table) =>
    layoutOf(SCHEMA, { "1": { Ship: trainedAs(SCHEMA, "Ship", table) } }),
  );

  expect(compareSchemas(older!, newer!)).toMatchObject([
    {
      verdict: "breaking",
      subject: "Ship",
      says: "version 1 has other code tables than it had: its snapshots have other bits",
      advice: "write protocol game 2, and train that",
    },
  ]);
  expect(compareSchemas(older!, older!)).toEqual([]);
});

test("a version that is trained for the first time breaks the untrained one; a new version that is trained does not", () => {
  const trained = { "1": { Ship: SHIP } };
  const another = { "2": { Ship: trainedAs(SAME, "Ship", "212") } };

  expect(compareSchemas(layoutOf(SCHEMA), layoutOf(SCHEMA, trained)).map(({ verdict }) => verdict)).toEqual([
    "breaking",
  ]);
  expect(compareSchemas(layoutOf(SCHEMA, trained), layoutOf(SAME, { ...trained, ...another }))).toEqual([]);
});
