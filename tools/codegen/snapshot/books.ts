import { CHANGES } from "../naming.ts";
import { residualSymbols } from "../residual-symbols.ts";
import { defaultJointCounts, defaultMaskCounts, defaultMemberCounts } from "./default-tables.ts";
import { codeTable } from "./code-lengths.ts";
import { maskContexts } from "./context-bits.ts";
import type { FieldGroup, Member, SnapshotModel } from "./model.ts";
import { intName, jointName, LAG_CLASSES, PAST_CLASSES, REST_CLASSES } from "./model.ts";

/** The code book of a mask, of a pair, or of one integer's residuals; one table for each context. */
export interface Book {
  readonly label: string;
  readonly symbols: number;
  /** Contexts with history; those without stand behind them. */
  readonly contexts: number;
  readonly lagContexts: number;
  /** The most bits of a code. */
  readonly bitsMax: number;
  readonly tables: readonly string[];
  /** Weights of the symbols in a table of a schema that nobody has trained. */
  readonly untrained: (table: number) => number[];
}

const MASK_BITS_MAX = 8;
const RESIDUAL_BITS_MAX = 10;

export function maskBook(model: SnapshotModel): Book {
  const [contexts, symbols] = [maskContexts(model), 2 ** model.groups.length];
  const shape = { label: CHANGES, symbols, contexts, lagContexts: LAG_CLASSES, bitsMax: MASK_BITS_MAX };
  return withTables(shape, model, (context) => defaultMaskCounts(model, context));
}

/** The symbols of small pairs, and behind them the one for a pair that is not small. */
export function jointBook(group: FieldGroup, model: SnapshotModel): Book {
  const isPosition = group.kind === "position";
  const contexts = isPosition ? 2 * PAST_CLASSES * PAST_CLASSES : group.kind === "velocity" ? 2 * REST_CLASSES : 2;
  const shape = {
    label: jointName(group.members),
    symbols: 4 ** group.jointBits + 1,
    contexts,
    lagContexts: isPosition ? 2 * LAG_CLASSES : 0,
    bitsMax: RESIDUAL_BITS_MAX,
  };
  return withTables(shape, model, (context) => defaultJointCounts(group, shape, context));
}

export function memberBook(member: Member, group: FieldGroup, model: SnapshotModel): Book {
  const shape = {
    label: intName(member.int),
    symbols: residualSymbols(member.int.width),
    contexts: memberContexts(member, group),
    lagContexts: member.predict === "velocity" ? 2 * LAG_CLASSES : LAG_CLASSES,
    bitsMax: RESIDUAL_BITS_MAX,
  };
  return withTables(shape, model, (context) => defaultMemberCounts(member, group, shape, context));
}

/** All books of a model, in the order in which they are printed. */
export function booksOf(model: SnapshotModel): Book[] {
  const groups = model.groups.flatMap((group) => [
    ...(group.isJoint ? [jointBook(group, model)] : []),
    ...group.members.map((member) => memberBook(member, group, model)),
  ]);
  return model.groups.length === 0 ? [] : [maskBook(model), ...groups];
}

function memberContexts(member: Member, group: FieldGroup): number {
  if (member.predict === "velocity") return 2 * PAST_CLASSES;
  if (group.kind !== "velocity") return 2;
  return member.predict === "linear" ? 2 * REST_CLASSES : REST_CLASSES;
}

function withTables(
  shape: Omit<Book, "tables" | "untrained">,
  { trained }: SnapshotModel,
  countsOf: (context: number) => number[],
): Book {
  const count = shape.contexts + shape.lagContexts;
  const tables =
    trained?.tables[shape.label] ??
    Array.from({ length: count }, (_, context) => codeTable(countsOf(context), shape.bitsMax));
  return { ...shape, tables, untrained: countsOf };
}
