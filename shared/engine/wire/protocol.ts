/**
 * What generated code promises about a schema. The code generator prints values of these types; the engine
 * reads nothing else of a game's schema.
 */
import type { BitReader } from "./bit-reader.ts";
import type { BitWriter } from "./bit-writer.ts";

/** Positions of every entity of a kind, in world units, indexed by slot. */
export interface PositionColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** What a schema says of one field of an entity, besides its bytes. */
export interface EntityField {
  readonly name: string;
  /** The version of the protocol that added it. */
  readonly since: number;
  /** It never changes: it is sent once, when the entity comes into view. */
  readonly isConst: boolean;
  /** It reaches the player who owns the entity, and nobody else. */
  readonly isOwnerOnly: boolean;
  /** It changes seldom. */
  readonly isRare: boolean;
  readonly isInterpolated: boolean;
  /** How it goes on without news: as it is, as it went last, or by what the field `velocity` says, per tick. */
  readonly predict: "none" | "linear" | { readonly velocity: string };
}

/**
 * One entity kind: its columns, and how they become rows.
 *
 * Columns are typed arrays indexed by slot, in the game's units. A row is what the wire can say of one entity: `rowInts`
 * 32-bit integers, one or two for each field, in the order of the schema.
 */
export interface EntityCodec<Columns> {
  readonly name: string;
  /** Index of the kind in the protocol's `entities`. */
  readonly kind: number;
  readonly rowInts: number;
  /** The version of the protocol that added it. */
  readonly since: number;
  /** 1 to 100: how urgent it is when there is not room for all. */
  readonly priority: number;
  /** In the order of the schema. */
  readonly fields: readonly EntityField[];
  /** For each integer of a row, the index of its field. */
  readonly fieldOfInt: readonly number[];
  /** How it stands in snapshots, by the version of the schema: newest first. */
  readonly snapshots: readonly SnapshotCodec[];
  createColumns(capacity: number): Columns;
  /** The position columns, or undefined for a kind without a place in the world. */
  position(columns: Columns): PositionColumns | undefined;
  /** Sets every field of a slot to zero. */
  reset(columns: Columns, slot: number): void;
  /** Writes a slot's row at `rows[at]`, and rounds its columns to it, so that a decoded state equals the simulated one. */
  snap(columns: Columns, slot: number, rows: Int32Array, at: number): void;
  /** Fills a slot from the row at `rows[at]`, `ticks` after it was true: fields with a velocity are moved on by it. */
  unpack(rows: Int32Array, at: number, columns: Columns, slot: number, ticks: number): void;
  /** Moves a slot on by one tick as snapshots predict it: each field with a velocity by that. Exact where both are snapped. */
  advance(columns: Columns, slot: number): void;
  copy(from: Columns, to: Columns, slot: number): void;
  /** Fills `into` between `from` (fraction 0) and `to` (fraction 1): `[[interpolate]]` fields; the rest is `to`'s. */
  interpolate(from: Columns, to: Columns, slot: number, fraction: number, into: Columns): void;
}

/**
 * An entity kind in snapshots, as one version of the schema has it: rows to bits and back.
 *
 * A row is predicted from the last one that the peer has, and from the entity's *state*: `stateInts` integers that say
 * how it moved and what changed last. Both ends keep rows and states alike. What differs from the prediction is written
 * behind a mask of the groups of fields that do, in static codes whose tables the state chooses. A peer that does not
 * hold the state yet is written to *without history*, from rows alone.
 *
 * Writers trust their caller to have room for `bitsMax`; readers trust nobody: they return false for what is no row,
 * whose target is worth nothing then, and leave it to the caller to ask whether the reader is `ok`.
 */
export interface SnapshotCodec {
  /** The version that this began with; it is spoken up to the next one's. */
  readonly since: number;
  /** The integers of a row that this version knows: the first so many. */
  readonly rowInts: number;
  readonly stateInts: number;
  /** The most bits that one call of any writing function puts. */
  readonly bitsMax: number;
  /** Which integers of a row everybody gets who sees the entity; the others are its owner's alone. */
  readonly publicInts: readonly number[];
  /** A whole row. */
  writeRow(writer: BitWriter, rows: Int32Array, at: number): void;
  readRow(reader: BitReader, rows: Int32Array, at: number): boolean;
  /** A state, for a peer that is to hold it from now on. */
  writeState(writer: BitWriter, states: Int32Array, state: number): void;
  readState(reader: BitReader, states: Int32Array, state: number): boolean;
  /** The row at `now`, from that at `base`, `ticks` earlier, and from the state, which then is that of `now`. */
  writeDelta(
    writer: BitWriter,
    rows: Int32Array,
    now: number,
    base: number,
    ticks: number,
    states: Int32Array,
    state: number,
  ): void;
  /** Turns the row at `at`, `ticks` old, into the one that was written; the state likewise. */
  readDelta(reader: BitReader, rows: Int32Array, at: number, ticks: number, states: Int32Array, state: number): boolean;
  /** As `writeDelta`, without history. */
  writeLagged(writer: BitWriter, rows: Int32Array, now: number, base: number, ticks: number): void;
  /** As `readDelta`, without history; the state is right after the second time in a row. */
  readLagged(
    reader: BitReader,
    rows: Int32Array,
    at: number,
    ticks: number,
    states: Int32Array,
    state: number,
  ): boolean;
  /** The fields that only the owner gets: the row at `now`, from that at `base`, or whole where `base` is -1. */
  writeOwner(writer: BitWriter, rows: Int32Array, now: number, base: number): void;
  /** Changes the row at `at`, or fills it where it is to be read whole. */
  readOwner(reader: BitReader, rows: Int32Array, at: number, isWhole: boolean): boolean;
}

/** A kind whose columns the engine need not know. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- columns are both read and written: no narrower bound fits all kinds
export type AnyEntityCodec = EntityCodec<any>;

/** The game's `[[input]]` struct: fixed size, so that several fit behind one another. */
export interface InputCodec<Input> {
  readonly bytes: number;
  encodeInto(value: Input, bytes: Uint8Array, offset: number): number;
  /** The input at `offset`, or undefined when the bytes there are none. */
  decode(bytes: Uint8Array, offset?: number): Input | undefined;
}

/** What an rpc is answered: the reply, or why there is none. `id` says which call is meant. */
export interface RpcResult<Reply> {
  readonly id: number;
  readonly outcome:
    { readonly type: "reply"; readonly value: Reply } | { readonly type: "refusal"; readonly value: RpcRefusal };
}

/** Why the other side did not do what it was asked; the codes are the game's. */
export interface RpcRefusal {
  readonly code: number;
  readonly text: string;
}

/** A question and its answer: the value that is printed for each `rpc`. */
export interface Rpc<Request, Reply> {
  readonly name: string;
  /** The first byte of every answer. */
  readonly resultOpcode: number;
  encodeCall(call: { readonly id: number; readonly request: Request }): Uint8Array;
  /** The answer in `bytes`, or undefined when they are none. Never throws. */
  decodeResult(bytes: Uint8Array, offset?: number, peerVersion?: number): RpcResult<Reply> | undefined;
}

/** A version that is spoken, and the hash that the schema had in it. */
export interface ProtocolVersion {
  readonly version: number;
  readonly hash: number;
}

/** What a schema says of a message's urgency; see `Lane`. */
export type LaneName = "control" | "snapshot" | "input" | "event" | "bulk";

/** A schema's messages: what client and server must agree on before the first of them. */
export interface MessageProtocol<ClientMessage = unknown, ServerMessage = unknown> {
  readonly name: string;
  /** Offered in the WebSocket handshake as `name.version`. */
  readonly version: number;
  /** u32 over everything that shapes the bytes. */
  readonly hash: number;
  /** Every version that is spoken, newest first: `version` and `hash`, and older ones. */
  readonly versions: readonly ProtocolVersion[];
  /** The lane of each message, by its opcode less the game's first, 32. */
  readonly lanes: readonly LaneName[];
  /**
   * A message of this schema that a client may send, or undefined when the bytes are none. Never throws.
   * `peerVersion` is the version that the peer speaks, this one unless it is given: fields that an older peer does not
   * know get a default, and bytes behind the end are accepted from a newer one alone.
   */
  decodeClientMessage(bytes: Uint8Array, peerVersion?: number): ClientMessage | undefined;
  /** A message of this schema that a server may send, or undefined when the bytes are none. Never throws. */
  decodeServerMessage(bytes: Uint8Array, peerVersion?: number): ServerMessage | undefined;
}

/** A game's compiled schema: it has an `[[input]]` struct. */
export interface Protocol<Input = unknown, ClientMessage = unknown, ServerMessage = unknown> extends MessageProtocol<
  ClientMessage,
  ServerMessage
> {
  readonly input: InputCodec<Input>;
  readonly entities: readonly AnyEntityCodec[];
}
