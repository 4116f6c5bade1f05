import type { DeclarationNode, ProtocolNode, RecordNode, SchemaTree } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { SchemaLayout } from "../layout.ts";
import { Constants } from "./constants.ts";
import { checkNames } from "./names.ts";
import { Problems } from "./problems.ts";
import { RecordChecker } from "./records.ts";

export interface CheckResult {
  /** Whole only when there are no diagnostics. */
  readonly layout: SchemaLayout;
  readonly diagnostics: readonly Diagnostic[];
}

/** The engine's own protocol; its opcodes come before every game's. */
const ENGINE_PROTOCOL = "tickwire";
const ENGINE_OPCODES = { first: 0, last: 31 };
const GAME_OPCODES = { first: 32, last: 255 };
const VERSION_MAX = 65_535;
/** The index of an entity kind travels as u8. */
const ENTITIES_MAX = 256;

/** A syntax tree to a layout; all mistakes are reported. */
export function check(tree: SchemaTree): CheckResult {
  const problems = new Problems();
  checkNames(tree, problems);
  const constants = new Constants(ofKind(tree, "const"), problems);
  const structNodes = ofKind(tree, "struct");
  const records = new RecordChecker({ enums: ofKind(tree, "enum"), structs: structNodes }, constants, problems);
  const protocol = protocolOf(tree, constants, problems);
  const layout: SchemaLayout = {
    ...protocol,
    constants: constants.layouts(),
    enums: records.enums,
    structs: structNodes.flatMap((node) => records.struct(node) ?? []),
    messages: numbered(ofKind(tree, "message"), protocol.name, problems).map(([node, code]) =>
      records.message(node, code),
    ),
    entities: limited(ofKind(tree, "entity"), problems).map((node) => records.entity(node)),
    input: records.input(structNodes),
  };
  return { layout, diagnostics: problems.diagnostics };
}

function ofKind<Kind extends DeclarationNode["kind"]>(tree: SchemaTree, kind: Kind) {
  return tree.declarations.filter(
    (node): node is Extract<DeclarationNode, { kind: Kind }> & { kind: Kind } => node.kind === kind,
  );
}

function protocolOf(
  tree: SchemaTree,
  constants: Constants,
  problems: Problems,
): Pick<SchemaLayout, "name" | "version" | "doc"> {
  const [first, ...others] = ofKind(tree, "protocol");
  if (first === undefined) {
    problems.report(
      { start: 0, end: 0 },
      "the schema does not name its protocol",
      "write protocol name 1; above everything else",
    );
    return { name: "", version: 1, doc: "" };
  }
  for (const other of others) {
    problems.report(other.name.span, "the schema names its protocol twice", "keep one protocol line");
  }
  return { name: first.name.text, version: versionOf(first, constants), doc: first.doc };
}

function versionOf(node: ProtocolNode, constants: Constants): number {
  return constants.integer(node.version, `the version of ${node.name.text}`, 1, VERSION_MAX) ?? 1;
}

/** Each message with its opcode, by order of declaration. */
function numbered(nodes: readonly RecordNode[], protocol: string, problems: Problems): [RecordNode, number][] {
  const { first, last } = protocol === ENGINE_PROTOCOL ? ENGINE_OPCODES : GAME_OPCODES;
  const extra = nodes[last - first + 1];
  if (extra !== undefined) {
    const message = `${extra.name.text} is message ${last - first + 2}, and a schema has ${last - first + 1} at most`;
    problems.report(extra.name.span, message, "merge some messages into one with an enum field");
  }
  return nodes.slice(0, last - first + 1).map((node, index) => [node, first + index]);
}

function limited(nodes: readonly RecordNode[], problems: Problems): readonly RecordNode[] {
  const extra = nodes[ENTITIES_MAX];
  if (extra !== undefined) {
    const message = `${extra.name.text} is entity ${ENTITIES_MAX + 1}, and a schema has ${ENTITIES_MAX} at most`;
    problems.report(extra.name.span, message, "merge some kinds into one with an enum field");
  }
  return nodes.slice(0, ENTITIES_MAX);
}
