import type { Contender } from "../contender.ts";
import { codecsOf } from "./flatbuffers-codecs.ts";

/** What flatbuffers is made for: bytes that stay in the builder, and a reader that has read nothing yet. */
export const contender: Contender = {
  name: "flatbuffers, lazy",
  contract: "lazy",
  codecs: codecsOf(
    (bytes) => bytes,
    (root) => root,
  ),
};
