import type { OwnSnapshots } from "./own/bench.ts";
import { CODECS, WORLDS, type CodecName, type World } from "./subjects.ts";

/** What `npm run bench -- snapshot` was asked for. */
export interface SnapshotOptions {
  readonly isQuick: boolean;
  readonly worlds: readonly World[];
  readonly codecs: readonly CodecName[];
  /** Where the figures go as JSON. */
  readonly json: string | undefined;
  /** A trace of the user's own, in place of the worlds. */
  readonly own: OwnSnapshots | undefined;
}

/** Values of the command line that `snapshot` knows. */
export interface SnapshotValues {
  readonly quick: boolean;
  readonly world: readonly string[];
  readonly codec: readonly string[];
  readonly json?: string | undefined;
  readonly trace?: string | undefined;
  readonly schema?: string | undefined;
  readonly entity?: string | undefined;
}

export const SNAPSHOT_HELP = `  npm run bench -- snapshot [options]

  --quick            fewer ticks and one round, about a minute; otherwise three rounds, about ten minutes
  --world NAME       ${WORLDS.join(", ")}; may be said several times; otherwise all
  --codec NAME       ${CODECS.slice(0, 3).join(", ")} …; may be said several times; otherwise all
  --json FILE        writes every figure
  --trace FILE --schema FILE --entity NAME
                     measures a recording of your own game: a line of JSON for each entity and tick, such as
                     {"tick": 1, "id": 7, "x": 12}, or what npm run bots -- --trace FILE wrote;
                     trains on its first half, unless the schema has a companion, and measures the second`;

/** The options that the values mean, or a text that says what is wrong with them. */
export function snapshotOptionsOf(values: SnapshotValues): SnapshotOptions | string {
  const { quick, world, codec, json, trace, schema, entity } = values;
  const strange = world.find((name) => !isOneOf(WORLDS, name));
  if (strange !== undefined) return `no world is named ${strange}: write one of ${WORLDS.join(", ")}`;
  const unheardOf = codec.find((name) => !isOneOf(CODECS, name));
  if (unheardOf !== undefined) return `no codec is named ${unheardOf}: write one of ${CODECS.join(", ")}`;
  const given = [trace, schema, entity].filter((each) => each !== undefined);
  if (given.length % 3 !== 0) return "--trace, --schema and --entity go together";
  if (given.length > 0 && world.length + codec.length > 0) return "--trace has neither worlds nor other codecs";
  return {
    isQuick: quick,
    worlds: world.length === 0 ? WORLDS : WORLDS.filter((name) => world.includes(name)),
    codecs: codec.length === 0 ? CODECS : CODECS.filter((name) => codec.includes(name)),
    json,
    own: trace === undefined || schema === undefined || entity === undefined ? undefined : { trace, schema, entity },
  };
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
