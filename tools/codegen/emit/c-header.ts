import type { ConstantLayout, EnumLayout, RecordLayout, SchemaLayout, UnionLayout } from "../layout.ts";
import { cIntType, cName, cNumber, Macros } from "../outputs/c-names.ts";
import { cComment } from "../outputs/comment.ts";
import { TextPrinter } from "../outputs/text-printer.ts";
import { protocolHash } from "../protocol-hash.ts";
import { CRecords } from "./c-header-records.ts";

/**
 * Prints a C header: packed structs of everything whose size is fixed, with asserted sizes and offsets.
 *
 * The bytes of such a struct are the bytes on the wire. What takes the rest of a message is an array of no stated
 * length at its end. What else has no fixed size is named in a comment, and so are entities.
 */
export function emitCHeader(layout: SchemaLayout): string {
  const printer = new TextPrinter();
  const macros = new Macros(layout.name);
  const guard = macros.take("WIRE_H");
  emitHead(printer, layout, guard);
  emitProtocol(printer, layout, macros);
  for (const constant of layout.constants) emitConstant(printer, constant, macros);
  printer.line();
  for (const of of layout.enums) emitEnum(printer, of, macros);
  printer.line("#pragma pack(push, 1)");
  printer.line();
  const records = new CRecords(printer, macros);
  for (const record of recordsOf(layout)) records.emit(record);
  emitEntities(printer, layout);
  printer.line("#pragma pack(pop)");
  printer.line();
  printer.line("#endif");
  return printer.text();
}

function recordsOf({ structs, unions, messages }: SchemaLayout): readonly (RecordLayout | UnionLayout)[] {
  return [...structs, ...unions, ...messages];
}

function emitEntities(printer: TextPrinter, { entities }: SchemaLayout): void {
  if (entities.length === 0) return;
  for (const { name } of entities) {
    printer.line(`/* The entity ${name} travels in snapshots, packed into bits, which no C struct can say. */`);
  }
  printer.line();
}

function emitHead(printer: TextPrinter, layout: SchemaLayout, guard: string): void {
  const title = layout.isProtocol ? `${layout.name} ${layout.version}` : cComment(layout.name);
  printer.doc(
    [
      `The records of ${title} as they stand on the wire: packed, little-endian. Printed by Tickwire; do not edit.`,
      "",
      "Bit fields lie as gcc lays them out on little-endian machines: lowest bit first, across the borders of their",
      "types. MSVC lays them out in another way; there the assertions stop the compiler.",
      ...(layout.doc === "" ? [] : ["", cComment(layout.doc)]),
    ].join("\n"),
  );
  printer.lines(`#ifndef ${guard}\n#define ${guard}\n${PRELUDE}`);
}

function emitProtocol(printer: TextPrinter, layout: SchemaLayout, macros: Macros): void {
  printer.line();
  if (layout.isProtocol) {
    printer.line(`#define ${macros.take("PROTOCOL_NAME")} "${layout.name}"`);
    printer.line(`#define ${macros.take("PROTOCOL_VERSION")} ${layout.version}`);
  }
  printer.line(`#define ${macros.take("PROTOCOL_HASH")} 0x${protocolHash(layout).toString(16).padStart(8, "0")}u`);
  printer.line();
}

function emitConstant(printer: TextPrinter, { name, doc, value }: ConstantLayout, macros: Macros): void {
  printer.doc(cComment(doc));
  printer.line(`#define ${macros.take(name)} ${cNumber(value)}`);
}

/** Prints an enum as its integer type and a macro a member: C's own enums have no width. */
function emitEnum(printer: TextPrinter, { name, doc, base, members }: EnumLayout, macros: Macros): void {
  printer.doc(cComment(doc));
  printer.line(`typedef ${cIntType(base)} ${cName(name)};`);
  for (const member of members) {
    printer.doc(cComment(member.doc));
    printer.line(`#define ${macros.take(name, member.name)} ((${cName(name)})${member.value})`);
  }
  printer.line();
}

const PRELUDE = `
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "these structs are what is on the wire on little-endian machines only"
#endif

#ifdef __cplusplus
#define _Static_assert static_assert
#endif
_Static_assert(sizeof(bool) == 1 && sizeof(float) == 4 && sizeof(double) == 8, "types of the usual sizes");

#ifndef TICKWIRE_QUANTIZE
#define TICKWIRE_QUANTIZE
/** The raw steps nearest to a value, from 0 to raw_max. What is not finite becomes 0. */
static inline uint32_t tickwire_quantize(double value, double min, double steps_per_unit, uint32_t raw_max) {
  const double raw = (value - min) * steps_per_unit + 0.5;
  if (value - value != 0.0 || !(raw >= 1.0)) return 0;
  return raw >= (double)raw_max + 1.0 ? raw_max : (uint32_t)raw;
}
#endif`;
