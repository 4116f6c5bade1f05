import {
  decodeEntityHead,
  decodeSnapshotSection,
  ENTITY_HEAD_BYTES,
  SNAPSHOT_SECTION_BYTES,
} from "../../shared/schema/generated/engine.ts";
import type { InspectedEntity } from "./inspect-schema.ts";

/** One entity of a snapshot. */
export interface InspectedRecord {
  readonly slot: number;
  readonly generation: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The entities of one kind in a snapshot. */
export interface InspectedSection {
  readonly entity: string;
  readonly records: readonly InspectedRecord[];
}

/** The sections of a snapshot for a peer of this version, or undefined when the bytes are none of this schema. */
export function readSections(
  sections: Uint8Array,
  entities: readonly InspectedEntity[],
  version: number,
): InspectedSection[] | undefined {
  const found: InspectedSection[] = [];
  let offset = 0;
  while (offset < sections.length) {
    const section = decodeSnapshotSection(sections, offset);
    const entity = section && entities[section.kind];
    if (section === undefined || entity === undefined) return undefined;
    const records: InspectedRecord[] = [];
    const columns = entity.createColumns(1);
    offset += SNAPSHOT_SECTION_BYTES;
    for (let i = 0; i < section.count; i++) {
      const head = decodeEntityHead(sections, offset);
      if (head === undefined) return undefined;
      offset = entity.decodeRecordInto(sections, offset + ENTITY_HEAD_BYTES, columns, 0, version);
      if (offset < 0) return undefined;
      const fields = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));
      records.push({ slot: head.slot, generation: head.generation, fields });
    }
    found.push({ entity: entity.name, records });
  }
  return found;
}
