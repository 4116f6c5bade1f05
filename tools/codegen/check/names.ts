import type { DeclarationNode, NameNode, RecordNode } from "../ast.ts";
import * as naming from "../naming.ts";
import type { Problems } from "./problems.ts";
import { TYPE_NAMES } from "./scalars.ts";

type Owner = Exclude<DeclarationNode, { kind: "protocol" }>;

/** Reports names that are taken, reserved, or would print the same TypeScript name as another. */
export function checkNames(declarations: readonly DeclarationNode[], problems: Problems): void {
  const owners = declarations.filter((declaration): declaration is Owner => declaration.kind !== "protocol");
  const printed = new Map<string, string>(takenNames());
  if (owners.some(({ kind }) => kind === "rpc")) {
    for (const text of recordNames(naming.REFUSAL)) printed.set(text, "every schema with an rpc");
  }
  const declared = new Set<string>();
  for (const owner of owners) {
    const name = owner.name.text;
    if (isReserved(owner.name, owner.kind !== "const", problems)) continue;
    if (declared.has(name)) {
      problems.report(owner.name.span, `"${name}" is declared twice`, "give one of them another name");
      continue;
    }
    declared.add(name);
    const names = printedNames(owner);
    const held = names.find((text) => printed.has(text));
    if (held !== undefined) reportHeld(held, owner, printed.get(held)!, problems);
    for (const text of names) printed.set(text, name);
    checkInner(owner, problems);
  }
}

function reportHeld(text: string, owner: Owner, holder: string, problems: Problems): void {
  const name = owner.name.text;
  const message =
    text === name ? `"${name}" is taken by ${holder}` : `"${name}" prints ${text}, which is taken by ${holder}`;
  problems.report(owner.name.span, message, "give it another name");
}

/** Names of fields, members and variants: none twice, none reserved. */
function checkInner(owner: Owner, problems: Problems): void {
  const seen = new Set<string>();
  for (const name of innerNames(owner)) {
    if (seen.has(name.text)) {
      const message = `"${name.text}" stands twice in ${owner.name.text}`;
      problems.report(name.span, message, "give one of them another name");
    }
    seen.add(name.text);
    isReserved(name, false, problems);
  }
}

function innerNames(owner: Owner): readonly NameNode[] {
  switch (owner.kind) {
    case "const":
    case "rpc":
      return [];
    case "enum":
      return owner.members.map(({ name }) => name);
    case "union":
      return owner.variants.map(({ name }) => name);
    case "struct":
    case "message":
    case "entity":
      return owner.fields.map(({ name }) => name);
  }
}

/** Reports a name that is a word of TypeScript. */
function isReserved(name: NameNode, isType: boolean, problems: Problems): boolean {
  if (!naming.RESERVED_WORDS.has(name.text) && !(isType && naming.RESERVED_TYPE_WORDS.has(name.text))) return false;
  const advice = `write another name: ${name.text}_, or a longer word`;
  problems.report(name.span, `"${name.text}" is a word that TypeScript keeps for itself`, advice);
  return true;
}

function takenNames(): [string, string][] {
  return [
    ...TYPE_NAMES.map((name): [string, string] => [name, "the schema language"]),
    ...naming.GLOBALS_USED.map((name): [string, string] => [name, "JavaScript"]),
    ...naming.RUNTIME_TYPES.map((name): [string, string] => [name, "the runtime"]),
    ...naming.RUNTIME_VALUES.map((name): [string, string] => [name, "the runtime"]),
    ...naming.MODULE_NAMES.map((name): [string, string] => [name, "every printed module"]),
  ];
}

/** Every name that the printed module declares for a declaration. */
function printedNames(owner: Owner): string[] {
  const name = owner.name.text;
  switch (owner.kind) {
    case "const":
      return [name];
    case "enum":
      return [name, naming.guardOf(name)];
    case "struct":
    case "message":
      return [...recordNames(name), ...stepNames(owner)];
    case "union":
      return unionNames(name);
    case "rpc":
      return [
        name,
        ...recordNames(naming.callOf(name)),
        ...recordNames(naming.resultOf(name)),
        ...unionNames(naming.outcomeOf(name)),
      ];
    case "entity":
      return [name, naming.columnsOf(name), ...stepNames(owner)];
  }
}

function recordNames(name: string): string[] {
  return [
    ...unionNames(name),
    naming.decodeIntoOf(name),
    naming.decodeRowsOf(name),
    naming.decodeListOf(name),
    naming.readerOf(name),
    naming.columnsOf(name),
    naming.createColumnsOf(name),
    naming.opcodeOf(name),
    naming.offsetsOf(name),
  ];
}

function unionNames(name: string): string[] {
  return [
    name,
    naming.encodeOf(name),
    naming.encodeIntoOf(name),
    naming.storeOf(name),
    naming.decodeOf(name),
    naming.checkOf(name),
    naming.bytesOf(name),
    naming.bytesMaxOf(name),
  ];
}

function stepNames(owner: RecordNode): string[] {
  const names = owner.fields.filter(({ type }) => type.text === "angle").map((field) => field.name.text);
  return [...new Set(names)].map((field) => naming.stepsOf(owner.name.text, field));
}
