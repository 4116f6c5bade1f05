import { Locals } from "../emit/place.ts";
import type { RecordLayout, SchemaLayout, UnionLayout } from "../layout.ts";
import { upperSnake } from "../naming.ts";
import { identifierOf } from "./c-names.ts";

/** What a packet has, whatever is in it: no record may be called so. */
const PACKET_FIELDS = ["frame", "ack", "transfer", "opcode", "message", "lane", "from"];

/** The filter names of a dissector, as in `arena.chat_say.text`: lower case, and no two alike. */
export class Abbreviations {
  private readonly locals = new Locals();
  private readonly records = new Map<string, string>();

  /** The dissector is the first layout's. */
  constructor(...layouts: readonly SchemaLayout[]) {
    for (const name of PACKET_FIELDS) this.take(layouts[0]!, name);
    for (const layout of layouts) {
      for (const { name } of recordsOf(layout)) this.records.set(`${layout.name}.${name}`, this.take(layout, name));
    }
  }

  record(layout: SchemaLayout, name: string): string {
    return this.records.get(`${layout.name}.${name}`)!;
  }

  /** A name for one more thing inside a record. */
  inside(record: string, name: string): string {
    return this.locals.take(`${record}.${lowerSnake(name)}`);
  }

  private take(layout: SchemaLayout, name: string): string {
    return this.locals.take(`${lowerSnake(layout.name)}.${lowerSnake(name)}`);
  }
}

/** What has bytes of its own: entities have none, they are packed into the bits of snapshots. */
export function recordsOf({ structs, unions, messages }: SchemaLayout): (RecordLayout | UnionLayout)[] {
  return [...structs, ...unions, ...messages];
}

export function lowerSnake(name: string): string {
  return upperSnake(identifierOf(name)).toLowerCase();
}
