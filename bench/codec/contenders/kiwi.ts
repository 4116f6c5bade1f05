import { compileSchema, parseSchema } from "kiwi-schema";
import { KIWI } from "../../peers/kiwi.ts";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

type Compiled = Record<string, (value: unknown) => Uint8Array>;

const compiled = compileSchema(parseSchema(KIWI)) as Compiled;

function of<Value>(name: string): Codec<Value> {
  const [encode, decode] = [compiled[`encode${name}`]!.bind(compiled), compiled[`decode${name}`]!.bind(compiled)];
  return codec<Value>(encode, decode);
}

export const contender: Contender = {
  name: "kiwi-schema",
  contract: "owned",
  codecs: { F1: of("SomeStruct"), F2: of("Input"), F3: of("World"), F4: of("Chat"), "F4-cold": of("Chat") },
};
