import { emitJavaScript } from "../codegen/emit/javascript.ts";
import type { EntityLayout, SchemaLayout } from "../codegen/layout.ts";
import { booksOf } from "../codegen/snapshot/books.ts";
import { codeTable, tableBits } from "../codegen/snapshot/code-lengths.ts";
import { intName, jointName, snapshotModel } from "../codegen/snapshot/model.ts";
import type { TrainedEntity } from "../codegen/snapshot/trained.ts";
import type { AnyEntityCodec } from "../../shared/engine/wire/protocol.ts";
import { CountingWriter } from "./counting-writer.ts";
import type { Recording } from "./recording.ts";
import { Replay } from "./replay.ts";

/** How well an entity can be said. */
export interface TrainedResult {
  readonly trained: TrainedEntity;
  /** Of an entity in step, on the recording it was trained with. */
  readonly bitsPerEntity: number;
  readonly entityTicks: number;
}

/** Loads a module of JavaScript from its text. */
export type ImportModule = (js: string) => Promise<unknown>;

/** What is weighed: how fields are predicted, and which pairs are one symbol. */
interface Choice {
  readonly predict: Readonly<Record<string, "none" | "linear">>;
  readonly joint: readonly string[];
}

interface Attempt {
  readonly choice: Choice;
  readonly bits: number;
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/** What no recording shows happens one day: of every symbol, so many are taken to be as if nobody had trained. */
const DOUBT_SHARE = 0.05;
/** So many symbols of a context weigh as much as what one thinks of it without having seen any. */
const DOUBT_SYMBOLS = 16;
/** Another choice than the schema's has to be better by so much: what wins by little loses in other traffic. */
const GAIN_MIN = 0.02;

/** The sources run from .ts, the built package from .js; each has its own runtime beside it. */
const ENDING = import.meta.url.endsWith(".ts") ? "ts" : "js";
const RUNTIME = new URL(`../../shared/engine/wire/index.${ENDING}`, import.meta.url).href;

/**
 * Finds, for one entity of a schema, the predictors and code tables that say a recording in the fewest bits. Each
 * choice is tried by itself, with everything else as it is best so far; `onAttempt` hears of every try.
 */
export async function train(
  layout: SchemaLayout,
  entity: EntityLayout,
  recording: Recording,
  onAttempt: (bitsPerEntity: number) => void = () => undefined,
  importModule: ImportModule = importText,
): Promise<TrainedResult> {
  const entityTicks = recording.ticks.reduce((sum, { entities }) => sum + entities.size, 0);
  const attempt = async (choice: Choice): Promise<Attempt> => {
    const codec = await importCodec(layout, entity, choice, importModule);
    const result = tryChoice(codec, entity, recording, choice);
    onAttempt(result.bits / entityTicks);
    return result;
  };
  let best = await attempt(startingChoice(entity));
  for (const change of changesOf(entity)) {
    const other = await attempt(change(best.choice));
    if (other.bits < best.bits * (1 - GAIN_MIN)) best = other;
  }
  const { choice, bits, tables } = best;
  return { trained: { ...choice, tables }, bitsPerEntity: bits / entityTicks, entityTicks };
}

/** As the schema says, and with every pair joint that is one without training. */
function startingChoice(entity: EntityLayout): Choice {
  const { groups } = snapshotModel(entity);
  const members = groups.flatMap((group) => group.members).filter(({ predict }) => predict !== "velocity");
  const predict = Object.fromEntries(
    members.map(({ int, predict: how }) => [intName(int), how === "linear" ? how : "none"] as const),
  );
  return { predict, joint: groups.filter(({ isJoint }) => isJoint).map((group) => jointName(group.members)) };
}

/** One step away from a choice, in each direction that there is. */
function changesOf(entity: EntityLayout): ((choice: Choice) => Choice)[] {
  const { groups } = snapshotModel(entity);
  const names = Object.keys(startingChoice(entity).predict);
  const pairs = groups.filter(({ members }) => members.length === 2).map(({ members }) => jointName(members));
  return [
    ...names.map((name) => ({ predict, joint }: Choice): Choice => {
      return { predict: { ...predict, [name]: predict[name] === "linear" ? "none" : "linear" }, joint };
    }),
    ...pairs.map((pair) => ({ predict, joint }: Choice): Choice => {
      return { predict, joint: joint.includes(pair) ? joint.filter((each) => each !== pair) : [...joint, pair] };
    }),
  ];
}

function tryChoice(codec: AnyEntityCodec, entity: EntityLayout, recording: Recording, choice: Choice): Attempt {
  const capacity = recording.ticks.reduce((most, { entities }) => Math.max(most, entities.size), 1);
  const [inStep, lagged] = [new CountingWriter(), new CountingWriter()];
  new Replay(codec, capacity).run(recording, inStep, lagged);
  const books = booksOf(snapshotModel(entity, { ...choice, tables: {} }));
  let bits = inStep.plainBits;
  const tables = Object.fromEntries(
    books.map((book) => {
      const { label, symbols, bitsMax } = book;
      const texts = book.tables.map((_, table) => {
        const counts = sumOf(symbols, inStep.counts.get(label)?.[table], lagged.counts.get(label)?.[table]);
        return codeTable(doubted(counts, book.untrained(table)), bitsMax);
      });
      texts.forEach((text, table) => {
        bits += tableBits(text, inStep.counts.get(label)?.[table] ?? [], symbols);
      });
      return [label, texts];
    }),
  );
  return { choice, bits, tables };
}

/** Counts, and besides them what one would think without them. */
function doubted(counts: readonly number[], untrained: readonly number[]): number[] {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const scale = (DOUBT_SYMBOLS + sum(counts) * DOUBT_SHARE) / sum(untrained);
  return counts.map((count, symbol) => count + untrained[symbol]! * scale);
}

function sumOf(symbols: number, ...counts: readonly (Float64Array | undefined)[]): number[] {
  return Array.from({ length: symbols }, (_, symbol) => counts.reduce((sum, each) => sum + (each?.[symbol] ?? 0), 0));
}

/** The codec as it is printed with a choice, without tables of its own. */
async function importCodec(
  layout: SchemaLayout,
  entity: EntityLayout,
  choice: Choice,
  importModule: ImportModule,
): Promise<AnyEntityCodec> {
  const trained = new Map([[layout.version, { [entity.name]: { ...choice, tables: {} } }]]);
  const { js } = emitJavaScript({ ...layout, trained }, layout.name, { runtime: RUNTIME });
  const codecs = (await importModule(js)) as Readonly<Record<string, AnyEntityCodec>>;
  return codecs[entity.name]!;
}

function importText(js: string): Promise<unknown> {
  const printed = `data:text/javascript;base64,${Buffer.from(js).toString("base64")}`;
  return import(printed);
}
