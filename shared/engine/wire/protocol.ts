/**
 * What generated code promises about a schema. The code generator prints values of these types; the engine
 * reads nothing else of a game's schema.
 */

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
 * One entity kind: its columns and its full record on the wire.
 *
 * Columns are typed arrays indexed by slot. `encodeRecordInto` trusts its caller to have room; `decodeRecordInto`
 * trusts nobody. For a peer of an older version a record ends in front of the fields that it does not know.
 */
export interface EntityCodec<Columns> {
  readonly name: string;
  /** Index of the kind in the protocol's `entities`. */
  readonly kind: number;
  readonly recordBytes: number;
  /** The version of the protocol that added it. */
  readonly since: number;
  /** 1 to 100: how urgent it is when there is not room for all. */
  readonly priority: number;
  /** In the order of the schema. */
  readonly fields: readonly EntityField[];
  createColumns(capacity: number): Columns;
  /** The position columns, or undefined for a kind without a place in the world. */
  position(columns: Columns): PositionColumns | undefined;
  /** Sets every field of a slot to zero. */
  reset(columns: Columns, slot: number): void;
  /** Rounds every field to what the wire can say, so that a decoded state equals the simulated one. */
  snap(columns: Columns, slot: number): void;
  /** Returns the offset behind the record. */
  encodeRecordInto(columns: Columns, slot: number, bytes: Uint8Array, offset: number, peerVersion?: number): number;
  /** Returns the offset behind the record, or -1 when the bytes are no record. */
  decodeRecordInto(bytes: Uint8Array, offset: number, columns: Columns, slot: number, peerVersion?: number): number;
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

/** A compiled schema: what client and server must agree on before the first message. */
export interface Protocol<Input = unknown, ClientMessage = unknown, ServerMessage = unknown> {
  readonly name: string;
  /** Offered in the WebSocket handshake as `name.version`. */
  readonly version: number;
  /** u32 over everything that shapes the bytes. */
  readonly hash: number;
  /** Every version that is spoken, newest first: `version` and `hash`, and older ones. */
  readonly versions: readonly ProtocolVersion[];
  readonly input: InputCodec<Input>;
  readonly entities: readonly AnyEntityCodec[];
  /**
   * A message of this schema that a client may send, or undefined when the bytes are none. Never throws.
   * `peerVersion` is the version that the peer speaks, this one unless it is given: fields that an older peer does not
   * know get a default, and bytes behind the end are accepted from a newer one alone.
   */
  decodeClientMessage(bytes: Uint8Array, peerVersion?: number): ClientMessage | undefined;
  /** A message of this schema that a server may send, or undefined when the bytes are none. Never throws. */
  decodeServerMessage(bytes: Uint8Array, peerVersion?: number): ServerMessage | undefined;
}
