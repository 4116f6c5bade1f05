import { textOfType, wordForChange } from "./evolution-types.ts";
import type { FieldLayout, Prediction, RecordLayout } from "./layout.ts";
import { isRest } from "./layout.ts";
import type { SchemaChange } from "./evolution.ts";

/** What has become of a record's fields. `olderVersion`: the version that the older schema speaks. */
export function compareFields(older: RecordLayout, newer: RecordLayout, olderVersion: number): SchemaChange[] {
  const renamed = renamedFields(older, newer);
  const kept = newer.fields.filter((field) => find(older, field.name) !== undefined);
  const moved = movedNames(
    older.fields.map(({ name }) => name).filter((name) => find(newer, name) !== undefined),
    kept.map(({ name }) => name),
  );
  const rest = [...older.fields, ...newer.fields].find(({ type }) => isRest(type));
  const newerChanges = newer.fields.flatMap((field, index) => {
    const subject = `${newer.name}.${field.name}`;
    const before = find(older, field.name);
    if (before !== undefined) return compareField(subject, before, field, moved.has(field.name), rest);
    const formerName = renamed.get(field.name);
    if (formerName !== undefined) {
      const says = `was ${formerName}; the schema's hash covers names, so that builds of both are told apart`;
      return [breaking(subject, field, says, `write ${formerName} again`)];
    }
    const follower = newer.fields.slice(index + 1).find(({ name }) => find(older, name) !== undefined);
    return [addedField(subject, field, { follower, rest, kind: newer.kind, olderVersion })];
  });
  const formerNames = new Set(renamed.values());
  const removed = older.fields
    .filter(({ name }) => find(newer, name) === undefined && !formerNames.has(name))
    .map((field) =>
      breaking(`${older.name}.${field.name}`, field, `removed, ${movesWhat(older.kind)}`, "keep it, unused"),
    );
  return [...newerChanges, ...removed];
}

function find(record: RecordLayout, name: string): FieldLayout | undefined {
  return record.fields.find((field) => field.name === name);
}

/** New names by position: a field of the same type stood there, whose name is gone. */
function renamedFields(older: RecordLayout, newer: RecordLayout): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  newer.fields.forEach((field, index) => {
    const former = older.fields[index];
    if (former === undefined || find(newer, former.name) !== undefined || find(older, field.name) !== undefined) return;
    if (textOfType(former.type) === textOfType(field.type)) renamed.set(field.name, former.name);
  });
  return renamed;
}

/** `rest`: what takes the rest of the record, in one of the schemas. */
function compareField(
  subject: string,
  older: FieldLayout,
  newer: FieldLayout,
  isMoved: boolean,
  rest: FieldLayout | undefined,
): SchemaChange[] {
  const changes: SchemaChange[] = [];
  const [before, after] = [textOfType(older.type), textOfType(newer.type)];
  if (before !== after) {
    const says = `${wordForChange(older.type, newer.type)} from ${before} to ${after}`;
    const advice = `keep it, and ${rest === undefined ? "append a new field" : "declare another message"}`;
    changes.push(breaking(subject, newer, says, advice));
  }
  if (isMoved) changes.push(breaking(subject, newer, "moved: field order is wire order", "put it back"));
  if (older.since !== newer.since) {
    const says = `said to be since version ${newer.since}, and was since version ${older.since}`;
    changes.push(breaking(subject, newer, says, `write [[since(${older.since})]] again`));
  }
  changes.push(...compareAttributes(subject, older, newer));
  return changes;
}

function compareAttributes(subject: string, older: FieldLayout, newer: FieldLayout): SchemaChange[] {
  const changes: SchemaChange[] = [];
  const shaping: readonly (readonly [string, boolean, boolean])[] = [
    ["const", older.isConst, newer.isConst],
    ["rare", older.isRare, newer.isRare],
    ["owner", older.isOwnerOnly, newer.isOwnerOnly],
  ];
  for (const [name, was, is] of shaping) {
    if (was === is) continue;
    const says = `${is ? "now" : "no longer"} ${name}, which changes what snapshots carry`;
    changes.push(breaking(subject, newer, says, is ? `remove ${name}` : `write ${name} again`));
  }
  const [before, after] = [textOfPrediction(older.prediction), textOfPrediction(newer.prediction)];
  if (before !== after) {
    const says = `predicted by ${after}, and was by ${before}: both sides must guess alike`;
    changes.push(breaking(subject, newer, says, `write predict(${before}) again`));
  }
  if (older.isInterpolated !== newer.isInterpolated) {
    const says = `${newer.isInterpolated ? "now" : "no longer"} interpolated, which only changes how it is drawn`;
    changes.push({ verdict: "compatible", span: newer.span, subject, says, advice: "" });
  }
  return changes;
}

function textOfPrediction(prediction: Prediction): string {
  return prediction.kind === "velocity" ? prediction.field : prediction.kind;
}

interface Surroundings {
  /** The first old field behind it. */
  readonly follower: FieldLayout | undefined;
  /** What takes the rest of the record, in one of the schemas: nothing can be appended. */
  readonly rest: FieldLayout | undefined;
  readonly kind: RecordLayout["kind"];
  readonly olderVersion: number;
}

function addedField(subject: string, field: FieldLayout, around: Surroundings): SchemaChange {
  const { follower, rest, kind, olderVersion } = around;
  const next = olderVersion + 1;
  if (follower !== undefined) {
    const says = `inserted in front of ${follower.name}, ${movesWhat(kind)}`;
    const advice = rest === undefined ? `declare it last, with [[since(${next})]]` : "declare another message with it";
    return breaking(subject, field, says, advice);
  }
  if (rest !== undefined) {
    const says =
      rest === field
        ? "takes the rest of a message that had an end"
        : `appended behind ${rest.name}, which took the rest of the message`;
    return breaking(subject, field, says, "declare another message with it");
  }
  if (field.since > olderVersion) {
    const says = `appended, since version ${field.since}`;
    return { verdict: "compatible", span: field.span, subject, says, advice: "" };
  }
  if (field.since > 1) {
    const says = `appended, and said to be since version ${field.since}, which had no such field`;
    return breaking(subject, field, says, `write [[since(${next})]]`);
  }
  if (field.type.kind === "optional" && kind !== "struct") {
    const advice = `write [[since(${next})]] behind it, so that one build speaks both versions`;
    return { verdict: "compatible", span: field.span, subject, says: "optional, and appended", advice };
  }
  if (kind === "struct") {
    const says = `appended: a struct cannot grow, for others stand right behind it`;
    return breaking(subject, field, says, "declare another struct with it, for new fields and messages");
  }
  const says = `appended without a version: peers of version ${olderVersion} send no such bytes`;
  return breaking(subject, field, says, `write [[since(${next})]] behind it`);
}

function movesWhat(kind: RecordLayout["kind"]): string {
  return kind === "entity" ? "which changes the bits of every snapshot" : "which moves every byte behind it";
}

function breaking(subject: string, { span }: FieldLayout, says: string, advice: string): SchemaChange {
  return { verdict: "breaking", span, subject, says, advice };
}

/** The names that must be moved to turn one order into the other: as few as possible. */
export function movedNames(older: readonly string[], newer: readonly string[]): ReadonlySet<string> {
  // The longest rising run of old positions stays where it is.
  const positions = newer.map((name) => older.indexOf(name));
  const lengths: number[] = [];
  const previous: number[] = [];
  positions.forEach((position, index) => {
    lengths[index] = 1;
    previous[index] = -1;
    for (let earlier = 0; earlier < index; earlier++) {
      if (positions[earlier]! >= position || lengths[earlier]! < lengths[index]) continue;
      lengths[index] = lengths[earlier]! + 1;
      previous[index] = earlier;
    }
  });
  const moved = new Set(newer);
  for (let at = lengths.indexOf(Math.max(...lengths)); at >= 0; at = previous[at]!) moved.delete(newer[at]!);
  return moved;
}
