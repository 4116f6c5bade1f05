import { expect, test } from "vitest";
import { compareSchemas, versionAdvice } from "./evolution.ts";
import { changesOf, type Evolution, layoutOf, OLDER, rowOf, speaksOlder } from "./evolutions.ts";

const END = "optional u16 to; };\n";
const appended = (text: string): string => `${END}${text}\n`;

const ROWS: readonly Evolution[] = [
  // nothing
  { name: "a doc comment", from: "entity Shot", to: "/** Flies. */ entity Shot", changes: [], says: "" },
  {
    name: "another layout of the text",
    from: "u8 keys; i8 turn;",
    to: "u8 keys;\n  i8 turn;\n",
    changes: [],
    says: "",
  },
  {
    name: "a number written as a constant",
    from: "text<200>",
    to: "text<SIZE + 136>",
    changes: [],
    says: "",
  },

  // constants
  {
    name: "a constant that shapes no bytes",
    from: "SIZE = 64;",
    to: "SIZE = 64;\nconst u8 LIVES = 3;",
    changes: ["compatible 3 LIVES"],
    says: "constants do not travel",
  },
  {
    name: "a constant that shapes a quantised field",
    from: "SIZE = 64",
    to: "SIZE = 128",
    changes: ["compatible 2 SIZE", "breaking 11 Ship.x", "breaking 11 Ship.y"],
    says: "was 64, is 128",
  },

  // enums and unions
  {
    name: "an enum's value removed",
    from: "{ RED, BLUE = 4 }",
    to: "{ RED }",
    changes: ["breaking 3 Team.BLUE"],
    says: "the value 4 was removed",
  },
  {
    name: "an enum's value renumbered",
    from: "BLUE = 4",
    to: "BLUE = 5",
    changes: ["breaking 3 Team.BLUE"],
    says: "renumbered from 4 to 5",
  },
  {
    name: "an enum's value renamed",
    from: "BLUE = 4",
    to: "AZURE = 4",
    changes: ["breaking 3 Team.AZURE"],
    says: "was BLUE; the schema's hash covers names",
  },
  {
    name: "an enum's value renamed and renumbered",
    from: "BLUE = 4",
    to: "AZURE = 5",
    changes: ["breaking 3 Team.AZURE", "breaking 3 Team.BLUE"],
    says: "a new value, 5",
  },
  {
    name: "a variant of a union renamed",
    from: "Ammo ammo;",
    to: "Ammo shells;",
    changes: ["breaking 7 Pickup.shells"],
    says: "was ammo; the schema's hash covers names",
  },
  {
    name: "an enum's value added",
    from: "BLUE = 4",
    to: "BLUE = 4, GREEN",
    changes: ["breaking 3 Team.GREEN"],
    says: "a new value, 5, which older builds refuse",
  },
  {
    name: "an enum on another type",
    from: "Team : u8",
    to: "Team : u16",
    changes: ["breaking 3 Team"],
    says: "retyped from u8 to u16",
  },
  {
    name: "a variant added to a union",
    from: "Ammo ammo; };",
    to: "Ammo ammo; Row row; };",
    changes: ["breaking 7 Pickup.row"],
    says: "a new tag",
  },
  {
    name: "a union's variants in another order",
    from: "Health health; Ammo ammo;",
    to: "Ammo ammo; Health health;",
    changes: ["breaking 7 Pickup.ammo", "breaking 7 Pickup.health"],
    says: "renumbered from 1 to 0",
  },
  {
    name: "a variant of another type",
    from: "Ammo ammo;",
    to: "Health ammo;",
    changes: ["breaking 7 Pickup.ammo"],
    says: "retyped from Ammo to Health",
  },

  // structs
  {
    name: "a struct that stands alone",
    from: "struct Ammo",
    to: "struct Armour { u8 plates; };\nstruct Ammo",
    changes: ["compatible 6 Armour"],
    says: "a new struct",
  },
  {
    name: "a struct that stands alone, since the new version",
    from: "struct Ammo",
    to: "struct Armour [[since(4)]] { u8 plates; };\nstruct Ammo",
    changes: ["compatible 6 Armour"],
    says: "a new struct",
  },
  {
    name: "a struct and an enum for a message since the new version",
    from: END,
    to: appended(
      "enum Size : u8 { S, L };\nstruct Hat { Size size; };\nmessage Wear [[lane(event), since(4)]] { Hat hat; };",
    ),
    changes: ["compatible 19 Size", "compatible 20 Hat", "compatible 21 Wear"],
    says: "a new enum",
  },
  {
    name: "an rpc, since the new version",
    from: END,
    to: appended("struct Ask { u8 a; };\nstruct Told { u8 b; };\nrpc Shop(Ask) returns (Told) [[since(4)]];"),
    changes: ["compatible 19 Ask", "compatible 20 Told", "compatible 21 ShopCall", "compatible 21 ShopResult"],
    says: "a new struct",
  },
  {
    name: "a field behind a struct's others",
    from: "u16 score; };\nstruct",
    to: "u16 score; u8 rank; };\nstruct",
    changes: ["breaking 4 Row.rank"],
    says: "appended: a struct cannot grow",
  },
  {
    name: "the input marked elsewhere",
    from: "struct Ammo { u16 shots; };\nunion Pickup : u8 { Health health; Ammo ammo; };\nstruct Input [[input]]",
    to: "struct Ammo [[input]] { u16 shots; };\nunion Pickup : u8 { Health health; Ammo ammo; };\nstruct Input",
    changes: ["breaking 6 Ammo"],
    says: "the input is Ammo, and was Input",
  },

  // messages and entities
  {
    name: "a message behind the others, since the new version",
    from: END,
    to: appended("message Bye [[lane(event), since(4)]] {};"),
    changes: ["compatible 19 Bye"],
    says: "a new message, since version 4",
  },
  {
    name: "a message behind the others",
    from: END,
    to: appended("message Bye [[lane(event)]] {};"),
    changes: ["compatible 19 Bye"],
    says: "a new message behind the older ones",
  },
  {
    name: "a message in front of the others",
    from: "message Say",
    to: "message Bye [[lane(event)]] {};\nmessage Say",
    changes: ["breaking 16 Bye", "breaking 17 Say", "breaking 18 Table", "breaking 19 Map"],
    says: "a new message in front of older ones",
  },
  {
    name: "a message removed",
    from: "message Table [[lane(event), from(server)]] { Row rows<20>; Team team; };\n",
    to: "",
    changes: ["breaking 17 Map", "breaking 17 Table"],
    says: "its opcode was 34 and is 33",
  },
  {
    name: "a message on another lane",
    from: "[[lane(bulk), from(server)]]",
    to: "[[lane(event), from(server)]]",
    changes: ["breaking 18 Map"],
    says: "moved from lane bulk to event",
  },
  {
    name: "a message sent by the other side too",
    from: "lane(event), from(client)",
    to: "lane(event)",
    changes: ["breaking 16 Say"],
    says: "sent by both sides, and was by client",
  },
  {
    name: "an entity behind the others",
    from: "entity Shot { u16 owner; };",
    to: "entity Shot { u16 owner; };\nentity Rock { u8 size; };",
    changes: ["compatible 16 Rock"],
    says: "a new entity behind the older ones",
  },
  {
    name: "an entity in front of another",
    from: "entity Shot",
    to: "entity Rock { u8 size; };\nentity Shot",
    changes: ["breaking 15 Rock"],
    says: "a new entity in front of older ones",
  },
  {
    name: "an entity removed",
    from: "entity Shot { u16 owner; };\n",
    to: "",
    changes: ["breaking 15 Shot"],
    says: "the entity was removed",
  },
];

test.each(ROWS)("$name", (row) => {
  const found = changesOf(row);

  expect(found.map((change) => rowOf(change, row))).toEqual(row.changes);
  expect(found[0]?.says ?? "").toContain(row.says);
  expect(found.filter(({ verdict, advice }) => verdict === "breaking" && advice === "")).toEqual([]);
  // The verdicts are true: the hash of the handshake agrees, unless something has to be typed first.
  const isSpoken = found.every(({ verdict, advice }) => verdict === "compatible" && advice === "");
  expect(speaksOlder(row)).toBe(isSpoken);
});

test.each([
  ["the version stays at 3", "protocol game 3;", "", "raise the version: write protocol game 4 [[since(3)]];"],
  [
    "4 speaks no 3",
    "protocol game 4;",
    "",
    "peers of version 3 are refused, and need not be: write protocol game 4 [[",
  ],
  ["4 speaks 3 too", "protocol game 4 [[since(3)]];", "", undefined],
  [
    "4 claims to speak a 3 it broke",
    "protocol game 4 [[since(3)]];",
    "lane(bulk)",
    "cannot be spoken any more: write protocol game 4;",
  ],
  ["4 breaks 3 openly", "protocol game 4;", "lane(bulk)", undefined],
])("protocol line: %s", (_, protocol, brokenLane, advice) => {
  const newer = OLDER.replace("protocol game 3;", protocol)
    .replace("text<200>;", protocol.includes("4") ? "text<200>; u8 to [[since(4)]];" : "text<200>; optional u8 to;")
    .replace(brokenLane === "" ? "nothing" : brokenLane, "lane(event)");
  const [before, after] = [layoutOf("old.wire", OLDER), layoutOf("new.wire", newer)];

  const found = versionAdvice(before, after, compareSchemas(before, after));

  if (advice === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(advice);
});

test("a schema and itself differ in nothing, and need no version", () => {
  const layout = layoutOf("old.wire", OLDER);

  expect(compareSchemas(layout, layout)).toEqual([]);
  expect(versionAdvice(layout, layout, [])).toBeUndefined();
});

test.each([
  ["another name", "protocol match 3;", "breaking", "the protocol was game"],
  ["an older version", "protocol game 2;", "breaking", "version 2, and was 3"],
])("%s of the protocol is a change of its own", (_, line, verdict, says) => {
  const [before, after] = [
    layoutOf("old.wire", "protocol game 3; struct S { u8 a; };"),
    layoutOf("new.wire", `${line} struct S { u8 a; };`),
  ];
  const [change, ...others] = compareSchemas(before, after);

  expect(others).toEqual([]);
  expect(change).toMatchObject({ verdict });
  expect(change!.says).toContain(says);
});

test("to speak version 1 no more is told, and breaks nobody of version 2", () => {
  const [before, after] = ["protocol game 2 [[since(1)]];", "protocol game 2 [[since(2)]];"].map((line) =>
    layoutOf("a.wire", `${line} struct S { u8 a; };`),
  );

  expect(compareSchemas(before!, after!)).toMatchObject([
    { verdict: "compatible", says: "speaks no version 1 any more, which the older schema still did" },
  ]);
});

test("an rpc that returns another struct is breaking, one that returns the same is not", () => {
  const schema = (reply: string): string =>
    `protocol g 1; struct S { u8 a; }; struct R { u8 b; }; rpc Buy(S) returns (${reply}); message Both [[lane(event)]] { R r; };`;
  const older = layoutOf("old.wire", schema("S"));

  expect(compareSchemas(older, layoutOf("new.wire", schema("S")))).toEqual([]);
  expect(compareSchemas(older, layoutOf("new.wire", schema("R")))).toMatchObject([
    { verdict: "breaking", subject: "Buy", says: "returns R, and did S", advice: "write returns (S)" },
  ]);
});
