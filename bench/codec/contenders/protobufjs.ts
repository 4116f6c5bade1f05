import type { StaticType } from "../../peers/protobufjs.js";
import { fixtures } from "../../peers/protobufjs.js";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

/** Static code of pbjs. In Node it reads Buffers faster than other bytes. */
function of<Value extends object>(type: StaticType): Codec<Value> {
  return {
    ...codec<Value>(
      (value) => type.encode(value).finish(),
      (bytes) => type.decode(bytes),
    ),
    packetOf: (encoded) =>
      typeof Buffer === "undefined" ? (encoded as Uint8Array).slice() : Buffer.from(encoded as Uint8Array),
  };
}

const { SomeStruct, Input, World, Chat } = fixtures;

export const contender: Contender = {
  name: "protobufjs",
  contract: "owned",
  codecs: { F1: of(SomeStruct), F2: of(Input), F3: of(World), F4: of(Chat), "F4-cold": of(Chat) },
};
