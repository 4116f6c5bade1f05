import ts from "typescript";
import type { Finding, SourceTree } from "./finding.ts";
import { commentsOf, lineAt, parse, walk } from "./syntax.ts";

const TEST_ROOTS = ["test", "it", "describe", "suite"];
const LEAVES_OUT = ["only", "skip", "todo", "skipIf", "runIf", "fails"];

/** Tests that are left out, and lint rules that are switched off without a word why. */
export function checkDiscipline(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    const isTest = path.endsWith(".test.ts");
    // Most files need no closer look, and to collect every comment of the tree takes seconds.
    if (!isTest && !text.includes("eslint-disable")) continue;
    const source = parse(path, text);
    if (isTest) findings.push(...testsLeftOut(path, source));
    findings.push(...silentDisables(path, source));
  }
  return findings;
}

function testsLeftOut(path: string, source: ts.SourceFile): Finding[] {
  const findings: Finding[] = [];
  walk(source, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !LEAVES_OUT.includes(node.name.text)) return;
    const root = rootOf(node);
    if (!TEST_ROOTS.includes(root)) return;
    const says = `${root}.${node.name.text} leaves tests out: run it, mend it or delete it`;
    findings.push({ path, line: lineAt(source, node.name.getStart(source)), says });
  });
  return findings;
}

function rootOf(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootOf(node.expression);
  return ts.isIdentifier(node) ? node.text : "";
}

function silentDisables(path: string, source: ts.SourceFile): Finding[] {
  return commentsOf(source)
    .filter(({ start, end }) => /^\/[/*]\s*eslint-disable(?!.*\s--\s+\S)/s.test(source.text.slice(start, end)))
    .map(({ start }) => {
      const says = "eslint-disable without a reason: write it behind the rule, after ` -- `, or mend the code";
      return { path, line: lineAt(source, start), says };
    });
}
