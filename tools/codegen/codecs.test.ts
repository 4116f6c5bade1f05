import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntityCodec } from "../../shared/engine/wire/index.ts";
import * as arena from "../../shared/schema/generated/arena.ts";
import * as engine from "../../shared/schema/generated/engine.ts";
import type { Columns } from "./entity-rows.ts";
import { anyRow, entitiesOf, isValidRow } from "./entity-rows.ts";
import * as kitchen from "./golden/kitchen.ts";
import type { PrintedSchema } from "./golden-codecs.ts";
import { codecOf, codecsOf, layoutOf } from "./golden-codecs.ts";
import type { EntityLayout, FieldType, MessageLayout, RecordLayout, RestType } from "./layout.ts";
import { isFixed, takesRest } from "./layout.ts";
import { bytesMaxOf, bytesOf } from "./naming.ts";
import type { Draw } from "./sample-values.ts";
import { drawsOf, sampleOf, unionSampleOf } from "./sample-values.ts";
import { rowInts } from "./snapshot/row.ts";

const LAYOUTS: readonly PrintedSchema[] = [
  { module: arena, layout: layoutOf("../../shared/schema/arena.wire") },
  { module: engine, layout: layoutOf("../../shared/schema/engine.wire") },
  { module: kitchen, layout: layoutOf("golden/kitchen.wire") },
];
const STRUCTS = LAYOUTS.flatMap((schema) => codecsOf(schema, "structs"));
const MESSAGES = LAYOUTS.flatMap((schema) => codecsOf(schema, "messages"));
const [ENDED, RESTING] = [false, true].map((isResting) =>
  MESSAGES.filter(({ record }) => takesRest(record) === isResting),
);
const ENTITIES = LAYOUTS.flatMap(({ module, layout }) => entitiesOf<EntityCodec<Columns>>(layout, module));

/** Bytes that were changed, cut or lengthened on their way. */
function damaged(bytes: Uint8Array, draw: Draw): Uint8Array {
  const kind = draw(4);
  if (kind === 0) return bytes.slice(0, draw(bytes.length));
  if (kind === 1) return Uint8Array.of(...bytes, ...Array.from({ length: 1 + draw(9) }, () => draw(256)));
  const changed = bytes.slice();
  changed[draw(bytes.length)]! ^= 1 + draw(255);
  return changed;
}

test.each([...STRUCTS, ...MESSAGES])(
  "$name: what is encoded is decoded again, fresh and into a value that is there",
  ({ record, encode, encodeInto, decode, decodeInto }) => {
    const draw = drawsOf(1);
    const target = sampleOf(record, draw);
    for (let run = 0; run < 40; run++) {
      const value = sampleOf(record, draw);
      const offset = draw(10);
      const bytes = encode(value);
      const place = new Uint8Array(offset + bytes.length);

      expect(decode(bytes)).toEqual(value);
      expect(encodeInto(value, place, offset)).toBe(place.length);
      expect(place.subarray(offset)).toEqual(bytes);
      expect(decode(place, offset)).toEqual(value);
      expect(decodeInto(place, offset, target)).toBe(place.length);
      expect(target).toEqual(value);
      expect(bytes.length).toBeGreaterThanOrEqual(record.bytesMin);
      expect(bytes.length).toBeLessThanOrEqual(record.bytesMax);
    }
  },
);

test.each(ENDED!)("$name: a message that is cut or has bytes behind it is refused", ({ record, encode, decode }) => {
  const draw = drawsOf(2);
  for (let run = 0; run < 20; run++) {
    const bytes = encode(sampleOf(record, draw));

    expect(decode(Uint8Array.of(...bytes, 0))).toBeUndefined();
    for (const end of new Set([0, 1, 2, bytes.length >> 1, bytes.length - 1])) {
      if (end < bytes.length) expect(decode(bytes.subarray(0, end))).toBeUndefined();
    }
  }
});

test.each(RESTING!)(
  "$name: all bytes behind the other fields are the rest, up to its bound, whoever sends them",
  ({ record, encode, decode, decodeInto }) => {
    const draw = drawsOf(6);
    const { name, type } = record.fields.at(-1)!;
    const { bound } = type as RestType;
    for (let run = 0; run < 20; run++) {
      const value = { ...sampleOf(record, draw), [name]: new Uint8Array(0) };
      const target = sampleOf(record, draw);
      const head = encode(value);
      const full = Uint8Array.of(...head, ...new Uint8Array(bound).fill(run));

      for (const length of [0, 1, bound - 1, bound]) {
        const bytes = full.subarray(0, head.length + length);
        const rest = bytes.subarray(head.length);

        expect(Buffer.compare(encode({ ...value, [name]: rest }), bytes)).toBe(0);
        expect(decodeInto(bytes, 0, target)).toBe(bytes.length);
        for (const decoded of [target, decode(bytes), decode(bytes, 0, 1), decode(bytes, 0, 1000)]) {
          expect({ ...(decoded as object), [name]: value[name] }).toEqual(value);
          expect(Buffer.compare((decoded as Record<string, Uint8Array>)[name]!, rest)).toBe(0);
        }
      }
      for (const refused of [Uint8Array.of(...full, 0), head.subarray(0, -1), head.subarray(0, 1)]) {
        expect([decode(refused), decodeInto(refused, 0, target)]).toEqual([undefined, -1]);
      }
      const over = { ...value, [name]: new Uint8Array(bound + 1) };
      expect(() => encode(over)).toThrow(`${name} has ${bound + 1} bytes, and its bound is ${bound}`);
    }
  },
);

test.each([...STRUCTS, ...MESSAGES])(
  "$name: damaged bytes are refused or are another value, and never throw",
  ({ record, encode, decode, decodeInto }) => {
    const draw = drawsOf(3);
    for (let run = 0; run < 100; run++) {
      const bytes = encode(sampleOf(record, draw)).slice();
      const changed = bytes.length === 0 ? bytes : damaged(bytes, draw);
      const value = decode(changed);
      const end = decodeInto(changed, 0, sampleOf(record, draw));

      if (value !== undefined) expect(decode(encode(value))).toEqual(value);
      expect(end === -1).toBe(value === undefined);
    }
  },
);

test.each(LAYOUTS.flatMap(({ module, layout }) => layout.unions.map((union) => ({ name: union.name, union, module }))))(
  "$name: every variant of a union is decoded again, and an unknown one is refused",
  ({ union, module }) => {
    const { encode, decode } = codecOf(module, union.name);
    const draw = drawsOf(4);
    for (let run = 0; run < 60; run++) {
      const value = unionSampleOf(union, draw);

      expect(decode(encode(value))).toEqual(value);
    }
    expect(decode(new Uint8Array(64).fill(0xff))).toBeUndefined();
    expect(decode(new Uint8Array(0))).toBeUndefined();
    expect(() => encode({ type: "none of them", value: 0 })).toThrow(`${union.name} has no variant of that type`);
  },
);

test.each(LAYOUTS)("any bytes are a message or undefined", ({ module, layout }) => {
  const decoders = ["decodeClientMessage", "decodeServerMessage"].map(
    (name) => module[name] as (bytes: Uint8Array) => unknown,
  );
  const opcodes = layout.messages.map(({ opcode }) => opcode);
  const bytes = fc.tuple(fc.constantFrom(...opcodes, 255), fc.uint8Array({ maxLength: 64 }));
  fc.assert(
    fc.property(bytes, ([opcode, rest]) => {
      for (const decode of decoders) {
        const message = decode(Uint8Array.of(opcode, ...rest)) as { type: string } | undefined;
        if (message !== undefined) expect(layout.messages.map(({ name }) => name)).toContain(message.type);
      }
    }),
    { numRuns: 300 },
  );
});

test.each(LAYOUTS)("each message is known to the sides that may receive it, and to no other", ({ module, layout }) => {
  const decodeFrom = {
    client: module.decodeClientMessage as (bytes: Uint8Array) => unknown,
    server: module.decodeServerMessage as (bytes: Uint8Array) => unknown,
  };
  for (const message of layout.messages) {
    const { encode, decode } = codecOf(module, message.name);
    const bytes = encode(sampleOf(message, drawsOf(5)));
    const known = { type: message.name, value: decode(bytes) };

    expect(decodeFrom.client(bytes)).toEqual(isFrom(message, "client") ? known : undefined);
    expect(decodeFrom.server(bytes)).toEqual(isFrom(message, "server") ? known : undefined);
  }
  expect(decodeFrom.client(new Uint8Array(0))).toBeUndefined();
  expect(decodeFrom.server(Uint8Array.of(254))).toBeUndefined();
});

function isFrom({ from }: MessageLayout, side: "client" | "server"): boolean {
  return from === undefined || from === side;
}

test.each(ENTITIES)(
  "$name: what is snapped stays as it is, and its row fills another slot alike",
  ({ record, codec }) => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double(), fc.double({ min: -5000, max: 5000 })), {
          minLength: record.fields.length,
          maxLength: record.fields.length,
        }),
        (numbers) => {
          const [columns, unpacked] = [codec.createColumns(3), codec.createColumns(3)];
          const [rows, again] = [new Int32Array(codec.rowInts + 2), new Int32Array(codec.rowInts)];
          fill(columns, record, numbers);
          codec.snap(columns, 1, rows, 2);
          const snapped = rowOf(columns, record);
          codec.unpack(rows, 2, unpacked, 1, 0);
          codec.snap(columns, 1, again, 0);

          expect(rowOf(unpacked, record)).toEqual(snapped);
          expect(rowOf(columns, record)).toEqual(snapped);
          expect(again).toEqual(rows.subarray(2));
          expect([...rows.subarray(0, 2)]).toEqual([0, 0]);
          expect(isValidRow(record, again)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  },
);

test.each(ENTITIES)(
  "$name: any row that the wire can say comes back from the columns that it fills",
  ({ record, codec }) => {
    const draw = drawsOf(9);
    const again = new Int32Array(codec.rowInts);
    for (let run = 0; run < 200; run++) {
      const columns = codec.createColumns(3);
      const row = anyRow(record, draw);
      codec.unpack(row, 0, columns, 1, 0);
      codec.snap(columns, 1, again, 0);

      expect(withoutNaN(record, again)).toEqual(withoutNaN(record, row));
    }
  },
);

/** A row in which all bits that mean no number are 0: a float may keep only one kind of them. */
function withoutNaN(record: EntityLayout, row: Int32Array): number[] {
  const floats = new Float64Array(new BigInt64Array(1).buffer);
  const words = new Int32Array(floats.buffer);
  return rowInts(record).map(({ field, part }, index) => {
    if (field.type.kind !== "float") return row[index]!;
    if (part === "whole") {
      const single = new Float32Array(Int32Array.of(row[index]!).buffer)[0]!;
      return Number.isNaN(single) ? 0 : row[index]!;
    }
    const low = part === "low" ? index : index - 1;
    words.set(row.subarray(low, low + 2));
    return Number.isNaN(floats[0]!) ? 0 : row[index]!;
  });
}

test.each(ENTITIES)(
  "$name: copy, reset and interpolation reach every field of their slot, and no other slot",
  ({ record, codec }) => {
    const [from, to, into] = [codec.createColumns(3), codec.createColumns(3), codec.createColumns(3)];
    fill(
      from,
      record,
      record.fields.map((_, index) => index + 1),
    );
    codec.copy(from, to, 1);
    codec.interpolate(from, to, 1, 0.5, into);

    expect(rowOf(to, record)).toEqual(rowOf(from, record));
    expect(rowOf(into, record)).toEqual(rowOf(from, record));
    for (const { name } of record.fields) expect([into[name]![0], into[name]![2]].map(Number)).toEqual([0, 0]);

    codec.reset(into, 1);

    expect(rowOf(into, record)).toEqual(record.fields.map(({ type }) => newcomersValue(type)));
  },
);

/** 0, and of an enum without such a member the first one. */
function newcomersValue(type: RecordLayout["fields"][number]["type"]): number | bigint {
  const of = enumOf(type);
  const values = of?.members.map(({ value }) => value) ?? [0];
  if (isBig(type)) return 0n;
  return values.includes(0) ? 0 : values[0]!;
}

function enumOf(type: RecordLayout["fields"][number]["type"]) {
  if (type.kind === "enum") return type.of;
  return type.kind === "bits" && type.meaning.kind === "enum" ? type.meaning.of : undefined;
}

/** Puts a number into each field of slot 1; enums get a member. */
function fill(columns: Columns, record: RecordLayout, numbers: readonly number[]): void {
  record.fields.forEach(({ name, type }, index) => {
    const of = enumOf(type);
    const number = numbers[index]!;
    if (isBig(type)) columns[name]![1] = BigInt(Number.isFinite(number) ? Math.trunc(number) : 0);
    else
      columns[name]![1] =
        of === undefined ? number : of.members[Math.trunc(Math.abs(number) % of.members.length) || 0]!.value;
  });
}

function isBig(type: FieldType): boolean {
  return type.kind === "int" && type.bits === 64;
}

/** The fields of slot 1. */
function rowOf(columns: Columns, record: RecordLayout): (number | bigint)[] {
  return record.fields.map(({ name }) => columns[name]![1]!);
}

test.each(LAYOUTS)("the size of every struct, union and message is exported", ({ module, layout }) => {
  for (const record of [...layout.structs, ...layout.unions, ...layout.messages]) {
    const name = isFixed(record) ? bytesOf(record.name) : bytesMaxOf(record.name);

    expect([name, module[name]]).toEqual([name, record.bytesMax]);
  }
});
