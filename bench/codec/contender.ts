import type { Fixture, FixtureValues } from "../workload.ts";

/**
 * What a codec promises of what it returns.
 *
 * owned: bytes that the caller may keep, and fresh objects. borrowed: bytes that the next encode overwrites.
 * lazy: a view of the bytes that reads a field when it is asked for it. into: the caller's bytes and objects are
 * filled. Only figures of the same contract can be compared.
 */
export type Contract = "owned" | "borrowed" | "lazy" | "into";

/** One way to write and read the values of a fixture. */
export interface Codec<Value> {
  /** The form in which its users keep a value, made outside of the loop: messages of its own, say. */
  readonly prepare: (value: Value) => unknown;
  /** Takes what `prepare` made. */
  readonly encode: (value: never) => unknown;
  readonly decode: (bytes: Uint8Array) => unknown;
  /** Bytes of their own from what `encode` returned, in the form that `decode` likes best. */
  readonly packetOf: (encoded: unknown) => Uint8Array;
  /** What `decode` returned as something that can be compared field by field. */
  readonly plainOf: (decoded: unknown) => unknown;
}

export type Codecs = { readonly [Name in Fixture]?: Codec<FixtureValues[Name]> };

/** A codec under test. */
export interface Contender<Its = Codecs> {
  readonly name: string;
  readonly contract: Contract;
  /** By fixture; one is missing where the contender has no way to say it. */
  readonly codecs: Its;
}

/** A contender on fixtures of any kind. */
export type AnyContender = Contender<Readonly<Record<string, Codec<never> | undefined>>>;

/** A codec that takes and returns plain objects. */
export function codec<Value>(
  encode: (value: Value) => Uint8Array,
  decode: (bytes: Uint8Array) => unknown,
): Codec<Value> {
  return { prepare: itself, encode, decode, packetOf: (encoded) => (encoded as Uint8Array).slice(), plainOf: itself };
}

function itself(value: unknown): unknown {
  return value;
}
