import type { Terminal } from "../codegen/terminal.ts";

/** One word behind `tickwire`. */
export interface Command {
  readonly name: string;
  /** For the list of commands. */
  readonly summary: string;
  /** How it is used: what `tickwire help NAME` says. */
  readonly help: string;
  /** The exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
