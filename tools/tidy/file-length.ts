import type { Finding, SourceTree } from "./finding.ts";

/** The longest a file may be, in lines: a file is one idea. */
export const FILE_LINES_MAX = 400;

/** Printed by the code generator, which nobody reads from top to bottom. */
const PRINTED = /(^|\/)generated\//;

/** Files over the limit. */
export function checkFileLength(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    if (lines <= FILE_LINES_MAX || PRINTED.test(path)) continue;
    const says = `${lines} lines, ${FILE_LINES_MAX} allowed: move one of its ideas to a file of its own`;
    findings.push({ path, line: FILE_LINES_MAX + 1, says });
  }
  return findings;
}
