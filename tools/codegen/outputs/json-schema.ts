import type {
  BitsType,
  ElementType,
  EnumLayout,
  FieldLayout,
  FieldType,
  IntType,
  QuantizedMeaning,
  RecordLayout,
  UnionLayout,
} from "../layout.ts";
import { isRest } from "../layout.ts";
import { isExact, isInteger, divide, toNumber } from "../rational.ts";
import { plainLine, plainText } from "./comment.ts";
import { intBounds, marksOf, quantizedRange, typeText } from "./words.ts";

/** A JSON object. Keys that are undefined are left out when it is printed. */
export type Json = Readonly<Record<string, unknown>>;

/** The JSON Schema of a decoded struct or message. */
export function recordSchema(record: RecordLayout): Json {
  const required = record.fields.filter(({ type }) => type.kind !== "optional").map(({ name }) => name);
  return {
    type: "object",
    description: described(plainText(record.doc)),
    required: required.length === 0 ? undefined : required,
    properties: Object.fromEntries(record.fields.map((field) => [field.name, fieldSchema(field)])),
    additionalProperties: false,
    "x-bytes-min": record.bytesMin,
    "x-bytes-max": record.bytesMax,
  };
}

/** The JSON Schema of a union: the variant's name, and its value. */
export function unionSchema(union: UnionLayout): Json {
  return {
    description: described(plainText(union.doc)),
    oneOf: union.variants.map(({ name, doc, tag, type }) => ({
      type: "object",
      description: described(plainText(doc)),
      required: ["type", "value"],
      properties: { type: { const: name }, value: elementSchema(type) },
      additionalProperties: false,
      "x-tag": tag,
    })),
  };
}

/** The JSON Schema of an enum: its numbers, with their names beside them. */
export function enumSchema({ doc, members }: EnumLayout): Json {
  const named = members.map(
    ({ name, doc: said, value }) => `${value} ${name}${said === "" ? "" : `: ${plainLine(said)}`}`,
  );
  return {
    type: "integer",
    description: [plainText(doc), ...named].filter((line) => line !== "").join("\n"),
    enum: members.map(({ value }) => value),
    "x-enum-varnames": members.map(({ name }) => name),
  };
}

/** A field's schema. What stands beside a `$ref` would be ignored: such a field says its words around it. */
function fieldSchema(field: FieldLayout): Json {
  const type = typeSchema(field.type);
  const words: Json = {
    description: described([plainText(field.doc), noteOf(field.type)].filter((text) => text !== "").join("\n")),
    "x-wire-type": typeText(field.type),
    "x-wire-marks": marksOf(field).length === 0 ? undefined : marksOf(field),
  };
  return "$ref" in type ? { allOf: [type], ...words } : { ...type, ...words };
}

function typeSchema(type: FieldType): Json {
  switch (type.kind) {
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return elementSchema(type);
    case "chars":
      return { type: "string", maxLength: type.count, "x-bytes": type.count };
    case "string":
      return { type: "string", maxLength: type.bound, "x-bytes-max": type.bound };
    case "bytes":
      return {
        type: "string",
        contentEncoding: "base64",
        maxLength: 4 * Math.ceil(type.bound / 3),
        "x-bytes-max": type.bound,
      };
    case "array":
      return { type: "array", items: elementSchema(type.element), minItems: type.count, maxItems: type.count };
    case "list":
      return { type: "array", items: elementSchema(type.element), maxItems: type.bound };
    case "optional":
      return typeSchema(type.of);
    case "bits":
      return bitsSchema(type);
  }
}

function elementSchema(type: ElementType): Json {
  switch (type.kind) {
    case "bool":
      return { type: "boolean" };
    case "int":
      return intSchema(type);
    case "float":
      return { type: "number", format: type.bits === 32 ? "float" : "double" };
    case "enum":
    case "struct":
    case "union":
      return { $ref: `#/components/schemas/${type.of.name}` };
  }
}

/** JSON's readers lose digits of 64-bit numbers: they are said as decimal digits. */
function intSchema({ bits, isSigned }: IntType): Json {
  if (bits === 64)
    return {
      type: "string",
      format: isSigned ? "int64" : "uint64",
      pattern: isSigned ? "^-?\\d{1,19}$" : "^\\d{1,20}$",
    };
  const [minimum, maximum] = intBounds(bits, isSigned).map(Number);
  return { type: "integer", minimum, maximum };
}

function bitsSchema({ width, meaning }: BitsType): Json {
  switch (meaning.kind) {
    case "bool":
      return { type: "boolean" };
    case "enum":
      return { $ref: `#/components/schemas/${meaning.of.name}` };
    case "int":
    case "angle": {
      const [minimum, maximum] = intBounds(width, meaning.kind === "int" && meaning.isSigned).map(Number);
      return { type: "integer", minimum, maximum };
    }
    case "quantized":
      return quantizedSchema(meaning);
  }
}

/** `multipleOf` where the values are exact multiples of the step, as doubles have them. */
function quantizedSchema({ min, max, step }: QuantizedMeaning): Json {
  const isMultiple = isExact(step) && isInteger(divide(min, step));
  return {
    type: "number",
    minimum: toNumber(min),
    exclusiveMaximum: toNumber(max),
    multipleOf: isMultiple ? toNumber(step) : undefined,
  };
}

/** What a schema's keywords cannot say of a field. */
function noteOf(type: FieldType): string {
  switch (type.kind) {
    case "string":
      return `At most ${type.bound} bytes of UTF-8.`;
    case "chars":
      return `At most ${type.count} bytes of UTF-8.`;
    case "bytes":
      return `${isRest(type) ? "What is left of the message, at" : "At"} most ${type.bound} bytes; decoded, a Uint8Array.`;
    case "int":
      return type.bits === 64 ? "Decoded, a bigint." : "";
    case "bits":
      if (type.meaning.kind === "quantized") return `${quantizedRange(type.meaning)}.`;
      return type.meaning.kind === "angle" ? `Steps of a full turn, ${2 ** type.width} of them.` : "";
    case "optional":
      return noteOf(type.of);
    case "bool":
    case "float":
    case "enum":
    case "struct":
    case "union":
    case "array":
    case "list":
      return "";
  }
}

function described(text: string): string | undefined {
  return text === "" ? undefined : text;
}
