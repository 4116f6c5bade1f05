import type { ElementType, UnionLayout } from "../layout.ts";
import { isFixed, sizeOfType } from "../layout.ts";
import * as naming from "../naming.ts";
import type { EmitContext } from "./context.ts";
import { leavesItsEnd, sizeNameOf } from "./context.ts";
import { checkedValue, elementTypeText, emitElementWrite, intRead, isNested, rawRead, refusal } from "./elements.ts";
import type { StoreBody } from "./encode.ts";
import { emitEncoders, storeCall } from "./encode.ts";
import type { Place } from "./place.ts";
import { at } from "./place.ts";
import type { Printer } from "./printer.ts";

/** Prints a union: its type, told apart by `type`, and its functions. */
export function emitUnion(printer: Printer, union: UnionLayout, context: EmitContext): void {
  const { name, doc, variants } = union;
  printer.types(() => {
    printer.line();
    printer.doc(doc);
    emitVariants(
      printer,
      name,
      variants.map((each) => `{ readonly type: "${each.name}"; readonly value: ${elementTypeText(each.type)} }`),
    );
  });
  printer.line();
  printer.exportedConstant(sizeNameOf(union), String(union.bytesMax));
  emitEncoders(printer, union, context, unionStoreBody(union, context));
  emitDecode(printer, union, context);
}

/** Prints `export type name = … | …;`. */
export function emitVariants(printer: Printer, name: string, members: readonly string[]): void {
  if (members.length < 2) {
    printer.line(`export type ${name} = ${members[0] ?? "never"};`);
    return;
  }
  printer.line(`export type ${name} =`);
  printer.indented(() => {
    members.forEach((member, index) => {
      printer.line(`| ${member}${index === members.length - 1 ? ";" : ""}`);
    });
  });
}

/** Prints what stores a union. */
export function unionStoreBody(union: UnionLayout, context: EmitContext): StoreBody {
  return (printer) => {
    printer.block("switch (value.type)", () => {
      for (const { name, tag, type } of union.variants) {
        printer.block(`case "${name}":`, () => {
          emitTag(printer, union, tag);
          emitBody(printer, type, { base: "offset", shift: union.base.bits / 8 }, context);
        });
      }
      printer.line("default:");
      printer.indented(() => {
        printer.line(`throw new RangeError("${union.name} has no variant of that type");`);
      });
    });
  };
}

function emitTag(printer: Printer, { base }: UnionLayout, tag: number): void {
  for (let byte = 0; byte < base.bits / 8; byte++) {
    printer.line(`bytes[${at({ base: "offset", shift: byte })}] = ${(tag >>> (byte * 8)) & 0xff};`);
  }
}

function emitBody(printer: Printer, type: ElementType, place: Place, context: EmitContext): void {
  if (isNested(type)) {
    printer.line(`return ${storeCall(type.of, "value.value", at(place), context)};`);
    return;
  }
  emitElementWrite(printer, type, "value.value", place);
  printer.line(`return ${at(place, sizeOfType(type).min)};`);
}

function emitDecode(printer: Printer, union: UnionLayout, context: EmitContext): void {
  const tagBytes = union.base.bits / 8;
  const signature = {
    name: naming.decodeOf(union.name),
    parameters: [
      { name: "bytes", type: "Uint8Array" },
      { name: "offset", type: "number", byDefault: "0" },
    ],
    returns: `${union.name} | undefined`,
  };
  printer.exportedFunction(signature, "", () => {
    printer.line(`if (offset + ${tagBytes} > bytes.length) return undefined;`);
    printer.block(`switch (${intRead(union.base, { base: "offset", shift: 0 })})`, () => {
      for (const { name, tag, type } of union.variants) {
        printer.block(`case ${tag}:`, () => {
          emitVariantRead(printer, name, type, tagBytes, leavesItsEnd(union, context));
        });
      }
      printer.line("default:");
      printer.indented(() => {
        printer.line("return undefined;");
      });
    });
  });
}

function emitVariantRead(
  printer: Printer,
  name: string,
  type: ElementType,
  tagBytes: number,
  leavesEnd: boolean,
): void {
  const place: Place = { base: "offset", shift: tagBytes };
  const { min, max } = sizeOfType(type);
  if (!isNested(type)) printer.line(`if (${at(place, max)} > bytes.length) return undefined;`);
  printer.assign("const value", rawRead(type, place));
  const refused = refusal(type, "value");
  if (refused !== undefined) printer.line(`if (${refused}) return undefined;`);
  if (leavesEnd && !(isNested(type) && !isFixed(type.of))) printer.line(`decodedEnd = ${at(place, min)};`);
  const value = checkedValue(type, "value");
  printer.line(`return { type: "${name}", value${value === "value" ? "" : `: ${value}`} };`);
}
