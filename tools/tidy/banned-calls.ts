import ts from "typescript";
import type { Finding, SourceTree } from "./finding.ts";
import { lineAt, parse, walk } from "./syntax.ts";

/** Rooms whose every result follows from their arguments. */
const PURE_ROOMS = ["shared/", "server/engine/", "server/arena/", "client/engine/", "tools/codegen/"];

/** The code generator's edge: it alone reads and writes files and speaks to the terminal. */
const EDGES = ["tools/codegen/main.ts", "tools/codegen/files.ts"];

/** Printed codecs and their runtime ask `process.env.NODE_ENV` whether to check what is encoded: bundlers answer that. */
const ASKS_FOR_BUILD = ["shared/schema/generated/", "shared/engine/wire/is-development.ts"];

const TIME = "take the time as an argument (nowMs, or the tick)";
const RANDOMNESS = "take an Rng as an argument";
const TIMER = "let the edge that owns the timer call you";
const SURROUNDINGS = "name what you need, where the rules see it, or take it as an argument";
const PLATFORM = "leave it to the edge: return a value, or take what you need as an argument";

/** Names of the surroundings that a pure room may not touch, and what to do instead. */
const BANNED_NAMES: Readonly<Record<string, string>> = {
  Date: TIME,
  performance: TIME,
  crypto: RANDOMNESS,
  setTimeout: TIMER,
  setInterval: TIMER,
  setImmediate: TIMER,
  queueMicrotask: TIMER,
  requestAnimationFrame: TIMER,
  process: PLATFORM,
  console: PLATFORM,
  globalThis: SURROUNDINGS,
};

const RANDOM = "Math.random";

/** Tests may measure and print, but they neither sleep nor roll dice: a failure must happen again. */
const BANNED_IN_TESTS = ["setTimeout", "setInterval", RANDOM, "Date", "globalThis"];

/** Every touch of a clock, randomness, a timer or the platform in a pure room. */
export function checkBannedCalls(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    if (!PURE_ROOMS.some((room) => path.startsWith(room)) || EDGES.includes(path)) continue;
    const source = parse(path, text);
    walk(source, (node) => {
      const name = bannedNameOf(node);
      if (name === undefined || isAllowed(name, path)) return;
      const says = `${name} in a pure room: ${BANNED_NAMES[name] ?? RANDOMNESS}`;
      findings.push({ path, line: lineAt(source, node.getStart(source)), says });
    });
  }
  return findings;
}

function isAllowed(name: string, path: string): boolean {
  if (path.endsWith(".test.ts")) return !BANNED_IN_TESTS.includes(name);
  return name === "process" && ASKS_FOR_BUILD.some((place) => path.startsWith(place));
}

/** What a node touches that is banned: `Math.random` or `setTimeout`, whether called, handed on or taken apart. */
function bannedNameOf(node: ts.Node): string | undefined {
  if (memberOf(node) === RANDOM || isRandomTaken(node)) return RANDOM;
  return ts.isIdentifier(node) && isReference(node) && Object.hasOwn(BANNED_NAMES, node.text) ? node.text : undefined;
}

/** `random` in `const { random } = Math`, whatever it is called there. */
function isRandomTaken(node: ts.Node): boolean {
  if (!ts.isBindingElement(node)) return false;
  const taken = node.propertyName ?? node.name;
  const owner = node.parent.parent.initializer;
  return ts.isIdentifier(taken) && taken.text === "random" && owner?.getText() === "Math";
}

/** `a.b` for `a.b` and `a["b"]`, where a is a name. */
function memberOf(node: ts.Node): string | undefined {
  const isPlain = ts.isPropertyAccessExpression(node);
  if (!isPlain && !ts.isElementAccessExpression(node)) return undefined;
  if (!ts.isIdentifier(node.expression)) return undefined;
  if (isPlain) return `${node.expression.text}.${node.name.text}`;
  return ts.isStringLiteralLike(node.argumentExpression)
    ? `${node.expression.text}.${node.argumentExpression.text}`
    : undefined;
}

/** Whether an identifier stands for a value, and is not the name of a member, of a type or of something declared here. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return parent.getChildAt(0) === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent)) {
    return parent.initializer === node;
  }
  if (ts.isTypeReferenceNode(parent)) return false;
  return !ts.isDeclarationStatement(parent) && !ts.isTypeElement(parent) && !ts.isClassElement(parent);
}
