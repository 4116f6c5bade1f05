import { readFileSync } from "node:fs";
import { nearestName } from "../codegen/nearest-name.ts";
import { EXIT, type Terminal } from "../codegen/terminal.ts";
import { checkCommand } from "./check.ts";
import { codegenCommand } from "./codegen.ts";
import type { Command } from "./command.ts";
import { formatCommand } from "./format.ts";
import { inspectCommand } from "./inspect.ts";
import { trainCommand } from "./train.ts";

const COMMANDS: readonly Command[] = [codegenCommand, checkCommand, formatCommand, inspectCommand, trainCommand];

const HELP = `tickwire: schemas of a game's messages, and the code that speaks them.

${COMMANDS.map(({ name, summary }) => `  tickwire ${name.padEnd(9)}${summary}`).join("\n")}
  tickwire help COMMAND    how a command is used
  tickwire --version       which version this is

Exit code: 0 all is well, 1 something was found (a mistake, a stale file, a breaking change), 2 the command cannot be understood.`;

/** Runs a command line without its first word, `tickwire`; its exit code. */
export async function runTickwire(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first = "help", ...rest] = args;
  if (first === "--version") {
    terminal.say(versionOf(new URL(".", import.meta.url)));
    return EXIT.good;
  }
  if (first === "help" || first === "--help" || first === "-h") return sayHelp(rest[0], terminal);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) return refuse(first, terminal);
  if (!rest.includes("--help") && !rest.includes("-h")) return command.run(rest, terminal);
  terminal.say(command.help);
  return EXIT.good;
}

function sayHelp(name: string | undefined, terminal: Terminal): number {
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined && name !== undefined) return refuse(name, terminal);
  terminal.say(command?.help ?? HELP);
  return EXIT.good;
}

function refuse(word: string, terminal: Terminal): number {
  const names = COMMANDS.map(({ name }) => name);
  const nearest = nearestName(word, names);
  const advice = nearest === undefined ? `write one of ${names.join(", ")}` : `did you mean tickwire ${nearest}?`;
  terminal.complain(`there is no command ${word}: ${advice}\n\ntickwire help says what there is`);
  return EXIT.usage;
}

/** The version of the nearest package.json above this file: the sources and the built package lie at different depths. */
function versionOf(folder: URL): string {
  for (let at = folder; ; at = new URL("..", at)) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL("package.json", at), "utf8")) as Record<string, string>;
      if (name === "tickwire" && version !== undefined) return version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    if (at.pathname === "/") return "unknown";
  }
}
