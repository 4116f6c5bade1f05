import { Decoder, Encoder } from "@msgpack/msgpack";
import type { EncoderOptions } from "@msgpack/msgpack";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

/** One encoder and one decoder for all messages, as its README recommends. The fixtures' floats fit 32 bits. */
export function maps<Value>(options: EncoderOptions = { forceFloat32: true }): Codec<Value> {
  const encoder = new Encoder(options);
  const decoder = new Decoder(options);
  return codec(
    (value) => encoder.encode(value),
    (bytes) => decoder.decode(bytes),
  );
}

export const contender: Contender = {
  name: "@msgpack/msgpack",
  contract: "owned",
  codecs: { F1: maps(), F2: maps(), F3: maps(), F4: maps(), "F4-cold": maps() },
};
