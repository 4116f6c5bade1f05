import {
  decodeEntityHead,
  decodeSnapshotSection,
  ENTITY_HEAD_BYTES,
  SNAPSHOT_SECTION_BYTES,
} from "../../schema/generated/engine.ts";
import type { AnyEntityCodec } from "../wire/protocol.ts";
import type { EntityTable } from "./entity-table.ts";

type AnyTable = EntityTable<ReturnType<AnyEntityCodec["createColumns"]>>;

/**
 * Replaces what stands in `tables` (one for each kind, in the protocol's order) by the `sections` of a Snapshot.
 * `version`: the newest version of the schema that both sides know.
 * False when the bytes are no such sections: the tables then hold a part of them, and the connection should end.
 */
export function decodeSnapshotInto(sections: Uint8Array, tables: readonly AnyTable[], version: number): boolean {
  for (const table of tables) table.clear();
  let offset = 0;
  while (offset < sections.length) {
    const section = decodeSnapshotSection(sections, offset);
    const table = section && tables[section.kind];
    if (section === undefined || table === undefined) return false;
    offset = decodeSection(sections, offset + SNAPSHOT_SECTION_BYTES, table, { count: section.count, version });
    if (offset < 0) return false;
  }
  return true;
}

interface SectionOptions {
  readonly count: number;
  readonly version: number;
}

/** Returns the offset behind the section, or -1. */
function decodeSection(sections: Uint8Array, start: number, table: AnyTable, options: SectionOptions): number {
  const { count, version } = options;
  const { codec, capacity } = table;
  if (start + count * ENTITY_HEAD_BYTES > sections.length) return -1;
  let offset = start;
  for (let i = 0; i < count; i++) {
    const head = decodeEntityHead(sections, offset);
    if (head === undefined || head.slot >= capacity || table.isLive(head.slot)) return -1;
    table.place(head.slot, head.generation);
    offset = codec.decodeRecordInto(sections, offset + ENTITY_HEAD_BYTES, table.columns, head.slot, version);
    if (offset < 0) return -1;
  }
  return offset;
}
