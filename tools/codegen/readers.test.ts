import { expect, test } from "vitest";
import * as kitchen from "./golden/kitchen.ts";
import { layoutOf } from "./golden-codecs.ts";
import { drawsOf, sampleOf } from "./sample-values.ts";

const LAYOUT = layoutOf("golden/kitchen.wire");

/** Values of a struct or message. */
function valuesOf<Value>(name: string, count: number): Value[] {
  const record = [...LAYOUT.structs, ...LAYOUT.messages].find((each) => each.name === name)!;
  const draw = drawsOf(21);
  return Array.from({ length: count }, () => sampleOf(record, draw) as Value);
}

const SCALARS = valuesOf<kitchen.Scalars>("Scalars", 50);

test("a reader says of each field what decoding says", () => {
  for (const value of SCALARS) {
    const reader = new kitchen.ScalarsReader(Uint8Array.of(9, 9, ...kitchen.encodeScalars(value)), 2);
    const { flag, a, b, c, d, e, f, g, h, side, mood } = reader;

    expect({ flag, a, b, c, d, e, f, g, h, side, mood }).toEqual(value);
  }
});

test("a reader finds bit fields, also those that reach into a second word", () => {
  for (const value of valuesOf<kitchen.Bits>("Bits", 50)) {
    const reader = new kitchen.BitsReader(kitchen.encodeBits(value));
    const { on, small, aim, wide, speed, odd, side, trend, deep, last, full } = reader;

    expect({ on, small, aim, wide, speed, odd, side, trend, deep, last, full }).toEqual(value);
  }
});

test("a reader that is moved on reads the next record", () => {
  const values = valuesOf<kitchen.Sample>("Sample", 3);
  const bytes = new Uint8Array(values.flatMap((value) => [...kitchen.encodeSample(value)]));
  const reader = new kitchen.SampleReader(bytes);

  for (const { id, heat, x } of values) {
    expect([reader.id, reader.heat, reader.x]).toEqual([id, heat, x]);
    reader.offset += kitchen.SAMPLE_BYTES;
  }
});

test("the reader of the seed struct reads floats where a Float32Array cannot stand", () => {
  const scores = Array.from({ length: 32 }, (_, index) => index / 4);
  const bytes = kitchen.encodeSomeStruct({ username: "Zoë", id: 7, scores }).slice();
  const reader = new kitchen.SomeStructReader(bytes);

  expect(() => new Float32Array(bytes.buffer, kitchen.SOME_STRUCT_OFFSETS.scores, 32)).toThrow(RangeError);
  expect([reader.username, reader.id]).toEqual(["Zoë", 7]);
  expect(scores.map((_, index) => reader.scores(index))).toEqual(scores);
  expect(kitchen.decodeSomeStruct(bytes)!.scores).toEqual(scores);
  expect(kitchen.SOME_STRUCT_OFFSETS).toEqual({ username: 0, id: 16, scores: 18 });
  expect(bytes.length).toBe(146);
});

test("a reader goes into structs and arrays, and up to the first field of variable size", () => {
  const [fixed] = valuesOf<kitchen.Fixed>("Fixed", 1);
  const [varied] = valuesOf<kitchen.Varied>("Varied", 1);
  const reader = new kitchen.FixedReader(kitchen.encodeFixed(fixed!));

  expect(reader.scalars.e).toBe(fixed!.scalars.e);
  expect(reader.few(2)).toBe(fixed!.few[2]);
  expect(reader.flags(8)).toBe(fixed!.flags[8]);
  expect(reader.sides(1)).toBe(fixed!.sides[1]);
  expect(reader.points(1).y).toBe(fixed!.points[1]!.y);
  expect(new kitchen.VariedReader(kitchen.encodeVaried(varied!)).head).toBe(varied!.head);
});

test("a reader says whether an optional field is there", () => {
  const reader = new kitchen.MaybeReader(kitchen.encodeMaybe({ id: 5, bits: 2, tail: 0 }));

  expect([reader.hasId, reader.bits, reader.hasText]).toEqual([true, 2, false]);
});

test("a reader finds the rest of a message, and says nothing where its bytes are too few or too many", () => {
  const value = { channel: 7, body: Uint8Array.of(1, 2, 3) };
  const bytes = Uint8Array.of(9, 9, ...kitchen.encodeRelayed(value));
  const reader = new kitchen.RelayedReader(bytes, 2);
  const bodyIn = (length: number) => new kitchen.RelayedReader(new Uint8Array(length)).body?.length;

  expect({ channel: reader.channel, body: reader.body }).toEqual(value);
  expect([2, 3, 65_003, 65_004].map(bodyIn)).toEqual([undefined, 0, 65_000, undefined]);
});

test("an unknown member is undefined to a reader", () => {
  const bytes = kitchen.encodeScalars(SCALARS[0]!).slice();
  bytes[kitchen.SCALARS_OFFSETS.side] = 3;

  expect(new kitchen.ScalarsReader(bytes).side).toBeUndefined();
  expect(new kitchen.ScalarsReader(bytes).mood).toBe(SCALARS[0]!.mood);
});

test("rows are read into columns that are the caller's", () => {
  const values = valuesOf<kitchen.Sample>("Sample", 20);
  const bytes = new Uint8Array([7, ...values.flatMap((value) => [...kitchen.encodeSample(value)])]);
  const columns = kitchen.createSampleColumns(20);

  expect(kitchen.decodeSampleRowsInto(bytes, 1, 20, columns)).toBe(bytes.length);
  values.forEach(({ id, good, side, x, stamp, heat, exact, last }, row) => {
    expect([columns.id[row], columns.good[row] === 1, columns.side[row]]).toEqual([id, good, side]);
    expect([columns.x[row], columns.stamp[row], columns.last[row] === 1]).toEqual([x, stamp, last]);
    expect([columns.heat[row], columns.exact[row]]).toEqual([heat, exact]);
  });
});

test("rows that are cut, damaged or too many are refused", () => {
  const [value] = valuesOf<kitchen.Sample>("Sample", 1);
  const row = kitchen.encodeSample(value!).slice();
  const columns = kitchen.createSampleColumns(1);

  expect(kitchen.decodeSampleRowsInto(row, 0, 1, columns)).toBe(kitchen.SAMPLE_BYTES);
  expect(kitchen.decodeSampleRowsInto(row.subarray(1), 0, 1, columns)).toBe(-1);
  expect(kitchen.decodeSampleRowsInto(Uint8Array.of(...row, ...row), 0, 2, columns)).toBe(-1);
  row[3] = 2; // a bool above 1
  expect(kitchen.decodeSample(row)).toBeUndefined();
  expect(kitchen.decodeSampleRowsInto(row, 0, 1, columns)).toBe(-1);
});

test("a value that is filled again keeps its arrays and objects, and grows and shrinks with what comes", () => {
  const [first, second] = valuesOf<kitchen.Newer>("Newer", 2);
  const target = kitchen.decodeNewer(kitchen.encodeNewer({ ...first!, samples: valuesOf("Sample", 3) }))!;
  const { samples } = target;
  const [kept] = samples;
  const bytes = kitchen.encodeNewer({ ...second!, samples: valuesOf("Sample", 5) });

  expect(kitchen.decodeNewerInto(bytes, 0, target)).toBe(bytes.length);
  expect(target).toEqual(kitchen.decodeNewer(bytes));
  expect(target.samples).toBe(samples);
  expect(samples[0]).toBe(kept);
  const shorter = kitchen.encodeNewer({ ...second!, samples: [] });
  expect(kitchen.decodeNewerInto(shorter, 0, target)).toBe(shorter.length);
  expect(samples).toEqual([]);
});
