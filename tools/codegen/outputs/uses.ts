import type { FieldType, SchemaLayout } from "../layout.ts";

/** For each enum, struct and union the records that have it in one of their fields, in order. */
export function usesOf({ structs, unions, messages, entities }: SchemaLayout): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, Set<string>>();
  const use = (name: string, type: FieldType): void => {
    for (const named of namedIn(type)) uses.set(named, (uses.get(named) ?? new Set()).add(name));
  };
  for (const { name, fields } of [...structs, ...messages, ...entities]) {
    for (const { type } of fields) use(name, type);
  }
  for (const { name, variants } of unions) {
    for (const { type } of variants) use(name, type);
  }
  return new Map([...uses].map(([name, users]) => [name, [...users]]));
}

function namedIn(type: FieldType): readonly string[] {
  switch (type.kind) {
    case "enum":
    case "struct":
    case "union":
      return [type.of.name];
    case "array":
    case "list":
      return namedIn(type.element);
    case "optional":
      return namedIn(type.of);
    case "bits":
      return type.meaning.kind === "enum" ? [type.meaning.of.name] : [];
    case "bool":
    case "int":
    case "float":
    case "chars":
    case "string":
    case "bytes":
      return [];
  }
}
