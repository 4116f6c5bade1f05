import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Node's own way from text to bytes is faster than TextEncoder; browsers have only the latter. */
const encodeText: (text: string) => Uint8Array =
  typeof Buffer === "undefined" ? (text) => encoder.encode(text) : (text) => Buffer.from(text);
const decodeText: (bytes: Uint8Array) => string =
  typeof Buffer === "undefined" ? (bytes) => decoder.decode(bytes) : (bytes) => (bytes as Buffer).toString();

export function json<Value>(): Codec<Value> {
  return {
    ...codec<Value>(
      (value) => encodeText(JSON.stringify(value)),
      (bytes) => JSON.parse(decodeText(bytes)),
    ),
    packetOf: (encoded) => encodeText(decodeText(encoded as Uint8Array)),
  };
}

export const contender: Contender = {
  name: "JSON",
  contract: "owned",
  codecs: { F1: json(), F2: json(), F3: json(), F4: json(), "F4-cold": json() },
};
