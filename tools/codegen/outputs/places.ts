import type { FieldLayout, RecordLayout } from "../layout.ts";
import { placedParts } from "../layout.ts";

/** Where a field stands in its record: a byte, and a bit of it for fields that share bytes. */
export interface FieldPlace {
  readonly byte: number;
  readonly bit: number | undefined;
}

/** The places of a record's fields; those behind something of variable size have none. Optional ones: their presence bit's. */
export function placesOf(record: RecordLayout): ReadonlyMap<FieldLayout, FieldPlace> {
  const places = new Map<FieldLayout, FieldPlace>();
  for (const { part, offset } of placedParts(record)) {
    if (part.kind === "whole") {
      if (!places.has(part.field)) places.set(part.field, { byte: offset, bit: undefined });
      continue;
    }
    for (const { field, bitOffset } of part.slices) {
      places.set(field, { byte: offset + (bitOffset >> 3), bit: bitOffset & 7 });
    }
  }
  return places;
}

/** `4`, or `4.3` for bit 3 of byte 4; nothing where the place varies. */
export function placeText(place: FieldPlace | undefined): string {
  if (place === undefined) return "";
  return place.bit === undefined ? String(place.byte) : `${place.byte}.${place.bit}`;
}
