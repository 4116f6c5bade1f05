import { PbfReader, PbfWriter } from "pbf";
import * as generated from "../../peers/pbf.js";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

/** A writer for each message: a writer that is used again overwrites what it has returned. */
function of<Value>(
  write: (value: Value, writer: PbfWriter) => void,
  read: (reader: PbfReader) => unknown,
): Codec<Value> {
  return codec<Value>(
    (value) => {
      const writer = new PbfWriter();
      write(value, writer);
      return writer.finish();
    },
    (bytes) => read(new PbfReader(bytes)),
  );
}

const f4 = of(generated.writeChat, generated.readChat);

export const contender: Contender = {
  name: "pbf",
  contract: "owned",
  codecs: {
    F1: of(generated.writeSomeStruct, generated.readSomeStruct),
    F2: of(generated.writeInput, generated.readInput),
    F3: of(generated.writeWorld, generated.readWorld),
    F4: f4,
    "F4-cold": f4,
  },
};
