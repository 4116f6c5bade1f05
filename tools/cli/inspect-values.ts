import { decodeFreeForm } from "../../shared/engine/transport/free-form.ts";

const ITEMS_SHOWN_MAX = 8;
const BYTES_SHOWN_MAX = 16;
/** Fields of the engine's messages that hold one free-form value each. */
const FREE_FORM_FIELDS = ["options", "metadata"];

/** The fields of a message on one line: `tick=12 name="Ada"`. `isFull`: however long they are. */
export function fieldsText(value: Readonly<Record<string, unknown>>, isFull: boolean): string {
  return Object.entries(value)
    .map(([name, field]) => `${name}=${fieldText(name, field, isFull)}`)
    .join(" ");
}

function fieldText(name: string, value: unknown, isFull: boolean): string {
  if (name.endsWith("Hash") && typeof value === "number") return `0x${value.toString(16).padStart(8, "0")}`;
  return valueText(freeFormOf(name, value), isFull);
}

/** A decoded value as a person reads it. */
export function valueText(value: unknown, isFull: boolean): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return bytesText(value, isFull);
  if (Array.isArray(value)) return listText(value, isFull);
  if (value === undefined) return "absent";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${valueText(field, isFull)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** A decoded value as JSON can say it: bytes as hexadecimal text, 64-bit integers as decimal text. */
export function plainValue(name: string, value: unknown): unknown {
  const shown = freeFormOf(name, value);
  if (typeof shown === "bigint") return shown.toString();
  if (shown instanceof Uint8Array) return Buffer.from(shown).toString("hex");
  if (Array.isArray(shown)) return shown.map((item) => plainValue("", item));
  if (typeof shown !== "object" || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([key, field]) => [key, plainValue(key, field)]));
}

/** Bytes in hexadecimal, the first few of them. */
export function bytesText(bytes: Uint8Array, isFull: boolean): string {
  const shown = isFull ? bytes : bytes.subarray(0, BYTES_SHOWN_MAX);
  const text = Array.from(shown, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const rest = bytes.length - shown.length;
  return `${bytes.length} bytes [${text}${rest > 0 ? ` … ${rest} more` : ""}]`;
}

function listText(items: readonly unknown[], isFull: boolean): string {
  const shown = isFull ? items : items.slice(0, ITEMS_SHOWN_MAX);
  const rest = items.length - shown.length;
  const texts = shown.map((item) => valueText(item, isFull));
  return `[${[...texts, ...(rest > 0 ? [`… ${rest} more`] : [])].join(", ")}]`;
}

function freeFormOf(name: string, value: unknown): unknown {
  if (!FREE_FORM_FIELDS.includes(name) || !(value instanceof Uint8Array)) return value;
  const decoded = decodeFreeForm(value);
  return decoded === undefined ? value : decoded.value;
}
