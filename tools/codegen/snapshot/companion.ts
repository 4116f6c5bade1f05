import type { Diagnostic } from "../diagnostic.ts";
import type { SchemaLayout } from "../layout.ts";
import { layoutAt, versionsOf } from "../version.ts";
import { booksOf } from "./books.ts";
import { isCodeTable } from "./code-lengths.ts";
import { intName, jointName, snapshotModel } from "./model.ts";
import type { TrainedEntity, TrainedSchema } from "./trained.ts";

/** What stands in a companion file: for each version that was trained, what the trainer found out. */
export type Companion = Readonly<Record<string, TrainedSchema>>;

/** The file beside a schema that holds what it was trained with. */
export function companionPath(schema: string): string {
  return schema.replace(/\.wire$/, "") + ".trained.json";
}

/** A companion as a file's text: a line for each table, so that changes can be read. */
export function companionText(companion: Companion): string {
  return `${JSON.stringify(companion, null, 2)}\n`;
}

export interface CompanionResult {
  /** Undefined when the text is none. */
  readonly companion: Companion | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The text of a companion file, checked for its form; whether it fits a schema is asked by `trainedVersions`. */
export function parseCompanion(text: string, path: string): CompanionResult {
  const value = parsed(text);
  const problem = value === undefined ? "this is no JSON" : formProblem(value);
  if (problem === undefined) return { companion: value as Companion, diagnostics: [] };
  const span = { path, start: 0, end: 0 };
  return { companion: undefined, diagnostics: [{ span, message: problem, advice: RETRAIN }] };
}

export interface TrainedResult {
  /** For each version that is spoken and was trained, itself or as an older one with the same fields. */
  readonly trained: ReadonlyMap<number, TrainedSchema>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What each version of a schema is coded with. A version that was not trained goes on with what the newest older one
 * was, for the entities that have the same fields still.
 */
export function trainedVersions(layout: SchemaLayout, companion: Companion, path: string): TrainedResult {
  const trained = new Map<number, TrainedSchema>();
  const diagnostics: Diagnostic[] = [];
  let inherited = trainedBefore(layout, companion);
  for (const version of versionsOf(layout).reverse()) {
    const own = companion[String(version)];
    const then = layoutAt(layout, version);
    const strangers = Object.entries(own ?? {}).flatMap(([name, entity]) => misfit(name, entity, then));
    const span = { path, start: 0, end: 0 };
    diagnostics.push(
      ...strangers.map((reason) => ({ span, message: `version ${version}: ${reason}`, advice: RETRAIN })),
    );
    inherited = { ...fitting(inherited, then), ...own };
    trained.set(version, inherited);
  }
  return { trained, diagnostics };
}

/** What versions were trained with that are spoken no more: newer ones go on with it all the same. */
function trainedBefore({ versionMin }: SchemaLayout, companion: Companion): TrainedSchema {
  const older = Object.keys(companion).filter((version) => Number(version) < versionMin);
  const inOrder = older.sort((a, b) => Number(a) - Number(b));
  return Object.assign({}, ...inOrder.map((version) => companion[version]!)) as TrainedSchema;
}

const RETRAIN = "train the schema again, or delete this file";

function fitting(trained: TrainedSchema, layout: SchemaLayout): TrainedSchema {
  return Object.fromEntries(
    Object.entries(trained).filter(([name, entity]) => misfit(name, entity, layout).length === 0),
  );
}

/** Why an entity was not trained with these fields; empty when it was. */
function misfit(name: string, trained: TrainedEntity, layout: SchemaLayout): string[] {
  const entity = layout.entities.find((each) => each.name === name);
  if (entity === undefined) return [`there is no entity ${name}`];
  const model = snapshotModel(entity, { ...trained, tables: {} });
  const books = booksOf(model);
  const labels = books.map(({ label }) => label);
  const ints = model.groups.flatMap(({ members }) => members.map(({ int }) => intName(int)));
  const pairs = model.groups.map(({ members }) => jointName(members));
  const stranger =
    Object.keys(trained.tables).find((label) => !labels.includes(label)) ??
    Object.keys(trained.predict).find((int) => !ints.includes(int)) ??
    trained.joint.find((pair) => !pairs.includes(pair));
  if (stranger !== undefined) return [`${name} has nothing that is called "${stranger}"`];
  return books.flatMap(({ label, symbols, contexts, lagContexts }) => {
    const tables = trained.tables[label];
    const count = contexts + lagContexts;
    if (tables?.length !== count)
      return [`"${label}" of ${name} has ${tables?.length ?? 0} tables, and needs ${count}`];
    const broken = tables.findIndex((table) => !isCodeTable(table, symbols));
    return broken < 0 ? [] : [`table ${broken} of "${label}" of ${name} is no code for ${symbols} symbols`];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with the form: versions of entities of `predict`, `joint` and `tables`. */
function formProblem(value: unknown): string | undefined {
  if (!isObject(value)) return "a companion holds an object of versions";
  for (const [version, entities] of Object.entries(value)) {
    if (!/^[1-9]\d{0,4}$/.test(version) || !isObject(entities)) return `"${version}" is no version with its entities`;
    const broken = Object.entries(entities).find(([, entity]) => !isTrainedEntity(entity));
    if (broken !== undefined) return `version ${version}: "${broken[0]}" needs predict, joint and tables`;
  }
  return undefined;
}

function isTrainedEntity(value: unknown): value is TrainedEntity {
  if (!isObject(value)) return false;
  const { predict, joint, tables } = value;
  return (
    isObject(predict) &&
    Object.values(predict).every((each) => each === "none" || each === "linear") &&
    isTextList(joint) &&
    isObject(tables) &&
    Object.values(tables).every(isTextList)
  );
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
