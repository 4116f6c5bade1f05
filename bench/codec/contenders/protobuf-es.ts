import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { fileDesc, messageDesc } from "@bufbuild/protobuf/codegenv2";
import type { Message } from "@bufbuild/protobuf";
import { DESCRIPTOR } from "../../peers/protobuf-es.ts";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

const file = fileDesc(DESCRIPTOR);
/** Message types by their place in fixtures.proto. */
const [someStruct, input, world, chat] = [0, 1, 3, 5].map((place) => messageDesc(file, place));

/** Its users keep messages, which know their type. */
function of<Value extends object>(type: GenMessage<Message> | undefined): Codec<Value> {
  return {
    ...codec<Message>(
      (message) => toBinary(type!, message),
      (bytes) => fromBinary(type!, bytes),
    ),
    prepare: (value) => create(type!, value as never),
  };
}

export const contender: Contender = {
  name: "@bufbuild/protobuf",
  contract: "owned",
  codecs: { F1: of(someStruct), F2: of(input), F3: of(world), F4: of(chat), "F4-cold": of(chat) },
};
