import { formatDiagnostic } from "../codegen/diagnostic.ts";
import { readIfThere, schemasNamed, writeIfChanged } from "../codegen/files.ts";
import { formatSchema } from "../codegen/format.ts";
import { readCommandLine } from "../codegen/options.ts";
import { EXIT, refuse, type Terminal } from "../codegen/terminal.ts";
import type { Command } from "./command.ts";

const HELP = `tickwire format FILE… [--check]

Rewrites schemas in their one layout. A folder stands for every .wire file in it. Only white space changes,
the ; behind a closing brace, and the comma behind an enum's last member; comments stay.

  --check   write nothing; exit 1 and name the files that are laid out otherwise

  tickwire format game.wire
  tickwire format schemas --check

Exit code: 0 all is well, 1 a schema has mistakes or is laid out otherwise, 2 the command cannot be understood or
names no schema.`;

/** `tickwire format`. */
export const formatCommand: Command = {
  name: "format",
  summary: "lays schemas out the one way",
  help: HELP,
  run: runFormat,
};

async function runFormat(args: readonly string[], terminal: Terminal): Promise<number> {
  const line = readCommandLine(args, { check: { type: "boolean" } });
  if ("mistake" in line || line.positionals.length === 0) {
    const mistake = "mistake" in line ? line.mistake : "no schema is named: write tickwire format game.wire";
    return refuse(mistake, "tickwire format", terminal);
  }
  const schemas = await schemasNamed(line.positionals);
  if (schemas.length === 0) {
    terminal.complain(`no .wire file was found in ${line.positionals.join(", ")}`);
    return EXIT.usage;
  }
  let code: number = EXIT.good;
  for (const path of schemas) code = Math.max(code, await formatFile(path, line.values.check === true, terminal));
  if (code === EXIT.good && line.values.check === true) {
    terminal.say(schemas.length === 1 ? "1 schema is laid out" : `${schemas.length} schemas are laid out`);
  }
  return code;
}

async function formatFile(path: string, isCheck: boolean, terminal: Terminal): Promise<number> {
  const text = await readIfThere(path);
  if (text === undefined) {
    terminal.complain(`${path}: there is no such file`);
    return EXIT.found;
  }
  const { text: formatted, diagnostics } = formatSchema({ path, text });
  for (const diagnostic of diagnostics) terminal.complain(`${formatDiagnostic({ path, text }, diagnostic)}\n`);
  if (formatted === undefined) return EXIT.found;
  if (isCheck) {
    if (formatted === text) return EXIT.good;
    terminal.complain(`${path} is laid out otherwise: run tickwire format ${path}`);
    return EXIT.found;
  }
  if (await writeIfChanged(path, formatted)) terminal.say(`${path} formatted`);
  return EXIT.good;
}
