import { posix } from "node:path";
import ts from "typescript";
import { DOORS, roomOf, type Room } from "./import-table.ts";
import type { Finding, SourceTree } from "./finding.ts";
import { lineAt, parse, walk } from "./syntax.ts";

/** An import as it stands in a file. */
interface Import {
  readonly specifier: string;
  readonly line: number;
  /** The path in the tree that a relative import or a door leads to; undefined for a package. */
  readonly target: string | undefined;
}

const PROGRAM = /\.(ts|mts|js|mjs)$/;

/** Every import that the table does not allow. Tests may import anything. */
export function checkImports(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    if (!PROGRAM.test(path)) continue;
    const room = roomOf(path);
    if (room === undefined) {
      findings.push({
        path,
        line: 1,
        says: "stands in no room: move it, or give its folder a row in tools/tidy/import-table.ts",
      });
      continue;
    }
    for (const found of importsOf(path, text)) {
      const says = complaintAbout(found, room, path.endsWith(".test.ts"));
      if (says !== undefined) findings.push({ path, line: found.line, says });
    }
  }
  return findings;
}

function complaintAbout(found: Import, room: Room, isTest: boolean): string | undefined {
  if (isRelative(found.specifier) && posix.extname(found.specifier) === "") {
    return `"${found.specifier}" has no ending: relative imports end in .ts`;
  }
  if (isTest || room.may === "anything" || isOwn(found, room)) return undefined;
  if (room.may.some((entry) => matches(entry, found))) return undefined;
  return `${room.path} may not import "${found.specifier}": ${adviceFor(found, room.may)}`;
}

function adviceFor(found: Import, may: readonly string[]): string {
  const door = Object.keys(DOORS).find((name) => may.includes(name) && found.target?.startsWith(DOORS[name]!));
  if (door !== undefined) return `enter the engine by its door, "${door}" (and export there what is missing)`;
  const allowed = may.length === 0 ? "nothing but its own files" : `only ${may.join(", ")}`;
  return `it may import ${allowed}; take what you need as an argument, or move this code to a room that may`;
}

function isOwn(found: Import, room: Room): boolean {
  return !found.specifier.startsWith("#") && found.target?.startsWith(room.path) === true;
}

function matches(entry: string, { specifier, target }: Import): boolean {
  if (entry.startsWith("#")) return specifier === entry;
  if (entry === "node:") return specifier.startsWith("node:");
  if (target !== undefined) return entry.endsWith("/") ? target.startsWith(entry) : target === entry;
  return specifier === entry || specifier.startsWith(`${entry}/`);
}

function importsOf(path: string, text: string): Import[] {
  const source = parse(path, text);
  const imports: Import[] = [];
  walk(source, (node) => {
    const named = specifierOf(node);
    if (named === undefined) return;
    const specifier = ts.isStringLiteralLike(named) ? named.text : named.getText(source);
    imports.push({ specifier, line: lineAt(source, named.getStart(source)), target: targetOf(path, specifier) });
  });
  return imports;
}

/** What a node imports: static and dynamic imports, re-exports, types by `import("…")`, and `require`. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
  return isImport || isRequire ? node.arguments[0] : undefined;
}

function targetOf(path: string, specifier: string): string | undefined {
  if (isRelative(specifier)) return posix.join(posix.dirname(path), specifier);
  return DOORS[specifier] === undefined ? undefined : `${DOORS[specifier]}index.ts`;
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith("./") || specifier.startsWith("../");
}
