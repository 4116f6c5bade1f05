import avro from "avsc";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

const FLOATS = { type: "array", items: "float" } as const;
const ENTITY = record("Entity", {
  id: "int",
  kind: "int",
  team: "int",
  alive: "boolean",
  x: "float",
  y: "float",
  vx: "int",
  vy: "int",
  angle: "int",
  hp: "int",
});
const ROW = record("Row", { name: "string", score: "int" });

/** avsc reads and writes Buffers only. `long` holds what is past 31 bits. */
function of<Value>(schema: avro.Schema): Codec<Value> {
  const type = avro.Type.forSchema(schema);
  return {
    ...codec<Value>(
      (value) => type.toBuffer(value),
      (bytes) => type.fromBuffer(bytes as Buffer) as unknown,
    ),
    packetOf: (encoded) => Buffer.from(encoded as Buffer),
  };
}

function record(name: string, fields: Readonly<Record<string, unknown>>): avro.Schema {
  return {
    type: "record",
    name,
    fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
  } as avro.Schema;
}

const CHAT = record("Chat", { channel: "int", sender: "string", text: "string", rows: { type: "array", items: ROW } });

export const contender: Contender = {
  name: "avsc",
  contract: "owned",
  codecs: {
    F1: of(record("SomeStruct", { username: "string", id: "int", scores: FLOATS })),
    F2: of(record("Input", { seq: "long", buttons: "int", aimX: "int", aimY: "int", dtMs: "int" })),
    F3: of(record("World", { tick: "long", ackSeq: "long", entities: { type: "array", items: ENTITY } })),
    F4: of(CHAT),
    "F4-cold": of(CHAT),
  },
};
