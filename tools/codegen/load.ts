import type { ImportNode, SchemaTree } from "./ast.ts";
import { check } from "./check/schema.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { inOrder } from "./diagnostic.ts";
import type { SchemaLayout } from "./layout.ts";
import { parse } from "./parser.ts";
import { scan } from "./scanner.ts";
import { companionPath, parseCompanion, trainedVersions } from "./snapshot/companion.ts";
import type { SchemaSource } from "./source.ts";

export interface LoadResult {
  /** Undefined when there are diagnostics. */
  readonly layout?: SchemaLayout;
  /** The schema, and whatever it imports. */
  readonly sources: readonly SchemaSource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How a file is read: its text, or undefined when there is none. */
export type ReadSchema = (path: string) => string | undefined;

const FILES_MAX = 256;

/**
 * A schema and all that it imports to one checked layout, with what its companion file says where one is to be read.
 * Touches no file: the readers do that.
 */
export function load(path: string, readFile: ReadSchema, readCompanion?: ReadSchema): LoadResult {
  const loader = new Loader(readFile);
  const trees = loader.load(path);
  const { layout, diagnostics: meaning } = check(trees, path);
  const diagnostics = inOrder([...loader.diagnostics, ...meaning], loader.sources);
  if (diagnostics.length > 0) return { sources: loader.sources, diagnostics };
  return withTraining(layout, path, readCompanion, loader.sources);
}

/** Adds what stands in the companion file, where there is one. */
function withTraining(
  layout: SchemaLayout,
  schema: string,
  readCompanion: ReadSchema | undefined,
  schemas: readonly SchemaSource[],
): LoadResult {
  const path = companionPath(schema);
  const text = layout.entities.length === 0 ? undefined : readCompanion?.(path);
  if (text === undefined) return { layout, sources: schemas, diagnostics: [] };
  const sources = [...schemas, { path, text }];
  const { companion, diagnostics: form } = parseCompanion(text, path);
  if (companion === undefined) return { sources, diagnostics: form };
  const { trained, diagnostics } = trainedVersions(layout, companion, path);
  return diagnostics.length > 0 ? { sources, diagnostics } : { layout: { ...layout, trained }, sources, diagnostics };
}

/** Reads each file once, and what it imports in front of it. */
class Loader {
  readonly diagnostics: Diagnostic[] = [];
  readonly sources: SchemaSource[] = [];
  private readonly readFile: ReadSchema;
  /** The files being read, the schema first. */
  private readonly open: string[] = [];

  constructor(readFile: ReadSchema) {
    this.readFile = readFile;
  }

  load(path: string): SchemaTree[] {
    const text = this.readFile(path);
    if (text !== undefined) return this.parse({ path, text });
    const span = { path, start: 0, end: 0 };
    this.diagnostics.push({ span, message: `there is no file ${path}`, advice: "name a .wire file" });
    return [];
  }

  private parse(source: SchemaSource): SchemaTree[] {
    this.sources.push(source);
    this.open.push(source.path);
    const { tokens, diagnostics: spelling } = scan(source.text, source.path);
    const { tree, diagnostics: syntax } = parse(tokens);
    this.diagnostics.push(...spelling, ...syntax);
    const imported = tree.imports.flatMap((node) => this.import(node, source.path));
    this.open.pop();
    return [...imported, tree];
  }

  private import(node: ImportNode, from: string): SchemaTree[] {
    const path = resolved(from, node.path);
    if (this.open.includes(path)) {
      const circle = [...this.open.slice(this.open.indexOf(path)), path].join(" → ");
      return this.refuse(node, `${node.path} imports itself: ${circle}`, "move what both need into a third file");
    }
    if (this.sources.some((source) => source.path === path)) return [];
    if (this.sources.length === FILES_MAX) {
      return this.refuse(node, `${node.path} is file ${FILES_MAX + 1}`, `a schema has ${FILES_MAX} files at most`);
    }
    const text = this.readFile(path);
    if (text === undefined) return this.refuse(node, `there is no file ${path}`, "name a file, seen from this one");
    return this.parse({ path, text });
  }

  private refuse({ span }: ImportNode, message: string, advice: string): SchemaTree[] {
    this.diagnostics.push({ span, message, advice });
    return [];
  }
}

/** The path of an import, seen from where its importer is seen. */
function resolved(from: string, path: string): string {
  if (path.startsWith("/")) return path;
  const steps = from.replaceAll("\\", "/").split("/").slice(0, -1);
  for (const step of path.split("/")) {
    if (step === "..") {
      if (steps.length === 0 || steps.at(-1) === "..") steps.push("..");
      else steps.pop();
    } else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
