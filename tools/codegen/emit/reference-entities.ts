import type { EntityLayout, FieldLayout, SchemaLayout } from "../layout.ts";
import { plainLine } from "../outputs/comment.ts";
import { entityMarks, marksOf, rangeText, typeWords } from "../outputs/words.ts";
import type { FieldGroup, Member, SnapshotModel } from "../snapshot/model.ts";
import { snapshotModel } from "../snapshot/model.ts";
import { code, type Inline, type Line, paragraphsOf, typeLine } from "./reference-lines.ts";
import type { Section } from "./reference-page.ts";

const WHAT_BELONGS: Readonly<Record<FieldGroup["kind"], string>> = {
  velocity: "what moves others",
  position: "what is moved",
  other: "what changes by itself",
  rare: "what seldom changes",
};

/** What a reference page says of an entity: it has no bytes of its own, but bits in snapshots. */
export function entitySection(entity: EntityLayout, layout: SchemaLayout): Section {
  const model = snapshotModel(entity, layout.trained.get(layout.version)?.[entity.name]);
  const publicBits = bitsOf(model.ints.filter((int) => !model.ownerInts.includes(int)));
  return {
    name: entity.name,
    tags: [...entityMarks(entity), `${publicBits} bits when it comes into view`],
    paragraphs: [...paragraphsOf(entity.doc), ...groupsLine(model), ...ownerLine(model)],
    table: {
      head: ["Field", "Type", "Bits", "Values", "Group", "Prediction", "Meaning"],
      rows: entity.fields.map((field) => fieldRow(field, model)),
    },
  };
}

function groupsLine({ groups }: SnapshotModel): Line[] {
  if (groups.length === 0) return [["Nothing of it changes for everybody who sees it."]];
  const named = groups.flatMap((group, index): Inline[] => [
    `${index === 0 ? "" : ", "}${index + 1}: `,
    ...namesOf(group).flatMap((name, at): Inline[] => (at === 0 ? [code(name)] : [" ", code(name)])),
    ` (${WHAT_BELONGS[group.kind]})`,
  ]);
  return [["A snapshot says which groups differ from their prediction. Groups are ", ...named, "."]];
}

function ownerLine({ ownerInts }: SnapshotModel): Line[] {
  if (ownerInts.length === 0) return [];
  return [
    [`Its owner gets ${bitsOf(ownerInts)} bits more; to all others those fields are 0, or what is nearest to it.`],
  ];
}

function fieldRow(field: FieldLayout, model: SnapshotModel): Line[] {
  const ints = model.ints.filter((int) => int.field === field);
  const group = model.groups.find(({ members }) => members.some(({ int }) => int.field === field));
  const marks = marksOf(field).flatMap((mark): Inline[] => [code(mark), " "]);
  return [
    [code(field.name)],
    typeLine(typeWords(field.type)),
    [String(bitsOf(ints))],
    [rangeText(field.type)],
    [group === undefined ? (field.isOwnerOnly ? "owner" : "none") : String(group.bit + 1)],
    predictionLine(field, group),
    [...marks, plainLine(field.doc)],
  ];
}

function predictionLine(field: FieldLayout, group: FieldGroup | undefined): Line {
  if (field.isConst) return ["never changes"];
  const member: Member | undefined = group?.members.find(({ int }) => int.field === field);
  if (member?.velocity !== undefined) return ["moved by ", code(member.velocity.int.field.name)];
  return [member?.predict === "linear" ? "goes on as it went" : "stays as it is"];
}

function namesOf({ members }: FieldGroup): string[] {
  return [...new Set(members.map(({ int }) => int.field.name))];
}

function bitsOf(ints: SnapshotModel["ints"]): number {
  return ints.reduce((sum, { width }) => sum + width, 0);
}
