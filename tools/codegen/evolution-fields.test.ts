import { expect, test } from "vitest";
import { changesOf, type Evolution, rowOf, speaksOlder } from "./evolutions.ts";

const END = "optional u16 to; };\n";

const ROWS: readonly Evolution[] = [
  // fields
  {
    name: "a field appended to a message, since the new version",
    from: END,
    to: "optional u16 to; u8 zoom [[since(4)]]; };\n",
    changes: ["compatible 18 Map.zoom"],
    says: "appended, since version 4",
  },
  {
    name: "an optional field appended to a message",
    from: "text<200>;",
    to: "text<200>; optional u16 to;",
    changes: ["compatible 16 Say.to"],
    says: "optional, and appended",
  },
  {
    name: "a field appended to a message, without a version",
    from: "text<200>;",
    to: "text<200>; u16 to;",
    changes: ["breaking 16 Say.to"],
    says: "appended without a version: peers of version 3 send no such bytes",
  },
  {
    name: "a field appended with a version that had none",
    from: "text<200>;",
    to: "text<200>; u16 to [[since(3)]];",
    changes: ["breaking 16 Say.to"],
    says: "said to be since version 3",
  },
  {
    name: "a field inserted in front of another",
    from: "string text",
    to: "u8 channel; string text",
    changes: ["breaking 16 Say.channel"],
    says: "inserted in front of text",
  },
  {
    name: "a field removed",
    from: "Row rows<20>; Team team;",
    to: "Row rows<20>;",
    changes: ["breaking 17 Table.team"],
    says: "removed",
  },
  {
    name: "a field renamed",
    from: "Team team;",
    to: "Team side;",
    changes: ["breaking 17 Table.side"],
    says: "was team; the schema's hash covers names",
  },
  {
    name: "two fields in another order",
    from: "Row rows<20>; Team team;",
    to: "Team team; Row rows<20>;",
    changes: ["breaking 17 Table.rows"],
    says: "moved",
  },
  {
    name: "a field of another type",
    from: "u8 column",
    to: "u16 column",
    changes: ["breaking 18 Map.column"],
    says: "retyped from u8 to u16",
  },
  {
    name: "a string with another bound",
    from: "text<200>",
    to: "text<201>",
    changes: ["breaking 16 Say.text"],
    says: "rebound from string<200> to string<201>",
  },
  {
    name: "bytes with another bound",
    from: "tiles<100>",
    to: "tiles<99>",
    changes: ["breaking 18 Map.tiles"],
    says: "rebound from bytes<100> to bytes<99>",
  },
  {
    name: "a list with another bound",
    from: "rows<20>",
    to: "rows<300>",
    changes: ["breaking 17 Table.rows"],
    says: "rebound from Row<20> to Row<300>",
  },
  {
    name: "an array of another length",
    from: "cells[4]",
    to: "cells[5]",
    changes: ["breaking 18 Map.cells"],
    says: "resized from u32[4] to u32[5]",
  },
  {
    name: "an array of another type",
    from: "u32 cells[4]",
    to: "u8 cells[4]",
    changes: ["breaking 18 Map.cells"],
    says: "retyped from u32[4] to u8[4]",
  },
  {
    name: "a field that need not be there any more",
    from: "u8 column;",
    to: "optional u8 column;",
    changes: ["breaking 18 Map.column"],
    says: "changed from u8 to optional u8",
  },
  {
    name: "a bit field of another width",
    from: "health : 7",
    to: "health : 8",
    changes: ["breaking 12 Ship.health"],
    says: "resized from unsigned : 7 to unsigned : 8",
  },
  {
    name: "a field quantised otherwise",
    from: "quantize(-8, 8, 1/16)]];\n  f32 x, y [[quantize(0, SIZE, 1/16), predict(vx, vy)",
    to: "quantize(-8, 8, 1/8)]];\n  f32 x, y [[quantize(0, SIZE, 1/8), predict(vx, vy)",
    changes: ["breaking 10 Ship.vx", "breaking 10 Ship.vy", "breaking 11 Ship.x", "breaking 11 Ship.y"],
    says: "requantised from quantize(-8, 8, 1/16) to quantize(-8, 8, 1/8)",
  },

  // what snapshots make of a field
  {
    name: "a field no longer rare",
    from: "u16 score [[rare]]",
    to: "u16 score",
    changes: ["breaking 13 Ship.score"],
    says: "no longer rare",
  },
  {
    name: "a field for its owner alone",
    from: "u8 health : 7;",
    to: "u8 health : 7 [[owner]];",
    changes: ["breaking 12 Ship.health"],
    says: "now owner",
  },
  {
    name: "a field sent once",
    from: "u16 owner;",
    to: "const u16 owner;",
    changes: ["breaking 15 Shot.owner"],
    says: "now const",
  },
  {
    name: "another prediction",
    from: "predict(vx, vy), ",
    to: "predict(linear), ",
    changes: ["breaking 11 Ship.x", "breaking 11 Ship.y"],
    says: "predicted by linear, and was by vx",
  },
  {
    name: "a prediction where there was none",
    from: "quantize(-8, 8, 1/16)]]",
    to: "quantize(-8, 8, 1/16), predict(linear)]]",
    changes: ["breaking 10 Ship.vx", "breaking 10 Ship.vy"],
    says: "predicted by linear, and was by none: both sides must guess alike",
  },
  {
    name: "no prediction any more",
    from: "predict(vx, vy), ",
    to: "",
    changes: ["breaking 11 Ship.x", "breaking 11 Ship.y"],
    says: "predicted by none, and was by vx",
  },
  {
    name: "a field that changes seldom now",
    from: "u8 health : 7;",
    to: "u8 health : 7 [[rare]];",
    changes: ["breaking 12 Ship.health"],
    says: "now rare, which changes what snapshots carry",
  },
  {
    name: "a rare field that is sent once",
    from: "u16 score [[rare]]",
    to: "const u16 score",
    changes: ["breaking 13 Ship.score", "breaking 13 Ship.score"],
    says: "now const",
  },
  {
    name: "fields of a newer version in every group, moved by an older one and the owner's among them",
    from: "  u16 score [[rare]];\n",
    to: `  u16 score [[rare]];
  f32 z [[quantize(0, SIZE, 1/16), predict(vx), since(4)]];
  u8 armour [[rare, since(4)]];
  u8 ammo [[owner, since(4)]];
  const u8 model [[since(4)]];
`,
    changes: [
      "compatible 14 Ship.z",
      "compatible 15 Ship.armour",
      "compatible 16 Ship.ammo",
      "compatible 17 Ship.model",
    ],
    says: "appended, since version 4",
  },
  {
    name: "a field drawn without interpolation",
    from: ", interpolate",
    to: "",
    changes: ["compatible 11 Ship.x", "compatible 11 Ship.y"],
    says: "no longer interpolated, which only changes how it is drawn",
  },
  {
    name: "an entity of another priority",
    from: "entity Shot",
    to: "entity Shot [[priority(2)]]",
    changes: ["compatible 15 Shot"],
    says: "its priority was 1 and is 2",
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
