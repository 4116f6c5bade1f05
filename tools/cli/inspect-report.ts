import { decodeClientMessage, decodeServerMessage } from "../../shared/schema/generated/engine.ts";
import type { Terminal } from "../codegen/terminal.ts";
import type { SchemaLayout } from "../codegen/layout.ts";
import { type Decoded, type LoadedSchema, messageWith } from "./inspect-schema.ts";
import { type InspectedSnapshot, SnapshotInspector } from "./inspect-snapshot.ts";
import { snapshotJson, snapshotText } from "./inspect-snapshot-text.ts";
import { bytesText, fieldsText, plainValue } from "./inspect-values.ts";

export type Direction = "sent" | "received";

export interface ReportOptions {
  readonly isJson: boolean;
  /** Lists and bytes in full, and every entity in view. */
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
  /** Undefined until the server has said how often it sends snapshots, or without a schema. */
  private snapshots: SnapshotInspector | undefined;
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
    if (decoded?.type === "Welcome") this.welcome(decoded);
    const isKnown = opcode === undefined || opcode < GAME_OPCODE_MIN || this.schema !== undefined;
    if (decoded === undefined && isKnown) this.malformed += 1;
    const snapshot = decoded?.type === "Snapshot" ? this.snapshotOf(decoded) : undefined;
    const head = {
      direction,
      atMs,
      opcode,
      type: decoded?.type ?? named?.name,
      lane: named?.lane,
      bytes: bytes.length,
    };
    if (this.options.isJson) this.sayJson(head, decoded, snapshot);
    else this.sayLine(head, decoded === undefined ? this.explain(bytes, isKnown) : this.describe(decoded, snapshot));
  }

  private decode(direction: Direction, bytes: Uint8Array): Decoded | undefined {
    const isEngine = (bytes[0] ?? 0) < GAME_OPCODE_MIN;
    if (direction === "sent") {
      return (isEngine ? decodeClientMessage(bytes) : this.schema?.decodeClientMessage(bytes)) as Decoded | undefined;
    }
    const decoded = isEngine ? decodeServerMessage(bytes) : this.schema?.decodeServerMessage(bytes, this.serverVersion);
    return decoded as Decoded | undefined;
  }

  private welcome({ value }: Decoded): void {
    this.serverVersion = Number(value.version);
    if (this.schema === undefined) return;
    const version = Math.min(this.serverVersion, this.schema.layout.version);
    this.snapshots = new SnapshotInspector(this.schema.entities, version, Number(value.ticksPerSnapshot));
  }

  private snapshotOf({ value }: Decoded): Snapshot | undefined {
    const read = this.snapshots?.read(Number(value.tick), value.body as Uint8Array);
    if (read === "malformed" || (typeof read === "object" && read.isInSync === false)) this.malformed += 1;
    return read;
  }

  private describe({ value }: Decoded, snapshot: Snapshot | undefined): string {
    const { isFull } = this.options;
    if (snapshot === undefined) return fieldsText(value, isFull);
    if (typeof snapshot === "object") return snapshotText(snapshot, value, isFull);
    const why =
      snapshot === "malformed" ? "MALFORMED: the body is no snapshot" : "not read, for one before it was malformed";
    return `${why}: ${fieldsText(value, isFull)}`;
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

  private sayJson(head: Head, decoded: Decoded | undefined, snapshot: Snapshot | undefined): void {
    const value = decoded === undefined ? undefined : (plainValue("", decoded.value) as Record<string, unknown>);
    const atMs = Math.round(head.atMs * 1000) / 1000;
    if (typeof snapshot === "object") {
      const told = snapshotJson(snapshot, decoded!.value, this.options.isFull);
      this.terminal.say(JSON.stringify({ ...head, atMs, value: told }));
    } else this.terminal.say(JSON.stringify({ ...head, atMs, value, trouble: snapshot }));
  }
}

type Snapshot = InspectedSnapshot | "malformed" | "lost";

interface Head {
  readonly direction: Direction;
  readonly atMs: number;
  readonly opcode: number | undefined;
  readonly type: string | undefined;
  readonly lane: string | undefined;
  readonly bytes: number;
}
