import {
  ENTITY_HEAD_BYTES,
  encodeEntityHeadInto,
  encodeSnapshotSectionInto,
  SECTIONS_BYTES_MAX,
  SNAPSHOT_SECTION_BYTES,
} from "../../schema/generated/engine.ts";
import type { AnyEntityCodec } from "../wire/protocol.ts";
import type { EntityTable } from "./entity-table.ts";

/** The entities of one kind that one player sees: the first `count` of `slots`. */
export interface KindView {
  readonly slots: Uint16Array;
  count: number;
}

type AnyTable = EntityTable<ReturnType<AnyEntityCodec["createColumns"]>>;

/**
 * Writes the `sections` of a Snapshot: full records of everything in view.
 *
 * It owns one buffer and returns a view of it, good until the next call.
 */
export class SnapshotEncoder {
  private readonly bytes = new Uint8Array(SECTIONS_BYTES_MAX);

  /**
   * `views[k]` belongs to `tables[k]`. What does not fit into a snapshot is left out, later kinds first; so are kinds
   * and fields that the schema's `version` did not have.
   */
  encode(tables: readonly AnyTable[], views: readonly KindView[], version: number): Uint8Array {
    let offset = 0;
    for (let kind = 0; kind < tables.length; kind++) {
      const table = tables[kind]!;
      const view = views[kind]!;
      const room = SECTIONS_BYTES_MAX - offset - SNAPSHOT_SECTION_BYTES;
      const count = Math.min(view.count, Math.floor(room / (ENTITY_HEAD_BYTES + table.codec.recordBytes)));
      const isKnown = table.codec.since <= version;
      if (isKnown && count > 0) offset = this.encodeSection(table, view.slots.subarray(0, count), version, offset);
    }
    return this.bytes.subarray(0, offset);
  }

  private encodeSection(table: AnyTable, slots: Uint16Array, version: number, start: number): number {
    const { codec } = table;
    let offset = encodeSnapshotSectionInto({ kind: codec.kind, count: slots.length }, this.bytes, start);
    for (const slot of slots) {
      offset = encodeEntityHeadInto({ slot, generation: table.generationOf(slot) }, this.bytes, offset);
      offset = codec.encodeRecordInto(table.columns, slot, this.bytes, offset, version);
    }
    return offset;
  }
}
