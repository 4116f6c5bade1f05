import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as arena from "../../shared/schema/generated/arena.ts";
import * as engine from "../../shared/schema/generated/engine.ts";
import type { EntityCodec } from "../../shared/engine/wire/index.ts";
import { check } from "./check/schema.ts";
import * as kitchen from "./golden/kitchen.ts";
import type { BitsMeaning, ElementType, FieldType, MessageLayout, RecordLayout, SchemaLayout } from "./layout.ts";
import { isFixed } from "./layout.ts";
import { bytesMaxOf, bytesOf } from "./naming.ts";
import { parse } from "./parser.ts";
import { toNumber } from "./rational.ts";
import { scan } from "./scanner.ts";

type Columns = Record<string, Record<number, number>>;

/** What a module prints for one record. */
interface Codec {
  readonly name: string;
  readonly record: RecordLayout;
  readonly encode: (value: unknown) => Uint8Array;
  readonly encodeInto: (value: unknown, bytes: Uint8Array, offset: number) => number;
  readonly decode: (bytes: Uint8Array, offset?: number) => unknown;
}

const SCHEMAS: readonly { readonly path: string; readonly module: Readonly<Record<string, unknown>> }[] = [
  { path: "../../shared/schema/arena.wire", module: arena },
  { path: "../../shared/schema/engine.wire", module: engine },
  { path: "golden/kitchen.wire", module: kitchen },
];

const LAYOUTS = SCHEMAS.map(({ path, module }) => ({ module, layout: layoutOf(path) }));
const STRUCTS = LAYOUTS.flatMap(({ module, layout }) =>
  layout.structs.map((record) => codecOf(module, layout, record)),
);
const MESSAGES = LAYOUTS.flatMap(({ module, layout }) =>
  layout.messages.map((record) => codecOf(module, layout, record)),
);
const ENTITIES = LAYOUTS.flatMap(({ module, layout }) =>
  layout.entities.map((record) => ({ name: record.name, record, codec: module[record.name] as EntityCodec<Columns> })),
);

function layoutOf(path: string): SchemaLayout {
  const text = readFileSync(new URL(path, import.meta.url), "utf8");
  return check(parse(scan(text).tokens).tree).layout;
}

function codecOf(module: Readonly<Record<string, unknown>>, layout: SchemaLayout, record: RecordLayout): Codec {
  return {
    name: `${layout.name}.${record.name}`,
    record,
    encode: module[`encode${record.name}`] as Codec["encode"],
    encodeInto: module[`encode${record.name}Into`] as Codec["encodeInto"],
    decode: module[`decode${record.name}`] as Codec["decode"],
  };
}

/** Values of a record that the wire can say exactly. */
function valuesOf(record: RecordLayout): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(record.fields.map(({ name, type }) => [name, fieldValues(type)])));
}

function fieldValues(type: FieldType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "bits":
      return meaningValues(type.meaning, type.width);
    case "array":
      return fc.array(elementValues(type.element), { minLength: type.count, maxLength: type.count });
    case "list":
      return fc.array(elementValues(type.element), { maxLength: Math.min(type.bound, 40) });
    case "bytes":
      return fc.uint8Array({ maxLength: Math.min(type.bound, 300) });
    case "string":
      return fc.string({ unit: "binary", maxLength: type.bound }).map((text) => cutTo(text, type.bound));
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
      return elementValues(type);
  }
}

function elementValues(type: ElementType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "bool":
      return fc.boolean();
    case "int":
      return wholeNumbers(type.bits, type.isSigned);
    case "float":
      return type.bits === 32 ? fc.float() : fc.double();
    case "enum":
      return fc.constantFrom(...type.of.members.map(({ value }) => value));
    case "struct":
      return valuesOf(type.of);
  }
}

function meaningValues(meaning: BitsMeaning, width: number): fc.Arbitrary<unknown> {
  switch (meaning.kind) {
    case "bool":
      return fc.boolean();
    case "int":
      return wholeNumbers(width, meaning.isSigned);
    case "angle":
      return wholeNumbers(width, false);
    case "enum":
      return fc.constantFrom(...meaning.of.members.map(({ value }) => value));
    case "quantized": {
      const [numerator, denominator] = [Number(meaning.step.numerator), Number(meaning.step.denominator)];
      return fc.nat({ max: meaning.values - 1 }).map((raw) => (raw * numerator) / denominator + toNumber(meaning.min));
    }
  }
}

function wholeNumbers(bits: number, isSigned: boolean): fc.Arbitrary<number> {
  return isSigned
    ? fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })
    : fc.integer({ min: 0, max: 2 ** bits - 1 });
}

/** The longest start of a text that has at most `bytesMax` bytes of UTF-8. */
function cutTo(text: string, bytesMax: number): string {
  let cut = "";
  for (const character of text) {
    if (new TextEncoder().encode(cut + character).length > bytesMax) break;
    cut += character;
  }
  return cut;
}

/** Bytes that were changed, cut or lengthened on their way. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const flipped = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
    return bytes.map((byte, index) => (index === at ? byte ^ bits : byte));
  });
  const cut = fc.nat(bytes.length - 1).map((end) => bytes.slice(0, end));
  const longer = fc.uint8Array({ minLength: 1, maxLength: 9 }).map((tail) => Uint8Array.of(...bytes, ...tail));
  return fc.oneof(flipped, cut, longer);
}

test.each([...STRUCTS, ...MESSAGES])(
  "$name: what is encoded is decoded again",
  ({ record, encode, encodeInto, decode }) => {
    fc.assert(
      fc.property(valuesOf(record), fc.nat(9), (value, offset) => {
        const bytes = encode(value);
        const place = new Uint8Array(offset + bytes.length);

        expect(decode(bytes)).toEqual(value);
        expect(encodeInto(value, place, offset)).toBe(offset + bytes.length);
        expect(place.subarray(offset)).toEqual(bytes);
        expect(decode(place, offset)).toEqual(value);
        expect(bytes.length).toBeGreaterThanOrEqual(record.bytesMin);
        expect(bytes.length).toBeLessThanOrEqual(record.bytesMax);
      }),
      { numRuns: 40 },
    );
  },
);

test.each(MESSAGES)("$name: a message that is cut or has bytes behind it is refused", ({ record, encode, decode }) => {
  fc.assert(
    fc.property(valuesOf(record), (value) => {
      const bytes = encode(value);

      expect(decode(Uint8Array.of(...bytes, 0))).toBeUndefined();
      for (const end of new Set([0, 1, 2, bytes.length >> 1, bytes.length - 1])) {
        if (end < bytes.length) expect(decode(bytes.subarray(0, end))).toBeUndefined();
      }
    }),
    { numRuns: 20 },
  );
});

test.each([...STRUCTS, ...MESSAGES])(
  "$name: damaged bytes are refused or are another value, and never throw",
  (codec) => {
    const cases = valuesOf(codec.record).chain((value) => {
      const bytes = codec.encode(value).slice();
      return bytes.length === 0 ? fc.constant(bytes) : damaged(bytes);
    });
    fc.assert(
      fc.property(cases, (bytes) => {
        const value = codec.decode(bytes);

        if (value !== undefined) expect(codec.decode(codec.encode(value))).toEqual(value);
      }),
      { numRuns: 100 },
    );
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
    const { encode, decode } = codecOf(module, layout, message);
    const [value] = fc.sample(valuesOf(message), { numRuns: 1, seed: 7 });
    const bytes = encode(value);
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

test.each(ENTITIES)("$name: a snapped slot is decoded as it was", ({ record, codec }) => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.double({ min: -5000, max: 5000 })), {
        minLength: record.fields.length,
        maxLength: record.fields.length,
      }),
      (numbers) => {
        const [columns, decoded] = [codec.createColumns(3), codec.createColumns(3)];
        fill(columns, record, numbers);
        codec.snap(columns, 1);
        const snapped = rowOf(columns, record);
        const bytes = new Uint8Array(codec.recordBytes + 2);

        expect(codec.encodeRecordInto(columns, 1, bytes, 2)).toBe(bytes.length);
        expect(codec.decodeRecordInto(bytes, 2, decoded, 1)).toBe(bytes.length);
        expect(rowOf(decoded, record)).toEqual(snapped);
        codec.snap(columns, 1);
        expect(rowOf(columns, record)).toEqual(snapped);
        expect(codec.decodeRecordInto(bytes, 3, decoded, 1)).toBe(-1);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(ENTITIES)(
  "$name: any bytes are a record that stays as it is, or leave the slot alone",
  ({ record, codec }) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: codec.recordBytes, maxLength: codec.recordBytes }), (bytes) => {
        const columns = codec.createColumns(3);
        const untouched = rowOf(columns, record);
        const end = codec.decodeRecordInto(bytes, 0, columns, 1);
        const row = rowOf(columns, record);
        codec.snap(columns, 1);

        expect(end === -1 ? row : end).toEqual(end === -1 ? untouched : bytes.length);
        expect(rowOf(columns, record)).toEqual(row);
      }),
      { numRuns: 200 },
    );
  },
);

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
    for (const { name } of record.fields) expect([into[name]![0], into[name]![2]]).toEqual([0, 0]);

    codec.reset(into, 1);

    expect(rowOf(into, record)).toEqual(record.fields.map(() => 0));
  },
);

/** Puts a number into each field of slot 1; enums get a member. */
function fill(columns: Columns, record: RecordLayout, numbers: readonly number[]): void {
  record.fields.forEach(({ name, type }, index) => {
    const of =
      type.kind === "enum"
        ? type.of
        : type.kind === "bits" && type.meaning.kind === "enum"
          ? type.meaning.of
          : undefined;
    const number = numbers[index]!;
    columns[name]![1] =
      of === undefined ? number : of.members[Math.trunc(Math.abs(number) % of.members.length) || 0]!.value;
  });
}

/** The fields of slot 1. */
function rowOf(columns: Columns, record: RecordLayout): number[] {
  return record.fields.map(({ name }) => columns[name]![1]!);
}

test.each(LAYOUTS)("the size of every struct and message is exported", ({ module, layout }) => {
  const constants = layout.constants.map(({ name }) => name);
  for (const record of [...layout.structs, ...layout.messages]) {
    const name = isFixed(record) ? bytesOf(record.name) : bytesMaxOf(record.name);

    if (!constants.includes(name)) expect([name, module[name]]).toEqual([name, record.bytesMax]);
  }
});
