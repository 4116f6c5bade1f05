/** Where a command's words go. */
export interface Terminal {
  /** The command's result. */
  say(text: string): void;
  /** What went wrong, and how a long job gets on. */
  complain(text: string): void;
}

/** What every command ends with. `found`: a mistake, a stale file, a breaking change. */
export const EXIT = { good: 0, found: 1, usage: 2 } as const;

/** Tells a command line's mistake, and where its options are. The whole help would push the mistake off the screen. */
export function refuse(mistake: string, command: string, terminal: Terminal): number {
  terminal.complain(`${mistake}\n\n${command} --help says how it is used.`);
  return EXIT.usage;
}
