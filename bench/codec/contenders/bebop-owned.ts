import * as generated from "../../peers/bebop.ts";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

interface BebopType<Value> {
  encode(value: Value): Uint8Array;
  decode(bytes: Uint8Array): Value;
}

/** Bebop with a copy of what it returns, which the caller may keep. */
function of<Value>(type: BebopType<Value>): Codec<Value> {
  return codec<Value>(
    (value) => type.encode(value).slice(),
    (bytes) => type.decode(bytes),
  );
}

const { SomeStruct, Input, World, Chat } = generated;

export const contender: Contender = {
  name: "bebop, copied",
  contract: "owned",
  codecs: { F1: of(SomeStruct), F2: of(Input), F3: of(World), F4: of(Chat), "F4-cold": of(Chat) },
};
