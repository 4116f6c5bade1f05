/**
 * The raw steps of a quantised value: the nearest step to `value`, clamped to 0 … `rawMax`.
 * What is not finite becomes 0, the range's minimum.
 */
export function quantize(value: number, min: number, stepsPerUnit: number, rawMax: number): number {
  const raw = Math.floor((value - min) * stepsPerUnit + 0.5);
  if (raw > 0 && raw <= rawMax) return raw;
  return raw > rawMax && value < Infinity ? rawMax : 0;
}
