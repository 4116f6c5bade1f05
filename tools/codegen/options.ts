import { parseArgs } from "node:util";
import { nearestName } from "./nearest-name.ts";

export type OptionTable = Readonly<Record<string, { readonly type: "string" | "boolean" }>>;

/** The options that were written. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]?: Options[Name]["type"] extends "string" ? string : boolean;
} & { readonly help?: boolean };

/** What a command line says, or why it cannot be understood. */
export type CommandLine<Options extends OptionTable> =
  { readonly values: OptionValues<Options>; readonly positionals: readonly string[] } | { readonly mistake: string };

/** Reads the words behind a command. `--help`, or `-h`, is known everywhere. */
export function readCommandLine<Options extends OptionTable>(
  args: readonly string[],
  table: Options,
): CommandLine<Options> {
  const options = { ...table, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const mistake = mistakeIn(token, options);
    if (mistake !== undefined) return { mistake };
  }
  return { values: values, positionals };
}

function mistakeIn(
  token: { rawName: string; name: string; value?: string | undefined },
  options: OptionTable,
): string | undefined {
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (option === undefined) {
    const nearest = nearestName(token.name, Object.keys(options));
    return `there is no option ${token.rawName}${nearest === undefined ? "" : `: did you mean --${nearest}?`}`;
  }
  if (option.type === "string" && token.value === undefined) {
    return `${token.rawName} needs a value: write ${token.rawName} VALUE`;
  }
  if (option.type === "boolean" && token.value !== undefined) {
    return `${token.rawName} takes no value: write ${token.rawName} alone`;
  }
  return undefined;
}
