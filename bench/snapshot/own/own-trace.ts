import type { EntityLayout, FieldLayout } from "../../../tools/codegen/layout.ts";
import { nearestName } from "../../../tools/codegen/nearest-name.ts";
import { scalarOf } from "../../../tools/codegen/snapshot/row.ts";
import type { FieldValues, RecordedTick } from "../../../tools/train/recording.ts";
import { readUserTrace, type UserRow } from "../user-trace.ts";
import { fit, type Fitted } from "./fit.ts";

/** Values of one field that the wire cannot say as they are. */
export interface Misfit {
  readonly field: string;
  readonly fate: "snapped" | "clamped";
  readonly count: number;
  /** The first line that has one, and what stands there. */
  readonly line: number;
  readonly given: number | boolean;
}

/** A trace of the user's own, as an entity of a schema takes it. */
export interface OwnTrace {
  readonly ticks: readonly RecordedTick[];
  /** Ticks between two snapshots: the least there are. After a longer gap everything leaves and enters. */
  readonly interval: number;
  readonly gaps: number;
  readonly misfits: readonly Misfit[];
  /** Fields of the entity that no line names: they stay 0. */
  readonly unnamed: readonly string[];
}

const TICKS_MIN = 20;

/** Reads a trace. Rejects with the number of the line that does not fit the entity. */
export async function readOwnTrace(
  entity: EntityLayout,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<OwnTrace> {
  const reader = new RowReader(entity);
  const ticks: RecordedTick[] = [];
  for await (const { tick, rows, lines: numbers } of readUserTrace(lines, entity.name)) {
    const entities = new Map<number, FieldValues>();
    for (const [id, row] of rows) entities.set(id, reader.valuesOf(id, row, numbers.get(id)!));
    ticks.push({ tick, entities });
    reader.forgetAllBut(entities);
  }
  if (ticks.length < TICKS_MIN) {
    throw new Error(`the trace has ${ticks.length} ticks: write ${TICKS_MIN} at least, one half to learn from`);
  }
  const steps = ticks.slice(1).map(({ tick }, at) => tick - ticks[at]!.tick);
  const interval = Math.min(...steps);
  return { ticks, interval, gaps: steps.filter((step) => step > interval).length, ...reader.found };
}

/** The first half, to learn from, and the second, to measure. */
export function halvesOf(trace: OwnTrace): readonly [OwnTrace, OwnTrace] {
  const middle = trace.ticks.length >> 1;
  return [
    { ...trace, ticks: trace.ticks.slice(0, middle) },
    { ...trace, ticks: trace.ticks.slice(middle) },
  ];
}

class RowReader {
  private readonly entity: EntityLayout;
  private readonly fields: ReadonlyMap<string, FieldLayout>;
  private readonly misfits = new Map<string, Misfit>();
  private readonly named = new Set<string>();
  /** What the entities of the last tick said, for what is const. */
  private known = new Map<number, FieldValues>();

  constructor(entity: EntityLayout) {
    this.entity = entity;
    this.fields = new Map(entity.fields.map((field) => [field.name, field]));
  }

  get found(): Pick<OwnTrace, "misfits" | "unnamed"> {
    const unnamed = [...this.fields.keys()].filter((name) => !this.named.has(name));
    return { misfits: [...this.misfits.values()], unnamed };
  }

  valuesOf(id: number, row: UserRow, line: number): FieldValues {
    const before = this.known.get(id);
    const values: Record<string, number> = {};
    for (const [name, given] of Object.entries(row)) {
      const field = this.fieldNamed(name, line);
      const { value, fate } = fitted(field, given, line);
      if (fate !== "exact") this.count(name, fate, line, given);
      if (field.isConst && before?.[name] !== undefined && before[name] !== value) {
        throw new Error(
          `line ${line}: "${name}" is const, and was ${String(before[name])} before: give the entity another id, or take const away`,
        );
      }
      values[name] = value;
    }
    // What a line leaves out is as it was.
    const all = { ...before, ...values };
    this.known.set(id, all);
    return all;
  }

  forgetAllBut(entities: ReadonlyMap<number, FieldValues>): void {
    this.known = new Map(entities);
  }

  private fieldNamed(name: string, line: number): FieldLayout {
    const field = this.fields.get(name);
    this.named.add(name);
    if (field !== undefined) return field;
    const known = [...this.fields.keys()];
    const advice = nearestName(name, known) ?? `one of ${known.join(", ")}`;
    throw new Error(`line ${line}: ${this.entity.name} has no field "${name}": write ${advice}`);
  }

  private count(field: string, fate: Misfit["fate"], line: number, given: number | boolean): void {
    const known = this.misfits.get(`${field} ${fate}`) ?? { field, fate, count: 0, line, given };
    this.misfits.set(`${field} ${fate}`, { ...known, count: known.count + 1 });
  }
}

function fitted(field: FieldLayout, given: number | boolean, line: number): Fitted {
  const value = fit(scalarOf(field), given);
  if (value !== undefined) return value;
  throw new Error(
    `line ${line}: "${field.name}" is ${given}, which is no member of its enum: write one of its numbers`,
  );
}
