import { mkdir, readdir, readFile, watch, writeFile } from "node:fs/promises";
import { posix as path } from "node:path";

/** Where a schema's module goes: `game.wire` to `out/game.ts`; without `out` into `generated`, beside the schema. */
export function outputPath(schema: string, out: string | undefined): string {
  const file = withSlashes(schema);
  return path.join(out ?? path.join(path.dirname(file), "generated"), path.basename(file).replace(/\.wire$/, ".ts"));
}

/** The schemas of a folder, by name. */
export async function schemasIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(".wire"))
    .sort()
    .map((name) => path.join(folder, name));
}

/** The file's text, or undefined when there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes `text` unless it stands there already, so that watchers of the file are not woken in vain. */
export async function writeIfChanged(file: string, text: string): Promise<boolean> {
  if ((await readIfThere(file)) === text) return false;
  await mkdir(path.dirname(withSlashes(file)), { recursive: true });
  await writeFile(file, text);
  return true;
}

/** A folder of schemas, and the names of its files as they change. */
export interface FolderChanges {
  /** The schemas that a change of the named file concerns; all of the folder's when the name is unknown. */
  readonly schemas: (name: string | null) => readonly string[];
  readonly changes: AsyncIterable<string | null>;
}

/** Watches the folders of schemas: editors replace files, and a watched file that is replaced is lost. */
export function changesOf(schemas: readonly string[]): FolderChanges[] {
  const folders = new Set(schemas.map((file) => path.dirname(withSlashes(file))));
  return [...folders].map((folder) => {
    const inside = schemas.filter((file) => path.dirname(withSlashes(file)) === folder);
    return {
      schemas: (name) => (name === null ? inside : inside.filter((file) => path.basename(withSlashes(file)) === name)),
      changes: namesFrom(watch(folder)),
    };
  });
}

async function* namesFrom(events: AsyncIterable<{ filename: string | null }>): AsyncIterable<string | null> {
  for await (const { filename } of events) yield filename;
}

function withSlashes(file: string): string {
  return file.replaceAll("\\", "/");
}
