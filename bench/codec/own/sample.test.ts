import { expect, test } from "vitest";
import { Rng } from "../../../shared/engine/time/rng.ts";
import { load } from "../../../tools/codegen/load.ts";
import { literalOf } from "./literal.ts";
import { sampleRecord } from "./sample.ts";
import { traitsOf } from "./traits.ts";

const SCHEMA = `protocol own 1;
enum Side : i8 { LEFT = -1, RIGHT = 1 };
struct Point { f32 x, y; };
struct Plain { u8 small : 3; f32 heat [[quantize(0, 2, 1/4)]]; Side side; char tag[4]; Point path<300>; optional u16 to; };
struct Rich { u64 big; bytes blob<9>; f64 exact; };
`;

function recordNamed(name: string) {
  const { layout, diagnostics } = load("own.wire", () => SCHEMA);
  expect(diagnostics).toEqual([]);
  return layout!.structs.find((struct) => struct.name === name)!;
}

test("a sample is in range: bits, steps, members, texts, and no list above 64", () => {
  const rng = new Rng(1);
  const samples = Array.from({ length: 200 }, () => sampleRecord(recordNamed("Plain"), rng));

  for (const { small, heat, side, tag, path } of samples) {
    expect(small as number).toBeLessThan(8);
    expect([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]).toContain(heat);
    expect([-1, 1]).toContain(side);
    expect((tag as string).length).toBeLessThanOrEqual(4);
    expect((path as unknown[]).length).toBeLessThanOrEqual(64);
  }
  expect(samples.some(({ to }) => to === undefined)).toBe(true);
  expect(samples.some(({ to }) => typeof to === "number")).toBe(true);
});

test("the same seed gives the same samples", () => {
  expect(sampleRecord(recordNamed("Rich"), new Rng(5))).toEqual(sampleRecord(recordNamed("Rich"), new Rng(5)));
});

test("what JSON and 32-bit floats cannot say is found", () => {
  expect(traitsOf(recordNamed("Rich"))).toEqual({ hasBigInts: true, hasBytes: true, hasDoubles: true });
  expect(traitsOf(recordNamed("Point"))).toEqual({ hasBigInts: false, hasBytes: false, hasDoubles: false });
});

test("a sample is written as an expression", () => {
  expect(literalOf({ a: [1, -0, 2.5], b: 3n, c: 'x"', d: Uint8Array.of(1, 2), e: undefined, f: true })).toBe(
    '{ "a": [1, -0, 2.5], "b": 3n, "c": "x\\"", "d": Uint8Array.of(1, 2), "e": undefined, "f": true }',
  );
});
