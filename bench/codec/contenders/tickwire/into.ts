import type { Codec } from "../../contender.ts";

/** Enough for every fixture. */
const bytes = new Uint8Array(16_384);

/** A codec into one array of bytes and one object, which are never anew. */
export function into<Value>(
  encodeInto: (value: Value, bytes: Uint8Array, offset: number) => number,
  decodeInto: (bytes: Uint8Array, offset: number, target: Value) => number,
  target: Value,
): Codec<Value> {
  return {
    prepare: (value) => value,
    encode: (value: Value) => encodeInto(value, bytes, 0),
    decode: (packet) => decodeInto(packet, 0, target),
    packetOf: (end) => bytes.slice(0, end as number),
    plainOf: () => target,
  };
}
