/** Code files of the tree: path from the root of the repository, with forward slashes → text. */
export type SourceTree = ReadonlyMap<string, string>;

/** One place where the tree breaks a rule of the house. */
export interface Finding {
  readonly path: string;
  /** 1 and up. */
  readonly line: number;
  /** What is wrong, and what to do instead. */
  readonly says: string;
}

/** `path:line  text`, one line for each finding: what a person reads and an editor can open. */
export function linesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ path, line, says }) => `${path}:${line}  ${says}`);
}
