import type { BitsType, ElementType, FieldType } from "./layout.ts";
import { isRest } from "./layout.ts";
import { toText } from "./rational.ts";

/** A type as a schema writes it, with constants worked out. Equal texts travel alike. */
export function textOfType(type: FieldType): string {
  switch (type.kind) {
    case "bits":
      return textOfBits(type);
    case "optional":
      return `optional ${textOfType(type.of)}`;
    case "array":
      return `${textOfElement(type.element)}[${type.count}]`;
    case "list":
      return `${textOfElement(type.element)}<${type.bound}>`;
    case "chars":
      return `char[${type.count}]`;
    case "string":
    case "bytes":
      return `${type.kind}<${type.bound}>${isRest(type) ? " [[rest]]" : ""}`;
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return textOfElement(type);
  }
}

/** What has become of a field's type, when both texts differ. */
export function wordForChange(older: FieldType, newer: FieldType): string {
  if (older.kind !== newer.kind) return older.kind === "optional" || newer.kind === "optional" ? "changed" : "retyped";
  switch (newer.kind) {
    case "bits": {
      const meaning = (older as BitsType).meaning.kind;
      if (meaning !== newer.meaning.kind) return "retyped";
      return meaning === "quantized" ? "requantised" : "resized";
    }
    case "array":
    case "list": {
      const isElementKept = textOfElement((older as typeof newer).element) === textOfElement(newer.element);
      return isElementKept ? (newer.kind === "list" ? "rebound" : "resized") : "retyped";
    }
    case "string":
    case "bytes":
      return isRest(older) === isRest(newer) ? "rebound" : "changed";
    case "chars":
      return "resized";
    case "optional":
      return wordForChange((older as typeof newer).of, newer.of);
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "struct":
    case "union":
      return "retyped";
  }
}

function textOfElement(type: ElementType): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "int":
      return `${type.isSigned ? "i" : "u"}${type.bits}`;
    case "float":
      return `f${type.bits}`;
    case "enum":
    case "struct":
    case "union":
      return type.of.name;
  }
}

function textOfBits({ width, meaning }: BitsType): string {
  switch (meaning.kind) {
    case "bool":
      return "bool : 1";
    case "angle":
      return `angle : ${width}`;
    case "int":
      return `${meaning.isSigned ? "signed" : "unsigned"} : ${width}`;
    case "enum":
      return `${meaning.of.name} : ${width}`;
    case "quantized":
      return `quantize(${[meaning.min, meaning.max, meaning.step].map(toText).join(", ")})`;
  }
}
