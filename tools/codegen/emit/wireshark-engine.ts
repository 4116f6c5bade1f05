import type { FieldLayout, RecordLayout, SchemaLayout } from "../layout.ts";
import { sizeOfType } from "../layout.ts";
import type { Abbreviations } from "../outputs/abbreviations.ts";
import { placesOf } from "../outputs/places.ts";
import type { TextPrinter } from "../outputs/text-printer.ts";
import type { ProtoFields } from "./wireshark-fields.ts";

/** Readers of what the engine's messages carry for the game, and the bytes fields that they belong to. */
export function emitInsides(
  printer: TextPrinter,
  game: SchemaLayout,
  engine: SchemaLayout,
  abbreviations: Abbreviations,
  fields: ProtoFields,
): ReadonlyMap<string, string> {
  const insides = new Map<string, string>();
  if (game.input !== undefined && hasBytes(engine, "Inputs", "inputs")) {
    insides.set(`${abbreviations.record(engine, "Inputs")}.inputs`, "inside.inputs");
    emitInputs(printer, game, game.input, abbreviations, fields);
  }
  const section = engine.structs.find(({ name }) => name === "SnapshotSection");
  const head = engine.structs.find(({ name }) => name === "EntityHead");
  if (section !== undefined && head !== undefined && hasBytes(engine, "Snapshot", "sections")) {
    insides.set(`${abbreviations.record(engine, "Snapshot")}.sections`, "inside.sections");
    emitSections(printer, game, engine, section, head, abbreviations, fields);
  }
  return insides;
}

function hasBytes({ messages }: SchemaLayout, message: string, field: string): boolean {
  const found = messages.find(({ name }) => name === message)?.fields.find(({ name }) => name === field);
  return found?.type.kind === "bytes";
}

function emitInputs(
  printer: TextPrinter,
  game: SchemaLayout,
  input: RecordLayout,
  abbreviations: Abbreviations,
  fields: ProtoFields,
): void {
  const key = abbreviations.record(game, input.name);
  const shown = fields.add(key, input.name, { type: "NONE" }, "");
  printer.lines(`
-- The game's inputs, one behind the other.
inside.inputs = function(buf, tree)
  local at = 0
  while at < buf:len() do at = record(buf, at, tree, ${shown}, read["${key}"]) end
end
`);
}

/** Prints the reader of a snapshot's sections: a head with kind and count, then the entities. */
function emitSections(
  printer: TextPrinter,
  game: SchemaLayout,
  engine: SchemaLayout,
  section: RecordLayout,
  head: RecordLayout,
  abbreviations: Abbreviations,
  fields: ProtoFields,
): void {
  const sectionKey = abbreviations.record(engine, section.name);
  const shownSection = fields.add(sectionKey, section.name, { type: "NONE" }, "");
  const headKey = abbreviations.record(engine, head.name);
  const shownHead = fields.add(headKey, head.name, { type: "NONE" }, "");
  const kinds = game.entities.map(({ name, doc }, kind) => {
    const key = abbreviations.record(game, name);
    const shown = fields.add(key, name, { type: "NONE" }, doc);
    return `  [${kind}] = { field = ${shown}, read = read["${key}"] },`;
  });
  printer.lines(`
local kinds = {
${kinds.join("\n")}
}

-- The entities in view: for each kind a section, for each entity its head and its record.
inside.sections = function(buf, tree)
  local at = 0
  while at < buf:len() do
    local start, shown = at, nil
    at, shown = record(buf, at, tree, ${shownSection}, read["${sectionKey}"])
    local kind = kinds[${valueAt(section, "kind")}]
    if kind == nil then fail(buf, start, tree, "an entity kind that the game has not") end
    for _ = 1, ${valueAt(section, "count")} do
      at = record(buf, at, shown, ${shownHead}, read["${headKey}"])
      at = record(buf, at, shown, kind.field, kind.read)
    end
  end
end
`);
}

/** A whole number of a record that begins at `start`. */
function valueAt(record: RecordLayout, name: string): string {
  const [field, place] = [...placesOf(record)].find(([{ name: found }]) => found === name)!;
  return `buf(start + ${place.byte}, ${bytesOf(field)}):le_uint()`;
}

function bytesOf({ type }: FieldLayout): number {
  return type.kind === "bits" ? 1 : sizeOfType(type).max;
}
