import { decodeClientMessage, decodeServerMessage } from "../../shared/schema/generated/engine.ts";
import { GAME_OPCODE_MIN } from "../../shared/engine/transport/lane.ts";
import type { SchemaLayout } from "../codegen/layout.ts";
import { type Decoded, type LoadedSchema, messageWith } from "./inspect-schema.ts";
import { type InspectedSnapshot, SnapshotInspector } from "./inspect-snapshot.ts";
import { snapshotJson, snapshotText } from "./inspect-snapshot-text.ts";
import { bytesText, fieldsText, plainValue } from "./inspect-values.ts";

export type Direction = "sent" | "received";

/** What is known of a message. */
export interface InspectedMessage {
  /** Undefined for one without a byte. */
  readonly opcode: number | undefined;
  /** Undefined where no schema has the opcode. */
  readonly type: string | undefined;
  readonly bytes: number;
  /** The values of its fields, or why they cannot be told, for a person. */
  readonly text: string;
  /** The values of its fields as JSON has them; undefined where they cannot be told. */
  readonly value: unknown;
  /** Of a snapshot: why its body cannot be told. */
  readonly trouble: "malformed" | "lost" | undefined;
}

type Snapshot = InspectedSnapshot | "malformed" | "lost";

/** Decodes the messages of a connection, in their order. */
export class MessageInspector {
  /** Messages that could not be decoded, though their schema is known. */
  malformed = 0;
  /** The version that the server speaks, once it has said so. */
  private serverVersion: number;
  /** Undefined until the server has said how often it sends snapshots, or without a schema. */
  private snapshots: SnapshotInspector | undefined;
  private readonly engine: SchemaLayout;
  private readonly schema: LoadedSchema | undefined;
  private readonly isFull: boolean;

  /** `isFull`: lists and bytes in full, and every entity in view. */
  constructor(engine: SchemaLayout, schema: LoadedSchema | undefined, isFull: boolean) {
    this.serverVersion = schema?.layout.version ?? 0;
    this.engine = engine;
    this.schema = schema;
    this.isFull = isFull;
  }

  read(direction: Direction, bytes: Uint8Array): InspectedMessage {
    const opcode = bytes[0];
    const layouts = this.schema === undefined ? [this.engine] : [this.engine, this.schema.layout];
    const named = opcode === undefined ? undefined : messageWith(opcode, layouts);
    const decoded = this.decode(direction, bytes);
    if (decoded?.type === "Welcome") this.welcome(decoded);
    const isKnown = opcode === undefined || opcode < GAME_OPCODE_MIN || this.schema !== undefined;
    if (decoded === undefined && isKnown) this.malformed += 1;
    const snapshot = decoded?.type === "Snapshot" ? this.snapshotOf(decoded) : undefined;
    return {
      opcode,
      type: decoded?.type ?? named?.name,
      bytes: bytes.length,
      text: decoded === undefined ? this.explain(bytes, isKnown) : this.describe(decoded, snapshot),
      value: decoded === undefined ? undefined : this.plain(decoded, snapshot),
      trouble: typeof snapshot === "string" ? snapshot : undefined,
    };
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
    const { isFull } = this;
    if (snapshot === undefined) return fieldsText(value, isFull);
    if (typeof snapshot === "object") return snapshotText(snapshot, value, isFull);
    const why =
      snapshot === "malformed" ? "MALFORMED: the body is no snapshot" : "not read, for one before it was malformed";
    return `${why}: ${fieldsText(value, isFull)}`;
  }

  private plain({ value }: Decoded, snapshot: Snapshot | undefined): unknown {
    return typeof snapshot === "object" ? snapshotJson(snapshot, value, this.isFull) : plainValue("", value);
  }

  private explain(bytes: Uint8Array, isKnown: boolean): string {
    const { isFull } = this;
    if (!isKnown) return `${bytesText(bytes, isFull)}: name the game's schema with --schema FILE.wire to decode it`;
    return `MALFORMED: no message of these schemas that this side may send: ${bytesText(bytes, isFull)}`;
  }
}
