import * as generated from "../../peers/bebop.ts";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

interface BebopType<Value> {
  encode(value: Value): Uint8Array;
  decode(bytes: Uint8Array): Value;
}

/** What `encode` returns is a view of the one buffer that the next `encode` overwrites. */
function of<Value>(type: BebopType<Value>): Codec<Value> {
  return codec<Value>(
    (value) => type.encode(value),
    (bytes) => type.decode(bytes),
  );
}

const { SomeStruct, Input, World, Chat } = generated;

export const contender: Contender = {
  name: "bebop",
  contract: "borrowed",
  codecs: { F1: of(SomeStruct), F2: of(Input), F3: of(World), F4: of(Chat), "F4-cold": of(Chat) },
};
