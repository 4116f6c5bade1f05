import type { Motion } from "./world.ts";

/** Worlds of rows. mismatched: the jittery world, written with tables that were trained on the smooth one. */
export const WORLDS = ["smooth", "smooth-snapped", "jittery", "mismatched"] as const;
export type World = (typeof WORLDS)[number];

/** Codecs of rows. */
export const CODECS = [
  "tickwire",
  "tickwire-untrained",
  "json-delta",
  "json-delta-deflate",
  "msgpack-delta",
  "msgpack-delta-deflate",
  "colyseus",
] as const;
export type CodecName = (typeof CODECS)[number];

export const MOTIONS: readonly Motion[] = ["smooth", "smooth-snapped", "jittery"];

/** What other codecs are compared by. */
export const YARDSTICK: CodecName = "json-delta-deflate";

/** A codec with the tables that it has: what a program is made of. */
export type SubjectName = `tickwire with tables of ${Motion}` | Exclude<CodecName, "tickwire">;

export function motionOf(world: World): Motion {
  return world === "mismatched" ? "jittery" : world;
}

/** Who stands in a row. */
export function subjectOf(codec: CodecName, world: World): SubjectName {
  return codec === "tickwire" ? trainedOn(world === "mismatched" ? "smooth" : world) : codec;
}

export function trainedOn(motion: Motion): SubjectName {
  return `tickwire with tables of ${motion}`;
}

/** The world whose training a subject has; undefined where it has none. */
export function tablesOf(subject: SubjectName): Motion | undefined {
  return MOTIONS.find((motion) => trainedOn(motion) === subject);
}

/** A codec that keeps a state in step knows no baseline but the last snapshot. */
export function lagsOf(codec: CodecName): readonly ("1" | "2-3")[] {
  return codec === "colyseus" ? ["1"] : ["1", "2-3"];
}
