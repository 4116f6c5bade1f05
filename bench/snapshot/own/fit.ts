import type { BitsType, QuantizedMeaning } from "../../../tools/codegen/layout.ts";
import { toNumber } from "../../../tools/codegen/rational.ts";
import type { ScalarType } from "../../../tools/codegen/snapshot/row.ts";

/** A value as a column of its field takes it, and what became of it on the way to the wire. */
export interface Fitted {
  readonly value: number;
  /** snapped: moved to the nearest value that the field has. clamped: to the end of its range. */
  readonly fate: "exact" | "snapped" | "clamped";
}

/** Of a step: values that are closer to one are on it, for 0.1 + 0.2 is no 0.3. */
const TOLERANCE = 1e-6;
const FLOAT_MAX = (2 - 2 ** -23) * 2 ** 127;

/** Fits a value into a field; undefined where it is no member of the field's enum. */
export function fit(type: ScalarType, given: number | boolean): Fitted | undefined {
  const value = Number(given);
  switch (type.kind) {
    case "bool":
      return fitBool(value);
    case "int":
      return fitRange(value, ...rangeOf(type));
    case "float":
      return fitFloat(value);
    case "enum":
      return type.of.members.some((member) => member.value === value) ? { value, fate: "exact" } : undefined;
    case "bits":
      return fitBits(type, value);
  }
}

function fitBits({ width, meaning }: BitsType, value: number): Fitted | undefined {
  switch (meaning.kind) {
    case "bool":
      return fitBool(value);
    case "int":
      return fitRange(value, ...rangeOf({ bits: width, isSigned: meaning.isSigned }));
    case "enum":
      return fit({ kind: "enum", of: meaning.of }, value);
    case "angle":
      return fitAngle(value, 2 ** width);
    case "quantized":
      return { value, fate: quantizedFate(value, meaning) };
  }
}

function fitBool(value: number): Fitted {
  return { value: value === 0 ? 0 : 1, fate: value === 0 || value === 1 ? "exact" : "clamped" };
}

function rangeOf({ bits, isSigned }: { readonly bits: number; readonly isSigned: boolean }): [number, number] {
  return isSigned ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

function fitRange(given: number, min: number, max: number): Fitted {
  const value = Math.min(max, Math.max(min, Math.round(given)));
  return { value, fate: value === given ? "exact" : given < min || given > max ? "clamped" : "snapped" };
}

function fitFloat(given: number): Fitted {
  const value = Math.fround(given);
  if (!Number.isFinite(value)) return { value: Math.sign(given) * FLOAT_MAX, fate: "clamped" };
  return { value, fate: value === given ? "exact" : "snapped" };
}

/** An angle goes on from the start after a full turn: none is out of range. */
function fitAngle(given: number, steps: number): Fitted {
  const value = Math.round(given) & (steps - 1);
  return { value, fate: Number.isInteger(given) ? "exact" : "snapped" };
}

/** The column takes the value as it is: snapping is the codec's. */
function quantizedFate(value: number, meaning: QuantizedMeaning): Fitted["fate"] {
  const raw = (value - toNumber(meaning.min)) / toNumber(meaning.step);
  if (raw < -0.5 || raw >= meaning.values - 0.5) return "clamped";
  return Math.abs(raw - Math.round(raw)) < TOLERANCE ? "exact" : "snapped";
}
