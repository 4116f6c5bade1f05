import type { Contender } from "../contender.ts";
import { codecsOf, type RootReader } from "./flatbuffers-codecs.ts";

/** Written into one builder and copied, since the next message overwrites it; read into its own object types. */
function unpacked(root: RootReader): unknown {
  return root.unpack();
}

export const contender: Contender = {
  name: "flatbuffers",
  contract: "owned",
  codecs: codecsOf((bytes) => bytes.slice(), unpacked),
};
