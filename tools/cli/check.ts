import { formatDiagnostic, placeOf } from "../codegen/diagnostic.ts";
import { compareSchemas, type SchemaChange, versionAdvice } from "../codegen/evolution.ts";
import { loadFiles } from "../codegen/files.ts";
import type { SchemaLayout } from "../codegen/layout.ts";
import { readCommandLine } from "../codegen/options.ts";
import type { SchemaSource } from "../codegen/source.ts";
import { EXIT, refuse, type Terminal } from "../codegen/terminal.ts";
import type { Command } from "./command.ts";

const HELP = `tickwire check OLD NEW

Names every change between two versions of a schema: whether builds of both still understand each other
(compatible) or not (breaking), where it stands, why, and what to type.

  tickwire check game-3.wire game.wire
  git show v1.0:game.wire > /tmp/old.wire && tickwire check /tmp/old.wire game.wire

Exit code: 0 nothing breaks, 1 something does or a schema has mistakes, 2 the command cannot be understood.`;

/** `tickwire check`. */
export const checkCommand: Command = {
  name: "check",
  summary: "says which changes of a schema break old builds",
  help: HELP,
  run: (args, terminal) => Promise.resolve(runCheck(args, terminal)),
};

function runCheck(args: readonly string[], terminal: Terminal): number {
  const line = readCommandLine(args, {});
  const [olderPath, newerPath, extra] = "mistake" in line ? [] : line.positionals;
  if ("mistake" in line || olderPath === undefined || newerPath === undefined || extra !== undefined) {
    const mistake =
      "mistake" in line ? line.mistake : "two schemas are compared: write tickwire check old.wire new.wire";
    return refuse(mistake, "tickwire check", terminal);
  }
  const older = loadOrComplain(olderPath, terminal);
  const newer = loadOrComplain(newerPath, terminal);
  return older === undefined || newer === undefined ? EXIT.found : report(older, newer, terminal);
}

interface Loaded {
  readonly layout: SchemaLayout;
  readonly sources: readonly SchemaSource[];
}

function loadOrComplain(path: string, terminal: Terminal): Loaded | undefined {
  const { layout, sources, diagnostics } = loadFiles(path);
  for (const diagnostic of diagnostics) terminal.complain(`${formatDiagnostic(sources, diagnostic)}\n`);
  return layout === undefined ? undefined : { layout, sources };
}

function report(older: Loaded, newer: Loaded, terminal: Terminal): number {
  const changes = compareSchemas(older.layout, newer.layout);
  const isRefused = newer.layout.isProtocol && newer.layout.versionMin > older.layout.version;
  if (changes.length === 0 && !isRefused) {
    terminal.say("nothing has changed");
    return EXIT.good;
  }
  for (const change of changes) terminal.say(lineOf(change, [...newer.sources, ...older.sources]));
  const breaking = changes.filter(({ verdict }) => verdict === "breaking").length;
  if (changes.length > 0) terminal.say(`\n${breaking} breaking, ${changes.length - breaking} compatible`);
  const advice = versionAdvice(older.layout, newer.layout, changes);
  if (advice !== undefined) terminal.say(advice);
  return breaking > 0 || isRefused ? EXIT.found : EXIT.good;
}

function lineOf({ verdict, span, subject, says, advice }: SchemaChange, sources: readonly SchemaSource[]): string {
  const { path, line, column } = placeOf(sources, span);
  const first = `${path}:${line}:${column}  ${verdict.padEnd(10)}  ${subject}: ${says}`;
  return advice === "" ? first : `${first}\n   ${advice}`;
}
