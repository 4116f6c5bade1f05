import { decode, encode } from "@msgpack/msgpack";
import { FREE_FORM_BYTES_MAX } from "../../schema/generated/engine.ts";

/**
 * Free-form values: join options and room metadata, the one schemaless place on the wire. A msgpack value each,
 * of at most 4,096 bytes. Every limit of the decoder is set: with none, 1,000 bytes of nested array headers that
 * lie about their length end the whole program.
 */
export const FREE_FORM_LIMITS = {
  maxStrLength: 4096,
  maxBinLength: 4096,
  maxArrayLength: 256,
  maxMapLength: 256,
  maxExtLength: 64,
} as const;

/** Throws a RangeError on a value of more than 4,096 bytes: our own side wrote it. */
export function encodeFreeForm(value: unknown): Uint8Array {
  const bytes = encode(value, { ignoreUndefined: true });
  if (bytes.length > FREE_FORM_BYTES_MAX) {
    throw new RangeError(`a free-form value has at most ${FREE_FORM_BYTES_MAX} bytes of msgpack, not ${bytes.length}`);
  }
  return bytes;
}

/** A decoded value, which may itself be undefined or null. */
export interface FreeForm {
  readonly value: unknown;
}

/** The value in a peer's bytes, or undefined when they are none. No bytes at all are an empty map. */
export function decodeFreeForm(bytes: Uint8Array): FreeForm | undefined {
  if (bytes.length === 0) return { value: {} };
  if (bytes.length > FREE_FORM_BYTES_MAX) return undefined;
  try {
    return { value: decode(bytes, FREE_FORM_LIMITS) };
  } catch {
    // The library reports a peer's bad bytes by throwing; ours are values.
    return undefined;
  }
}
