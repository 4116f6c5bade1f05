import { compareFields, movedNames } from "./evolution-fields.ts";
import { compareTraining } from "./evolution-trained.ts";
import { textOfType } from "./evolution-types.ts";
import type { EntityLayout, EnumLayout, MessageLayout, RecordLayout, SchemaLayout, UnionLayout } from "./layout.ts";
import { toText } from "./rational.ts";
import type { Span } from "./source.ts";
import { layoutAt } from "./version.ts";

/** One difference between two schemas, and whether builds of both can still talk. */
export interface SchemaChange {
  readonly verdict: "compatible" | "breaking";
  /** In the newer schema; for what was removed, in the older one. */
  readonly span: Span;
  /** `Ship.x`, `Team.RED`, `Chat`. */
  readonly subject: string;
  /** What has changed, and why that matters. */
  readonly says: string;
  /** What to type; empty where nothing needs to be. */
  readonly advice: string;
}

/**
 * Every difference between an older schema and a newer one, by declaration. Documentation is no difference.
 *
 * Compatible means that builds of both understand each other, once the newer has a version of its own;
 * `versionAdvice` says what its protocol line must be.
 */
export function compareSchemas(older: SchemaLayout, newer: SchemaLayout): SchemaChange[] {
  const { version } = older;
  return [
    ...compareProtocol(older, newer),
    ...compareConstants(older, newer),
    ...pairs(older.enums, newer.enums).flatMap(([before, after]) => compareEnums(before, after)),
    ...pairs(ownUnions(older), ownUnions(newer)).flatMap(([before, after]) =>
      before === undefined && after !== undefined
        ? [addedType("union", after, older, newer)]
        : compareUnions(before, after),
    ),
    ...pairs(ownStructs(older), ownStructs(newer)).flatMap(([before, after]) =>
      before === undefined && after !== undefined
        ? [addedType("struct", after, older, newer)]
        : compareDeclared("struct", before, after, (one, two) => compareFields(one, two, version)),
    ),
    ...compareInput(older, newer),
    ...compareMessages(older, newer),
    ...compareRpcs(older, newer),
    ...compareEntities(older, newer),
    ...compareTraining(older, newer),
  ];
}

/** What the newer schema's protocol line must become, or undefined when it is right. */
export function versionAdvice(older: SchemaLayout, newer: SchemaLayout, changes: readonly SchemaChange[]) {
  const isBroken = changes.some(({ verdict }) => verdict === "breaking");
  const next = Math.max(newer.version, older.version + 1);
  const spoken = isBroken ? "" : ` [[since(${older.versionMin})]]`;
  const line = `protocol ${newer.name} ${next}${spoken};`;
  if (!newer.isProtocol) return undefined;
  if (changes.length > 0 && newer.version <= older.version) return `raise the version: write ${line}`;
  if (!isBroken && newer.versionMin > older.version) {
    return `peers of version ${older.version} are refused, and need not be: write ${line}`;
  }
  if (isBroken && newer.versionMin <= older.version) {
    return `version ${older.version} cannot be spoken any more: write ${line}`;
  }
  return undefined;
}

/** What the protocol line says, but for a version that is newer: that is no change of what stands behind it. */
function compareProtocol(older: SchemaLayout, newer: SchemaLayout): SchemaChange[] {
  const span = newer.span ?? older.span;
  if (span === undefined) return [];
  if (older.name !== newer.name || older.isProtocol !== newer.isProtocol) {
    const says = `the protocol was ${older.name}: clients offer it by name, and the hash covers it`;
    return [breaking(newer.name, span, says, `write protocol ${older.name}`)];
  }
  if (newer.version < older.version) {
    const says = `version ${newer.version}, and was ${older.version}: newer builds are told to update to an older one`;
    return [breaking(newer.name, span, says, `write ${older.version} again, or more`)];
  }
  if (newer.versionMin > older.versionMin && newer.versionMin <= older.version) {
    const gone = newer.versionMin - 1;
    const versions = gone === older.versionMin ? `version ${gone}` : `versions ${older.versionMin} to ${gone}`;
    return [compatible(newer.name, span, `speaks no ${versions} any more, which the older schema still did`)];
  }
  return [];
}

/** What is asked is compared as the call's field; the reply hides in the outcome, which every rpc has of its own. */
function compareRpcs(older: SchemaLayout, newer: SchemaLayout): SchemaChange[] {
  return pairs(older.rpcs, newer.rpcs).flatMap(([before, after]) => {
    const [was, is] = [before?.replyType.name, after?.replyType.name];
    if (before === undefined || after === undefined || was === is) return [];
    return [breaking(after.name, after.span, `returns ${is!}, and did ${was!}`, `write returns (${was!})`)];
  });
}

type Pair<Item> = readonly [older: Item | undefined, newer: Item | undefined];

/** Items of the same name; first those of the newer schema, in its order, then those that are gone. */
function pairs<Item extends { readonly name: string }>(older: readonly Item[], newer: readonly Item[]): Pair<Item>[] {
  const [was, is] = [older, newer].map((items) => new Map(items.map((item) => [item.name, item])));
  return [
    ...newer.map((item): Pair<Item> => [was!.get(item.name), item]),
    ...older.filter(({ name }) => !is!.has(name)).map((item): Pair<Item> => [item, undefined]),
  ];
}

/** What stands in the schema: not the struct and the unions that come with an rpc. */
function ownStructs({ structs, rpcs }: SchemaLayout): RecordLayout[] {
  return structs.filter(({ name }) => rpcs.length === 0 || name !== "RpcRefusal");
}

function ownUnions({ unions, rpcs }: SchemaLayout): UnionLayout[] {
  const outcomes = rpcs.flatMap(({ reply }) =>
    reply.fields.flatMap(({ type }) => (type.kind === "union" ? [type.of] : [])),
  );
  return unions.filter((union) => !outcomes.some(({ name }) => name === union.name));
}

function compareConstants(older: SchemaLayout, newer: SchemaLayout): SchemaChange[] {
  return pairs(older.constants, newer.constants).flatMap(([before, after]) => {
    if (before !== undefined && after !== undefined) {
      const [was, is] = [toText(before.value), toText(after.value)];
      return was === is ? [] : [compatible(after.name, after.span, `was ${was}, is ${is}: no bytes change by it`)];
    }
    const { name, span } = (after ?? before)!;
    return [compatible(name, span, `${after === undefined ? "removed" : "added"}: constants do not travel`)];
  });
}

/** A declaration on its own: added, removed, or compared. What travels by it is compared where it is used. */
function compareDeclared<Item extends { readonly name: string; readonly span: Span }>(
  word: string,
  before: Item | undefined,
  after: Item | undefined,
  compare: (before: Item, after: Item) => SchemaChange[],
): SchemaChange[] {
  if (before !== undefined && after !== undefined) return compare(before, after);
  if (after !== undefined)
    return [compatible(after.name, after.span, `a new ${word}, which older messages do not use`)];
  if (before === undefined) return [];
  return [breaking(before.name, before.span, `the ${word} was removed`, "keep it")];
}

/** A new struct or union that stands alone may be sent as it is: it belongs to the schema like a message. */
function addedType(
  word: "struct" | "union",
  added: RecordLayout | UnionLayout,
  older: SchemaLayout,
  newer: SchemaLayout,
): SchemaChange {
  const change = compatible(added.name, added.span, `a new ${word}, which older messages do not use`);
  const seen = layoutAt(newer, older.version);
  const isSeen = [...seen.structs, ...seen.unions].some(({ name }) => name === added.name);
  const advice = `write [[since(${older.version + 1})]] behind its name, so that one build speaks both versions`;
  return isSeen ? { ...change, advice } : change;
}

function compareEnums(older: EnumLayout | undefined, newer: EnumLayout | undefined): SchemaChange[] {
  return compareDeclared("enum", older, newer, (before, after) => [
    ...compareBase(before, after),
    ...comparePoints(
      { owner: after.name, word: "value" },
      before.members,
      after.members.map((member) => ({ ...member, type: "" })),
    ),
  ]);
}

function compareUnions(older: UnionLayout | undefined, newer: UnionLayout | undefined): SchemaChange[] {
  const points = ({ variants }: UnionLayout): Point[] =>
    variants.map(({ name, span, tag, type }) => ({ name, span, value: tag, type: textOfType(type) }));
  return compareDeclared("union", older, newer, (before, after) => [
    ...compareBase(before, after),
    ...comparePoints({ owner: after.name, word: "tag" }, points(before), points(after)),
  ]);
}

function compareBase(before: EnumLayout | UnionLayout, after: EnumLayout | UnionLayout): SchemaChange[] {
  const [was, is] = [textOfType(before.base), textOfType(after.base)];
  return was === is ? [] : [breaking(after.name, after.span, `retyped from ${was} to ${is}`, `write ${was} again`)];
}

/** A member of an enum or a variant of a union: a number on the wire. */
interface Point {
  readonly name: string;
  readonly span: Span;
  readonly value: number;
  readonly type?: string;
}

function comparePoints(
  { owner, word }: { owner: string; word: "value" | "tag" },
  older: readonly Point[],
  newer: readonly Point[],
): SchemaChange[] {
  const formerNames = renamedPoints(older, newer);
  const gone = new Set(formerNames.values());
  return pairs(older, newer).flatMap(([before, after]) => {
    const subject = `${owner}.${(after ?? before)!.name}`;
    if (after === undefined && gone.has(before!.name)) return [];
    const formerName = after === undefined ? undefined : formerNames.get(after.name);
    if (formerName !== undefined) {
      const says = `was ${formerName}; the schema's hash covers names, so that builds of both are told apart`;
      return [breaking(subject, after!.span, says, `write ${formerName} again`)];
    }
    if (after === undefined) {
      return [breaking(subject, before!.span, `the ${word} ${before!.value} was removed`, "keep it, unused")];
    }
    if (before === undefined) {
      const says = `a new ${word}, ${after.value}, which older builds refuse`;
      return [breaking(subject, after.span, says, "send it in a new field or message with [[since(…)]]")];
    }
    if (before.value !== after.value) {
      const says = `renumbered from ${before.value} to ${after.value}`;
      const advice = word === "value" ? `write ${after.name} = ${before.value}` : "put it back where it stood";
      return [breaking(subject, after.span, says, advice)];
    }
    if ((before.type ?? "") === (after.type ?? "")) return [];
    const says = `retyped from ${before.type ?? ""} to ${after.type ?? ""}`;
    return [breaking(subject, after.span, says, `write ${before.type ?? ""} again`)];
  });
}

/** New names and the ones they replace: the same number of the same type, whose name is gone. */
function renamedPoints(older: readonly Point[], newer: readonly Point[]): ReadonlyMap<string, string> {
  const gone = new Map(pairs(older, newer).flatMap(([was, is]) => (was && !is ? [[was.value, was] as const] : [])));
  const added = pairs(older, newer).flatMap(([was, is]) => (is && !was ? [is] : []));
  return new Map(
    added.flatMap(({ name, value, type }) => {
      const former = gone.get(value);
      return former === undefined || (former.type ?? "") !== (type ?? "") ? [] : [[name, former.name] as const];
    }),
  );
}

function compareInput({ input: older }: SchemaLayout, { input: newer }: SchemaLayout): SchemaChange[] {
  const named = newer ?? older;
  if (named === undefined || older?.name === newer?.name) return [];
  const says = `the input is ${newer?.name ?? "none"}, and was ${older?.name ?? "none"}`;
  return [
    breaking(named.name, named.span, says, older === undefined ? "remove [[input]]" : `mark ${older.name} again`),
  ];
}

function compareMessages(older: SchemaLayout, newer: SchemaLayout): SchemaChange[] {
  const lastOpcode = Math.max(-1, ...older.messages.map(({ opcode }) => opcode));
  return pairs(older.messages, newer.messages).flatMap(([before, after]) => {
    if (after === undefined) {
      return [breaking(before!.name, before!.span, "the message was removed", "keep it, unused")];
    }
    if (before === undefined) return [addedRecord("message", after, after.opcode > lastOpcode, older.version)];
    return [...compareMessageHeads(before, after), ...compareFields(before, after, older.version)];
  });
}

function compareMessageHeads(before: MessageLayout, after: MessageLayout): SchemaChange[] {
  const changes: SchemaChange[] = [];
  const say = (says: string, advice: string): void => {
    changes.push(breaking(after.name, after.span, says, advice));
  };
  if (before.opcode !== after.opcode) {
    say(`its opcode was ${before.opcode} and is ${after.opcode}`, "declare messages in their old order, new ones last");
  }
  if (before.lane !== after.lane) {
    say(`moved from lane ${before.lane} to ${after.lane}`, `write lane(${before.lane})`);
  }
  if (before.from !== after.from) {
    const sender = (from: MessageLayout["from"]): string => from ?? "both sides";
    const advice = before.from === undefined ? "remove from" : `write from(${before.from})`;
    say(`sent by ${sender(after.from)}, and was by ${sender(before.from)}`, advice);
  }
  return [...changes, ...compareSince(before, after)];
}

function compareSince(before: RecordLayout, after: RecordLayout): SchemaChange[] {
  if (before.since === after.since) return [];
  const says = `said to be since version ${after.since}, and was since version ${before.since}`;
  return [breaking(after.name, after.span, says, `write [[since(${before.since})]] again`)];
}

function compareEntities(older: SchemaLayout, newer: SchemaLayout): SchemaChange[] {
  const names = (entities: readonly EntityLayout[], others: readonly EntityLayout[]): string[] =>
    entities.map(({ name }) => name).filter((name) => others.some((other) => other.name === name));
  const moved = movedNames(names(older.entities, newer.entities), names(newer.entities, older.entities));
  return pairs(older.entities, newer.entities).flatMap(([before, after]) => {
    if (after === undefined) return [breaking(before!.name, before!.span, "the entity was removed", "keep it, unused")];
    const kind = newer.entities.indexOf(after);
    if (before === undefined) return [addedRecord("entity", after, kind >= older.entities.length, older.version)];
    const changes = [...compareSince(before, after), ...compareFields(before, after, older.version)];
    if (moved.has(after.name)) {
      changes.unshift(breaking(after.name, after.span, "moved: the order of entities is their number", "put it back"));
    }
    if (before.priority !== after.priority) {
      const says = `its priority was ${before.priority} and is ${after.priority}: the server's business alone`;
      changes.push(compatible(after.name, after.span, says));
    }
    return changes;
  });
}

function addedRecord(word: string, record: RecordLayout, isLast: boolean, olderVersion: number): SchemaChange {
  const since = `[[since(${olderVersion + 1})]]`;
  if (!isLast) {
    const says = `a new ${word} in front of older ones, whose numbers shift`;
    return breaking(record.name, record.span, says, `declare it behind them, with ${since}`);
  }
  if (record.since > olderVersion) {
    return compatible(record.name, record.span, `a new ${word}, since version ${record.since}`);
  }
  if (record.since > 1) {
    const says = `a new ${word}, said to be since version ${record.since}, which had none`;
    return breaking(record.name, record.span, says, `write ${since}`);
  }
  const advice = `write ${since} behind its name, so that one build speaks both versions`;
  return { ...compatible(record.name, record.span, `a new ${word} behind the older ones`), advice };
}

function compatible(subject: string, span: Span, says: string): SchemaChange {
  return { verdict: "compatible", span, subject, says, advice: "" };
}

function breaking(subject: string, span: Span, says: string, advice: string): SchemaChange {
  return { verdict: "breaking", span, subject, says, advice };
}
