import ts from "typescript";
import type { Finding, SourceTree } from "./finding.ts";
import { lineAt, parse, walk } from "./syntax.ts";

/** Rooms whose every result follows from their arguments. */
const PURE_ROOMS = ["shared/", "server/engine/", "server/arena/", "client/engine/", "tools/codegen/"];

/** The code generator's edge: it alone reads and writes files and speaks to the terminal. */
const EDGES = ["tools/codegen/main.ts", "tools/codegen/files.ts"];

const TIME = "take the time as an argument (nowMs, or the tick)";
const RANDOMNESS = "take an Rng as an argument";
const TIMER = "let the edge that owns the timer call you";
const PLATFORM = "leave it to the edge: return a value, or take what you need as an argument";

/** Names of the surroundings that a pure room may not touch, and what to do instead. */
const BANNED_NAMES: Readonly<Record<string, string>> = {
  performance: TIME,
  crypto: RANDOMNESS,
  setTimeout: TIMER,
  setInterval: TIMER,
  setImmediate: TIMER,
  queueMicrotask: TIMER,
  requestAnimationFrame: TIMER,
  process: PLATFORM,
  console: PLATFORM,
};

const BANNED_MEMBERS: Readonly<Record<string, string>> = { "Date.now": TIME, "Math.random": RANDOMNESS };

/** Tests may measure and print, but they neither sleep nor roll dice: a failure must happen again. */
const BANNED_IN_TESTS = ["setTimeout", "setInterval", "Math.random", "Date.now"];

/** Every touch of a clock, randomness, a timer or the platform in a pure room. */
export function checkBannedCalls(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    if (!PURE_ROOMS.some((room) => path.startsWith(room)) || EDGES.includes(path)) continue;
    const source = parse(path, text);
    walk(source, (node) => {
      const name = bannedNameOf(node);
      if (name === undefined || (path.endsWith(".test.ts") && !BANNED_IN_TESTS.includes(name))) return;
      const says = `${name} in a pure room: ${BANNED_MEMBERS[name] ?? BANNED_NAMES[name] ?? TIME}`;
      findings.push({ path, line: lineAt(source, node.getStart(source)), says });
    });
  }
  return findings;
}

/** What a node touches that is banned: `Math.random` whether called or handed on, `setTimeout`, `new Date()`. */
function bannedNameOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const isNow = (node.arguments?.length ?? 0) === 0 || ts.isCallExpression(node);
    return isNow && ts.isIdentifier(node.expression) && node.expression.text === "Date" ? "new Date()" : undefined;
  }
  const member = memberOf(node);
  if (member !== undefined) return Object.hasOwn(BANNED_MEMBERS, member) ? member : bannedGlobalOf(member);
  return ts.isIdentifier(node) && isReference(node) && Object.hasOwn(BANNED_NAMES, node.text) ? node.text : undefined;
}

function bannedGlobalOf(member: string): string | undefined {
  const name = member.startsWith("globalThis.") ? member.slice("globalThis.".length) : "";
  return Object.hasOwn(BANNED_NAMES, name) ? name : undefined;
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

/** Whether an identifier stands for a value, and is not the name of a member or of something declared here. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return parent.getChildAt(0) === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent)) {
    return parent.initializer === node;
  }
  return !ts.isDeclarationStatement(parent) && !ts.isTypeElement(parent) && !ts.isClassElement(parent);
}
