import { isDeepStrictEqual } from "node:util";
import type { SchemaChange } from "./evolution.ts";
import type { SchemaLayout } from "./layout.ts";
import { versionsOf } from "./version.ts";

/**
 * Entities that a version was trained anew for. The bits of a version's snapshots are frozen with it: builds that have
 * the other tables read nonsense, which the hash of the version keeps them from.
 */
export function compareTraining(older: SchemaLayout, newer: SchemaLayout): SchemaChange[] {
  const both = versionsOf(newer).filter((version) => versionsOf(older).includes(version));
  return newer.entities.flatMap((entity): SchemaChange[] => {
    const changed = both.find((version) => {
      const [was, is] = [older, newer].map(({ trained }) => trained.get(version)?.[entity.name]);
      return !isDeepStrictEqual(was, is);
    });
    if (changed === undefined) return [];
    const says = `version ${changed} has other code tables than it had: its snapshots have other bits`;
    const advice = `write protocol ${newer.name} ${newer.version + 1}, and train that`;
    return [{ verdict: "breaking", span: entity.span, subject: entity.name, says, advice }];
  });
}
