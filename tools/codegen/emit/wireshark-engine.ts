import type { RecordLayout, SchemaLayout } from "../layout.ts";
import type { Abbreviations } from "../outputs/abbreviations.ts";
import type { TextPrinter } from "../outputs/text-printer.ts";
import type { ProtoFields } from "./wireshark-fields.ts";

/** Readers of what the engine's messages carry, and the bytes fields that they belong to. */
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
  if (hasBytes(engine, "Snapshot", "body")) {
    const body = `${abbreviations.record(engine, "Snapshot")}.body`;
    insides.set(body, "inside.body");
    emitBody(printer, body, fields);
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

/** Prints the reader of a snapshot's body: its flags and size. What follows is bits that depend on all snapshots before. */
function emitBody(printer: TextPrinter, body: string, fields: ProtoFields): void {
  const flags = FLAGS.map(([name, doc], bit) => {
    const shown = fields.add(`${body}.${name}`, name, { type: "BOOLEAN" }, doc);
    return `  show_flag(buf, 0, ${bit}, tree, ${shown})`;
  });
  const size = fields.add(`${body}.size`, "size", { type: "UINT32" }, "Bytes of the body.");
  printer.lines(`
-- What a snapshot's body begins with.
inside.body = function(buf, tree)
${flags.join("\n")}
  tree:add(${size}, buf(0), buf:len()):set_generated()
end
`);
}

const FLAGS = [
  ["reset", "Everything in view is sent whole."],
  ["partial", "Not everything in view is coded."],
  ["check", "A checksum of the view stands at the end."],
] as const;
