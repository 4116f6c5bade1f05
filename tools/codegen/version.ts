import type {
  ElementType,
  EntityLayout,
  EnumLayout,
  FieldLayout,
  FieldType,
  MessageLayout,
  RecordLayout,
  SchemaLayout,
  UnionLayout,
} from "./layout.ts";
import { partsOf, sizeOf } from "./layout.ts";

/** The versions that a schema speaks, newest first. */
export function versionsOf({ version, versionMin }: SchemaLayout): number[] {
  return Array.from({ length: version - versionMin + 1 }, (_, index) => version - index);
}

/** The schema as it was in an older version: without what was added later, and without the types that only that needs. */
export function layoutAt(layout: SchemaLayout, version: number): SchemaLayout {
  const isThere = ({ since }: { readonly since: number }): boolean => since <= version;
  const messages = layout.messages
    .filter(isThere)
    .map((each): MessageLayout => ({ ...each, ...cutTo(each, version, 1) }));
  const entities = layout.entities
    .filter(isThere)
    .map((each): EntityLayout => ({ ...each, ...cutTo(each, version, 0) }));
  const fields = [...messages, ...entities].flatMap((record) => record.fields);
  const alone = [...standalone(layout)].filter((each) => each.since <= version);
  const used = reachable([...fields.map(({ type }) => type), ...alone.map(elementOf)]);
  return {
    ...layout,
    version,
    versionMin: Math.min(layout.versionMin, version),
    structs: layout.structs.filter(({ name }) => used.has(name)),
    unions: layout.unions.filter(({ name }) => used.has(name)),
    messages,
    rpcs: layout.rpcs.filter(isThere),
    entities,
  };
}

/** Names of the enums, structs and unions that something of the schema is made of, and of structs that stand alone. */
export function typesInUse(layout: SchemaLayout): Set<string> {
  const records = [...layout.structs, ...layout.messages, ...layout.entities];
  const types = records.flatMap(({ fields }) => fields.map(({ type }) => type));
  return reachable([...types, ...[...layout.structs, ...layout.unions].map(elementOf)]);
}

/** Structs and unions that nothing else is made of: whoever uses the schema may send them as they are. */
function standalone(layout: SchemaLayout): (RecordLayout | UnionLayout)[] {
  const records = [...layout.structs, ...layout.messages, ...layout.entities];
  const fields = records.flatMap((record) => record.fields.map(({ type }) => type));
  const variants = layout.unions.flatMap((union) => union.variants.map(({ type }) => type));
  const parts = new Set([...fields, ...variants].flatMap((type) => namedTypes(type).map(({ name }) => name)));
  return [...layout.structs, ...layout.unions].filter(({ name }) => !parts.has(name));
}

function reachable(types: readonly FieldType[]): Set<string> {
  const names = new Set<string>();
  const waiting = types.flatMap(namedTypes);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (names.has(next.name)) continue;
    names.add(next.name);
    if ("fields" in next) waiting.push(...next.fields.flatMap(({ type }) => namedTypes(type)));
    if ("variants" in next) waiting.push(...next.variants.flatMap(({ type }) => namedTypes(type)));
  }
  return names;
}

/** The enum, struct or union that a type is made of. */
function namedTypes(type: FieldType): (EnumLayout | RecordLayout | UnionLayout)[] {
  switch (type.kind) {
    case "enum":
    case "struct":
    case "union":
      return [type.of];
    case "array":
    case "list":
      return namedTypes(type.element);
    case "optional":
      return namedTypes(type.of);
    case "bits":
      return type.meaning.kind === "enum" ? [type.meaning.of] : [];
    case "bool":
    case "int":
    case "float":
    case "string":
    case "bytes":
    case "chars":
      return [];
  }
}

function elementOf(of: RecordLayout | UnionLayout): ElementType {
  return of.kind === "union" ? { kind: "union", of } : { kind: "struct", of };
}

function cutTo(record: RecordLayout, version: number, headBytes: number) {
  const fields: readonly FieldLayout[] = record.fields.filter(({ since }) => since <= version);
  const parts = partsOf(fields);
  const { min, max } = sizeOf(parts);
  return { fields, parts, bytesMin: min + headBytes, bytesMax: max + headBytes };
}
