import { placeOf } from "./diagnostic.ts";
import { compareSchemas, type SchemaChange } from "./evolution.ts";
import type { SchemaLayout } from "./layout.ts";
import { load } from "./load.ts";
import { protocolHash, versionHashes } from "./protocol-hash.ts";

/** The schema that every row changes, version 3. Line numbers below are those of this text. */
export const OLDER = `protocol game 3;
const u16 SIZE = 64;
enum Team : u8 { RED, BLUE = 4 };
struct Row { string name<16>; u16 score; };
struct Health { u8 points; };
struct Ammo { u16 shots; };
union Pickup : u8 { Health health; Ammo ammo; };
struct Input [[input]] { u8 keys; i8 turn; };
entity Ship {
  f32 vx, vy [[quantize(-8, 8, 1/16)]];
  f32 x, y [[quantize(0, SIZE, 1/16), predict(vx, vy), interpolate]];
  u8 health : 7;
  u16 score [[rare]];
};
entity Shot { u16 owner; };
message Say [[lane(event), from(client)]] { string text<200>; };
message Table [[lane(event), from(server)]] { Row rows<20>; Team team; };
message Map [[lane(bulk), from(server)]] { u8 column; bytes tiles<100>; u32 cells[4]; Pickup pickup; optional u16 to; };
`;

/** A row of an evolution table: one change of OLDER, and what is said of it. */
export interface Evolution {
  readonly name: string;
  /** What is replaced in OLDER. */
  readonly from: string;
  readonly to: string;
  /** `verdict line subject` of each change, the line being the newer schema's, or the older's for what is gone. */
  readonly changes: readonly string[];
  /** Part of what the first of them says. */
  readonly says: string;
}

/** What is found when OLDER, version 3, is changed as the row says and becomes version 4. */
export function changesOf({ from, to }: Pick<Evolution, "from" | "to">): readonly SchemaChange[] {
  return compareSchemas(layoutOf("old.wire", OLDER), layoutOf("new.wire", newerOf({ from, to })));
}

/** Whether a build of the changed schema, as version 4 that also speaks 3, has the hash of OLDER for version 3. */
export function speaksOlder(row: Pick<Evolution, "from" | "to">): boolean {
  const newer = layoutOf("new.wire", newerOf(row).replace("game 4;", "game 4 [[since(3)]];"));
  const known = versionHashes(newer).find(({ version }) => version === 3);
  return known?.hash === protocolHash(layoutOf("old.wire", OLDER));
}

/** A change as a row writes it. */
export function rowOf({ verdict, span, subject }: SchemaChange, row: Pick<Evolution, "from" | "to">): string {
  const sources = [
    { path: "old.wire", text: OLDER },
    { path: "new.wire", text: newerOf(row) },
  ];
  return `${verdict} ${placeOf(sources, span).line} ${subject}`;
}

function newerOf({ from, to }: Pick<Evolution, "from" | "to">): string {
  if (!OLDER.includes(from)) throw new Error(`the older schema says nowhere: ${from}`);
  return OLDER.replace("game 3", "game 4").replace(from, to);
}

/** The layout of a schema without mistakes. */
export function layoutOf(path: string, text: string): SchemaLayout {
  const { layout, diagnostics } = load(path, (asked) => (asked === path ? text : undefined));
  if (layout === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return layout;
}
