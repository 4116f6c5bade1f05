import type { FieldValues, RecordedTick, Recording } from "./recording.ts";

/** One line of a trace: an entity as one tick left it. */
interface TraceLine {
  readonly tick: number;
  readonly id: number;
  /** The entity's kind; absent where the trace has one. */
  readonly entity: string | undefined;
  /** Who saw it, where several players' views are in one trace. */
  readonly client: number;
  readonly values: FieldValues;
}

/** Recordings by the entity's kind; that of lines without a kind is under "". */
export type Recordings = ReadonlyMap<string, Recording>;

/** The most lines of a trace. */
export const TRACE_LINES_MAX = 4_000_000;
const CLIENTS_MAX = 256;
const ID_MAX = 2 ** 40;
const SHOWN_CHARS_MAX = 60;

/**
 * Reads a trace: a line of JSON for each entity in view and tick, ticks rising.
 *
 *     {"tick": 1, "entity": "Ship", "id": 7, "x": 812.5, "alive": true}
 *
 * An entity without a line is not in view at that tick. `client` tells views apart that stand in one trace. Throws with
 * the number of the line that it cannot use.
 */
export async function readTrace(lines: AsyncIterable<string> | Iterable<string>): Promise<Recordings> {
  const kinds = new Map<string, KindRecorder>();
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === "") continue;
    if (number > TRACE_LINES_MAX)
      throw new RangeError(`the trace has more than ${TRACE_LINES_MAX} lines: record fewer ticks`);
    const line = lineFrom(text, number);
    const kind = line.entity ?? "";
    let recorder = kinds.get(kind);
    if (recorder === undefined) kinds.set(kind, (recorder = new KindRecorder()));
    recorder.add(line, number);
  }
  if (kinds.size === 0) throw new RangeError("the trace is empty: record one with npm run bots -- --trace FILE");
  return new Map([...kinds].map(([kind, recorder]) => [kind, { ticks: recorder.ticks }]));
}

/** Collects the ticks of one kind. */
class KindRecorder {
  readonly ticks: RecordedTick[] = [];
  private current = new Map<number, FieldValues>();

  add({ tick, client, id, values }: TraceLine, number: number): void {
    const last = this.ticks.at(-1);
    if (last === undefined || tick > last.tick) {
      this.current = new Map();
      this.ticks.push({ tick, entities: this.current });
    } else if (tick < last.tick) throw refusal(number, `tick ${tick} is behind tick ${last.tick}: sort the lines`);
    this.current.set(client * ID_MAX + id, values);
  }
}

function lineFrom(text: string, number: number): TraceLine {
  const value = objectFrom(text, number);
  const { tick, id, entity, client = 0, ...values } = value;
  if (!isWhole(tick, Number.MAX_SAFE_INTEGER)) throw refusal(number, `"tick" is no whole number from 0 on`);
  if (!isWhole(id, ID_MAX)) throw refusal(number, `"id" is no whole number from 0 to ${ID_MAX}`);
  if (!isWhole(client, CLIENTS_MAX)) throw refusal(number, `"client" is no whole number from 0 to ${CLIENTS_MAX}`);
  if (entity !== undefined && typeof entity !== "string") throw refusal(number, `"entity" is no name`);
  const stranger = Object.entries(values).find(([, each]) => typeof each !== "number" && typeof each !== "boolean");
  if (stranger !== undefined) throw refusal(number, `"${stranger[0]}" is neither a number nor true or false`);
  return { tick, id, entity, client, values: values as FieldValues };
}

function objectFrom(text: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, with the line.
  }
  throw refusal(number, `no JSON object: ${text.slice(0, SHOWN_CHARS_MAX)}`);
}

function isWhole(value: unknown, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

function refusal(number: number, says: string): RangeError {
  return new RangeError(`line ${number}: ${says}`);
}
