/**
 * What generated code promises about a schema. The code generator prints values of these types; the engine
 * reads nothing else of a game's schema.
 */

/** Positions of every entity of a kind, in world units, indexed by slot. */
export interface PositionColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * One entity kind: its columns and its full record on the wire.
 *
 * Columns are typed arrays indexed by slot. `encodeRecordInto` trusts its caller to have room; `decodeRecordInto`
 * trusts nobody.
 */
export interface EntityCodec<Columns> {
  readonly name: string;
  /** Index of the kind in the protocol's `entities`. */
  readonly kind: number;
  readonly recordBytes: number;
  createColumns(capacity: number): Columns;
  /** The position columns, or undefined for a kind without a place in the world. */
  position(columns: Columns): PositionColumns | undefined;
  /** Sets every field of a slot to zero. */
  reset(columns: Columns, slot: number): void;
  /** Rounds every field to what the wire can say, so that a decoded state equals the simulated one. */
  snap(columns: Columns, slot: number): void;
  /** Returns the offset behind the record. */
  encodeRecordInto(columns: Columns, slot: number, bytes: Uint8Array, offset: number): number;
  /** Returns the offset behind the record, or -1 when the bytes are no record. */
  decodeRecordInto(bytes: Uint8Array, offset: number, columns: Columns, slot: number): number;
  copy(from: Columns, to: Columns, slot: number): void;
  /** Fills `into` between `from` (fraction 0) and `to` (fraction 1): `[[interpolate]]` fields; the rest is `to`'s. */
  interpolate(from: Columns, to: Columns, slot: number, fraction: number, into: Columns): void;
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

/** A compiled schema: what client and server must agree on before the first message. */
export interface Protocol<Input = unknown, ClientMessage = unknown, ServerMessage = unknown> {
  readonly name: string;
  /** Offered in the WebSocket handshake as `name.version`. */
  readonly version: number;
  /** u32 over everything that shapes the bytes. */
  readonly hash: number;
  readonly input: InputCodec<Input>;
  readonly entities: readonly AnyEntityCodec[];
  /** A message of this schema that a client may send, or undefined when the bytes are none. Never throws. */
  decodeClientMessage(bytes: Uint8Array): ClientMessage | undefined;
  /** A message of this schema that a server may send, or undefined when the bytes are none. Never throws. */
  decodeServerMessage(bytes: Uint8Array): ServerMessage | undefined;
}
