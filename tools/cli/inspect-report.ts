import { decodeClientMessage, decodeServerMessage } from "../../shared/schema/generated/engine.ts";
import type { Terminal } from "../codegen/terminal.ts";
import type { SchemaLayout } from "../codegen/layout.ts";
import { type Decoded, type LoadedSchema, messageWith } from "./inspect-schema.ts";
import { type InspectedSection, readSections } from "./inspect-snapshot.ts";
import { bytesText, fieldsText, plainValue } from "./inspect-values.ts";

export type Direction = "sent" | "received";

export interface ReportOptions {
  readonly isJson: boolean;
  /** Lists and bytes in full, and every record of a snapshot. */
  readonly isFull: boolean;
}

const ARROWS = { sent: "→", received: "←" } as const;
/** Opcodes below this one are the engine's. */
const GAME_OPCODE_MIN = 32;

/** Says every message that passes, decoded: one line each, or one JSON object. */
export class InspectReport {
  /** Messages that could not be decoded, though their schema is known. */
  malformed = 0;
  /** The version that the server speaks, once it has said so. */
  private serverVersion: number;
  private readonly engine: SchemaLayout;
  private readonly schema: LoadedSchema | undefined;
  private readonly options: ReportOptions;
  private readonly terminal: Terminal;

  constructor(engine: SchemaLayout, schema: LoadedSchema | undefined, options: ReportOptions, terminal: Terminal) {
    this.serverVersion = schema?.layout.version ?? 0;
    this.engine = engine;
    this.schema = schema;
    this.options = options;
    this.terminal = terminal;
  }

  /** `atMs`: since the connection was begun. */
  message(direction: Direction, bytes: Uint8Array, atMs: number): void {
    const opcode = bytes[0];
    const layouts = this.schema === undefined ? [this.engine] : [this.engine, this.schema.layout];
    const named = opcode === undefined ? undefined : messageWith(opcode, layouts);
    const decoded = this.decode(direction, bytes);
    if (decoded?.type === "Welcome") this.serverVersion = Number(decoded.value.version);
    const isKnown = opcode === undefined || opcode < GAME_OPCODE_MIN || this.schema !== undefined;
    if (decoded === undefined && isKnown) this.malformed += 1;
    const sections = decoded?.type === "Snapshot" ? this.sections(decoded) : undefined;
    const head = {
      direction,
      atMs,
      opcode,
      type: decoded?.type ?? named?.name,
      lane: named?.lane,
      bytes: bytes.length,
    };
    if (this.options.isJson) this.sayJson(head, decoded, sections);
    else this.sayLine(head, decoded === undefined ? this.explain(bytes, isKnown) : this.describe(decoded, sections));
  }

  private decode(direction: Direction, bytes: Uint8Array): Decoded | undefined {
    const isEngine = (bytes[0] ?? 0) < GAME_OPCODE_MIN;
    if (direction === "sent") {
      return (isEngine ? decodeClientMessage(bytes) : this.schema?.decodeClientMessage(bytes)) as Decoded | undefined;
    }
    const decoded = isEngine ? decodeServerMessage(bytes) : this.schema?.decodeServerMessage(bytes, this.serverVersion);
    return decoded as Decoded | undefined;
  }

  private sections({ value }: Decoded): InspectedSection[] | undefined {
    const { sections } = value;
    if (this.schema === undefined || !(sections instanceof Uint8Array)) return undefined;
    const version = Math.min(this.serverVersion, this.schema.layout.version);
    const found = readSections(sections, this.schema.entities, version);
    if (found === undefined) this.malformed += 1;
    return found;
  }

  private describe({ value }: Decoded, sections: InspectedSection[] | undefined): string {
    const { isFull } = this.options;
    if (sections === undefined) return fieldsText(value, isFull);
    const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== "sections"));
    const counts = sections.map(({ entity, records }) => `${entity}×${records.length}`);
    const lines = [`${fieldsText(rest, isFull)} ${counts.join(" ")}`];
    for (const { entity, records } of isFull ? sections : []) {
      for (const { slot, generation, fields } of records) {
        lines.push(`             ${entity} ${slot}.${generation} ${fieldsText(fields, true)}`);
      }
    }
    return lines.join("\n");
  }

  private explain(bytes: Uint8Array, isKnown: boolean): string {
    const { isFull } = this.options;
    if (!isKnown) return `${bytesText(bytes, isFull)}: name the game's schema with --schema FILE.wire to decode it`;
    return `MALFORMED: no message of these schemas that this side may send: ${bytesText(bytes, isFull)}`;
  }

  private sayLine({ direction, atMs, opcode, type, lane, bytes }: Head, text: string): void {
    const name = `${type ?? "?"} (${opcode ?? "empty"})`;
    const size = `${bytes} B`;
    this.terminal.say(
      `${(atMs / 1000).toFixed(3).padStart(8)} s ${ARROWS[direction]} ${name.padEnd(20)} ${(lane ?? "").padEnd(9)}${size.padStart(8)}  ${text}`,
    );
  }

  private sayJson(head: Head, decoded: Decoded | undefined, sections: InspectedSection[] | undefined): void {
    const value = decoded === undefined ? undefined : (plainValue("", decoded.value) as Record<string, unknown>);
    if (value !== undefined && sections !== undefined) {
      value.sections = sections.map(({ entity, records }) => ({
        entity,
        count: records.length,
        ...(this.options.isFull ? { records } : {}),
      }));
    }
    this.terminal.say(JSON.stringify({ ...head, atMs: Math.round(head.atMs * 1000) / 1000, value }));
  }
}

interface Head {
  readonly direction: Direction;
  readonly atMs: number;
  readonly opcode: number | undefined;
  readonly type: string | undefined;
  readonly lane: string | undefined;
  readonly bytes: number;
}
