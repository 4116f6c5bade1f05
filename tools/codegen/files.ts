import { on } from "node:events";
import { readFileSync, statSync, watch } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { posix as path } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { load, type LoadResult } from "./load.ts";

/** Editors empty a file before they fill it: a change is read when they have had the time for both. */
const SETTLE_MS = 20;

/** Where what is printed from a schema goes: into `out`; without it into `generated`, beside the schema. */
export function outputFolder(schema: string, out: string | undefined): string {
  return out === undefined ? path.join(folderOf(schema), "generated") : withSlashes(out);
}

/** The path of a file in a folder. */
export function pathIn(folder: string, name: string): string {
  return path.join(folder, name);
}

/** The folder that a file is in. */
export function folderOf(file: string): string {
  return path.dirname(withSlashes(file));
}

/** Schemas by the names on a command line, where a folder stands for those in it. */
export async function schemasNamed(names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    if (isFolder(name)) found.push(...(await schemasIn(name)));
    else found.push(path.normalize(withSlashes(name)));
  }
  return found;
}

/** The schemas of a folder, by name; none when there is no such folder. */
async function schemasIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(".wire"))
    .sort()
    .map((name) => path.join(withSlashes(folder), name));
}

export function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A schema that was loaded from files. */
export interface LoadedFiles extends LoadResult {
  /** Every file that was looked for: those of `sources`, and those that are missing. */
  readonly asked: readonly string[];
}

/** Loads a schema and all that it imports, with what it was trained with unless that is not wanted. */
export function loadFiles(file: string, { isTrained = true } = {}): LoadedFiles {
  const asked: string[] = [];
  const read = (path: string): string | undefined => {
    asked.push(path);
    return readSchema(path);
  };
  const loaded = load(file, read, isTrained ? read : undefined);
  return { ...loaded, asked };
}

/** The schema's text, or undefined when there is no such file. */
function readSchema(file: string): string | undefined {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== false) return undefined;
  return readFileSync(file, "utf8");
}

/** The file's text, or undefined when there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
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

/**
 * The names of a folder's files as they change; null when the system does not say which. Folders are watched, for
 * editors replace files, and a watched file that is replaced is lost.
 */
export async function* changesIn(folder: string): AsyncIterable<string | null> {
  // Node's own iterator of changes forgets those that come while one is being looked at.
  for await (const [, name] of on(watch(folder), "change") as AsyncIterable<[string, string | null]>) {
    await wait(SETTLE_MS);
    yield name;
  }
}

function withSlashes(file: string): string {
  return file.replaceAll("\\", "/");
}
