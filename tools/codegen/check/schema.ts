import type { DeclarationNode, ProtocolNode, RecordNode, RpcNode, SchemaTree } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { MessageLayout, SchemaLayout } from "../layout.ts";
import { reportUnknown, sinceAttribute } from "./attributes.ts";
import { Constants } from "./constants.ts";
import { checkHeap } from "./heap.ts";
import { checkNames } from "./names.ts";
import { Problems } from "./problems.ts";
import { RecordChecker } from "./records.ts";
import type { CheckedRpc } from "./rpcs.ts";
import { checkRpc, refusalLayout } from "./rpcs.ts";

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

/** Syntax trees to a layout; all mistakes are reported. The schema itself comes last, behind what it imports. */
export function check(trees: readonly SchemaTree[], path = ""): CheckResult {
  const problems = new Problems();
  const declarations = trees.flatMap((tree) => tree.declarations);
  checkNames(declarations, problems);
  const constants = new Constants(ofKind(declarations, "const"), problems);
  const protocol = protocolOf(trees, path, constants, problems);
  const [structNodes, unionNodes] = [ofKind(declarations, "struct"), ofKind(declarations, "union")];
  const nodes = { enums: ofKind(declarations, "enum"), structs: structNodes, unions: unionNodes };
  const records = new RecordChecker(nodes, protocol.version, constants, problems);
  const structs = structNodes.flatMap((node) => records.struct(node) ?? []);
  const unions = unionNodes.flatMap((node) => records.union(node) ?? []);
  const rpcNodes = ofKind(declarations, "rpc");
  const refusals = rpcNodes.slice(0, 1).map(({ name }) => refusalLayout(name.span));
  const rpcs: CheckedRpc[] = [];
  const messages = numbered(declarations, protocol.name, problems).flatMap(([node, opcode]): MessageLayout[] => {
    if (node.kind !== "rpc") return [records.message(node, opcode)];
    const checked = checkRpc(node, opcode, refusals[0]!, protocol.version, records, constants, problems);
    if (checked !== undefined) rpcs.push(checked);
    return checked === undefined ? [] : [checked.rpc.request, checked.rpc.reply];
  });
  const entities = limited(ofKind(declarations, "entity"), problems).map((node) => records.entity(node));
  checkOrder(messages, "a message", problems);
  checkOrder(entities, "an entity", problems);
  const layout: SchemaLayout = {
    ...protocol,
    constants: constants.layouts(),
    enums: records.enums,
    structs: [...structs, ...refusals],
    unions: [...unions, ...rpcs.map(({ outcome }) => outcome)],
    messages,
    rpcs: rpcs.map(({ rpc }) => rpc),
    entities,
    input: records.input(structNodes),
    trained: new Map(),
  };
  // What is broken already is left out of the layout, and would cost something else once it is mended.
  if (problems.diagnostics.length === 0) checkHeap(layout, declarations, problems);
  return { layout, diagnostics: problems.diagnostics };
}

function ofKind<Kind extends DeclarationNode["kind"]>(declarations: readonly DeclarationNode[], kind: Kind) {
  return declarations.filter(
    (node): node is Extract<DeclarationNode, { kind: Kind }> & { kind: Kind } => node.kind === kind,
  );
}

type Identity = Pick<SchemaLayout, "name" | "isProtocol" | "span" | "version" | "versionMin" | "doc">;

function protocolOf(trees: readonly SchemaTree[], path: string, constants: Constants, problems: Problems): Identity {
  for (const { name } of trees.slice(0, -1).flatMap((tree) => ofKind(tree.declarations, "protocol"))) {
    const message = `${name.text} is a protocol of its own, and cannot be imported`;
    problems.report(name.span, message, "move what both need into a file without a protocol line");
  }
  const declarations = trees.at(-1)?.declarations ?? [];
  const [first, ...others] = ofKind(declarations, "protocol");
  if (first === undefined) {
    reportHomeless(trees, problems);
    const name = path
      .split(/[\\/]/)
      .at(-1)!
      .replace(/\.wire$/, "");
    return { name, isProtocol: false, span: undefined, version: 1, versionMin: 1, doc: "" };
  }
  for (const other of others) {
    problems.report(other.name.span, "the schema names its protocol twice", "keep one protocol line");
  }
  const version = versionOf(first, constants);
  reportUnknown(first.attributes, ["since"], "a protocol", problems);
  const versionMin = first.attributes.length === 0 ? version : sinceAttribute(first, version, constants, problems);
  return { name: first.name.text, isProtocol: true, span: first.name.span, version, versionMin, doc: first.doc };
}

/** Reports the first declaration that only a protocol has. */
function reportHomeless(trees: readonly SchemaTree[], problems: Problems): void {
  const homeless = trees
    .flatMap((tree) => tree.declarations)
    .find((node) => node.kind === "message" || node.kind === "rpc" || node.kind === "entity");
  if (homeless === undefined) return;
  const message = `the schema does not name its protocol, and ${homeless.name.text} needs one`;
  problems.report(homeless.name.span, message, "write protocol name 1; above everything else");
}

function versionOf(node: ProtocolNode, constants: Constants): number {
  return constants.integer(node.version, `the version of ${node.name.text}`, 1, VERSION_MAX) ?? 1;
}

/** Each message and rpc with its opcode, by order of declaration; an rpc has two of them. */
function numbered(
  declarations: readonly DeclarationNode[],
  protocol: string,
  problems: Problems,
): [RecordNode | RpcNode, number][] {
  const { first, last } = protocol === ENGINE_PROTOCOL ? ENGINE_OPCODES : GAME_OPCODES;
  const given: [RecordNode | RpcNode, number][] = [];
  let opcode = first;
  for (const node of declarations) {
    if (node.kind !== "message" && node.kind !== "rpc") continue;
    const next = opcode + (node.kind === "rpc" ? 2 : 1);
    if (next > last + 1) {
      const message = `${node.name.text} is message ${next - first}, and a schema has ${last - first + 1} at most`;
      problems.report(node.name.span, message, "merge some messages into one with an enum field");
      break;
    }
    given.push([node, opcode]);
    opcode = next;
  }
  return given;
}

function limited(nodes: readonly RecordNode[], problems: Problems): readonly RecordNode[] {
  const extra = nodes[ENTITIES_MAX];
  if (extra !== undefined) {
    const message = `${extra.name.text} is entity ${ENTITIES_MAX + 1}, and a schema has ${ENTITIES_MAX} at most`;
    problems.report(extra.name.span, message, "merge some kinds into one with an enum field");
  }
  return nodes.slice(0, ENTITIES_MAX);
}

/** Reports what was added later and stands in front of something older: its number would be another's. */
function checkOrder(
  records: readonly Pick<MessageLayout, "name" | "since" | "span">[],
  what: string,
  problems: Problems,
): void {
  records.forEach((record, index) => {
    const older = records.slice(index + 1).find(({ since }) => since < record.since);
    const isToldAlready = records[index - 1]?.span === record.span;
    if (older === undefined || isToldAlready) return;
    const message = `${record.name} was added in version ${record.since}, and stands in front of ${older.name}, which is older`;
    problems.report(record.span, message, `write ${what} of a newer version behind the older ones`);
  });
}
