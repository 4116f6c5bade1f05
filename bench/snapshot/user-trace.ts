import { open } from "node:fs/promises";

/** Fields of an entity by their names; which names and values a schema has room for is checked by others. */
export type UserRow = Readonly<Record<string, number | boolean>>;

/** What was in view at a tick; ids in `enters` and `leaves` are ascending. */
export interface UserTick {
  readonly tick: number;
  readonly rows: ReadonlyMap<number, UserRow>;
  /** The number of each row's line, by id. */
  readonly lines: ReadonlyMap<number, number>;
  readonly enters: readonly number[];
  readonly leaves: readonly number[];
}

interface UserLine {
  readonly tick: number;
  readonly id: number;
  readonly row: UserRow;
}

const LINE_CHARS_MAX = 65_536;
const FIELDS_MAX = 64;
const ID_MAX = 2 ** 40;
const SHOWN_CHARS_MAX = 40;
const EXAMPLE = '{"tick": 1, "id": 7, "x": 12}';

/**
 * Reads a trace of the user's own: a line of JSON for each entity in view and tick, the lines of a tick together and
 * its ticks ascending.
 *
 *     {"tick": 1, "id": 7, "x": 812, "alive": true}
 *
 * Of lines that name an `entity` or a `client`, as those of bots do, it takes the ones of `entity` that the first
 * client saw. An entity without a line is not in view at that tick; a tick without lines has no snapshot. Holds two ticks at a
 * time. Throws with the number of the line that it cannot use.
 */
export async function* readUserTrace(
  lines: AsyncIterable<string> | Iterable<string>,
  entity?: string,
): AsyncGenerator<UserTick> {
  let number = 0;
  let before: ReadonlyMap<number, UserRow> = new Map();
  let tick: number | undefined;
  let rows = new Map<number, UserRow>();
  let numbers = new Map<number, number>();
  for await (const text of lines) {
    number += 1;
    if (text.trim() === "") continue;
    const line = lineOf(text, number, entity);
    if (line === undefined) continue;
    if (tick !== undefined && line.tick > tick) {
      yield { tick, rows, lines: numbers, ...changesBetween(before, rows) };
      before = rows;
      rows = new Map();
      numbers = new Map();
    }
    if (tick !== undefined && line.tick < tick)
      refuse(number, `tick ${line.tick} is behind tick ${tick}: sort the lines`);
    if (rows.has(line.id)) refuse(number, `tick ${line.tick} has entity ${line.id} already: write one line for it`);
    tick = line.tick;
    rows.set(line.id, line.row);
    numbers.set(line.id, number);
  }
  if (tick === undefined) throw new Error(`the trace is empty: write lines such as ${EXAMPLE}`);
  yield { tick, rows, lines: numbers, ...changesBetween(before, rows) };
}

/** The lines of a file, read bit by bit. Rejects when there is no such file. */
export async function* linesOfFile(path: string): AsyncGenerator<string> {
  const file = await open(path);
  try {
    yield* file.readLines();
  } finally {
    await file.close();
  }
}

/** Undefined for a line of another kind, or of what another client saw. */
function lineOf(text: string, number: number, wanted: string | undefined): UserLine | undefined {
  const { tick, id, entity = wanted, client = 0, ...fields } = objectIn(text, number);
  if (entity !== wanted || client !== 0) return undefined;
  if (!isWhole(tick, Number.MAX_SAFE_INTEGER))
    refuse(number, `"tick" is ${textOf(tick)}: write a whole number from 0 on`);
  if (!isWhole(id, ID_MAX)) refuse(number, `"id" is ${textOf(id)}: write a whole number from 0 to ${ID_MAX}`);
  const entries = Object.entries(fields);
  if (entries.length > FIELDS_MAX) refuse(number, `${entries.length} fields: write ${FIELDS_MAX} at most`);
  const misfit = entries.find(([, value]) => !isFieldValue(value));
  if (misfit !== undefined) {
    refuse(number, `"${misfit[0]}" is ${textOf(misfit[1])}: write a number, true or false`);
  }
  return { tick, id, row: fields as UserRow };
}

function objectIn(text: string, number: number): Record<string, unknown> {
  if (text.length > LINE_CHARS_MAX) refuse(number, `${text.length} characters: write ${LINE_CHARS_MAX} at most`);
  const value = valueIn(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  refuse(number, `this is no object in JSON: write ${EXAMPLE}`);
}

/** Undefined when it is not JSON. */
function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isWhole(value: unknown, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function isFieldValue(value: unknown): value is number | boolean {
  return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

function textOf(value: unknown): string {
  if (value === undefined) return "missing";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text;
}

function refuse(line: number, says: string): never {
  throw new Error(`line ${line}: ${says}`);
}

function changesBetween(
  before: ReadonlyMap<number, UserRow>,
  after: ReadonlyMap<number, UserRow>,
): Pick<UserTick, "enters" | "leaves"> {
  return { enters: idsOnlyIn(after, before), leaves: idsOnlyIn(before, after) };
}

function idsOnlyIn(some: ReadonlyMap<number, UserRow>, others: ReadonlyMap<number, UserRow>): number[] {
  return [...some.keys()].filter((id) => !others.has(id)).sort((left, right) => left - right);
}
