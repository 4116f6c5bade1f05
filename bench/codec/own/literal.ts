/** The text of a JavaScript expression for a sample: plain objects, arrays, numbers, bigints, texts and bytes. */
export function literalOf(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (value instanceof Uint8Array) return `Uint8Array.of(${value.join(", ")})`;
  if (Array.isArray(value)) return `[${value.map(literalOf).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${literalOf(field)}`);
    return `{ ${fields.join(", ")} }`;
  }
  return value === undefined ? "undefined" : JSON.stringify(value);
}
