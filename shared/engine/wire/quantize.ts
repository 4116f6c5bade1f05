/**
 * The raw steps of a quantised value: the nearest step to `value`, clamped to 0 … `rawMax`.
 * What is not finite becomes 0, the range's minimum.
 */
export function quantize(value: number, min: number, stepsPerUnit: number, rawMax: number): number {
  const raw = (value - min) * stepsPerUnit + 0.5;
  if (raw < rawMax + 1) return raw > 0 ? raw >>> 0 : 0;
  return value < Infinity ? rawMax : 0;
}

/** The raw steps of a value outside of its range, `steps` above the minimum: the range's end that is nearer. */
export function clampSteps(value: number, steps: number, rawMax: number): number {
  return steps > 0 && value < Infinity ? rawMax : 0;
}
