import type { EnumNode, FieldNode, RecordNode } from "../ast.ts";
import type { EnumLayout, FieldLayout, MessageLayout, RecordLayout } from "../layout.ts";
import { isFixed, partsOf, sizeOf } from "../layout.ts";
import { checkMessageAttributes, checkStructAttributes } from "./attributes.ts";
import type { Constants } from "./constants.ts";
import { checkEnum } from "./enums.ts";
import { FieldChecker } from "./fields.ts";
import type { Problems } from "./problems.ts";

/** A packet, and so a message, is never longer. */
const MESSAGE_BYTES_MAX = 65_535;

/** Checks structs, messages and entities; structs in the order in which they need each other. */
export class RecordChecker {
  readonly enums: readonly EnumLayout[];
  private readonly problems: Problems;
  private readonly fields: FieldChecker;
  private readonly structNodes: ReadonlyMap<string, RecordNode>;
  /** Finished structs; "broken" for those that contain themselves. */
  private readonly structs = new Map<string, RecordLayout | "broken">();
  /** The structs being checked, outermost first. */
  private readonly open: string[] = [];

  constructor(
    nodes: { readonly enums: readonly EnumNode[]; readonly structs: readonly RecordNode[] },
    constants: Constants,
    problems: Problems,
  ) {
    this.problems = problems;
    this.enums = nodes.enums.map((node) => checkEnum(node, constants, problems));
    this.structNodes = new Map(nodes.structs.map((node) => [node.name.text, node]));
    const known = {
      names: [...this.enums.map(({ name }) => name), ...this.structNodes.keys()],
      enumOf: (name: string) => this.enums.find((candidate) => candidate.name === name),
      structOf: (name: string, usedBy: FieldNode) => this.structOf(name, usedBy),
    };
    this.fields = new FieldChecker(known, constants, problems);
  }

  struct(node: RecordNode): RecordLayout | undefined {
    const layout = this.structOf(node.name.text, undefined);
    return layout === "broken" ? undefined : layout;
  }

  message(node: RecordNode, opcode: number): MessageLayout {
    const { lane, from } = checkMessageAttributes(node, this.problems);
    const body = this.record(node, 1);
    if (body.bytesMax > MESSAGE_BYTES_MAX) {
      const message = `${body.name} takes up to ${body.bytesMax} bytes, and a packet ends at ${MESSAGE_BYTES_MAX}`;
      this.problems.report(node.name.span, message, "lower the bounds, or split the message");
    }
    return { ...body, kind: "message", opcode, lane, from };
  }

  entity(node: RecordNode): RecordLayout {
    checkStructAttributes(node, this.problems);
    return this.filled(node);
  }

  /** The game's input among the structs. */
  input(nodes: readonly RecordNode[]): RecordLayout | undefined {
    const inputs = nodes.filter((node) => node.attributes.some(({ name }) => name.text === "input"));
    for (const extra of inputs.slice(1)) {
      const message = `${extra.name.text} is a second input; ${inputs[0]!.name.text} is one already`;
      this.problems.report(extra.name.span, message, "keep one [[input]]");
    }
    const [node] = inputs;
    const layout = node === undefined ? undefined : this.struct(node);
    if (node === undefined || layout === undefined || isFixed(layout)) return layout;
    const message = `the input ${layout.name} takes ${layout.bytesMin} to ${layout.bytesMax} bytes`;
    this.problems.report(
      node.name.span,
      message,
      "an input has one size: use fixed arrays, and no strings, bytes or lists",
    );
    return undefined;
  }

  private structOf(name: string, usedBy: FieldNode | undefined): RecordLayout | "broken" | undefined {
    const node = this.structNodes.get(name);
    const finished = this.structs.get(name);
    if (node === undefined || finished !== undefined) return finished;
    if (this.open.includes(name)) {
      const circle = [...this.open.slice(this.open.indexOf(name)), name].join(" → ");
      const span = usedBy?.type.span ?? node.name.span;
      this.problems.report(
        span,
        `${name} contains itself: ${circle}`,
        "break the circle; a struct cannot be its own part",
      );
      return "broken";
    }
    this.open.push(name);
    checkStructAttributes(node, this.problems);
    const layout = this.filled(node);
    this.open.pop();
    this.structs.set(name, layout);
    return layout;
  }

  private filled(node: RecordNode): RecordLayout {
    if (node.fields.length === 0 && node.isWhole) {
      this.problems.report(node.name.span, `${node.name.text} has no fields`, "write at least one between { and }");
    }
    return this.record(node, 0);
  }

  private record(node: RecordNode, headBytes: number): RecordLayout {
    const fields = node.fields
      .map((field) => this.fields.check(field, node.kind))
      .filter((field): field is FieldLayout => field !== undefined);
    const parts = partsOf(fields);
    const { min, max } = sizeOf(parts);
    const { kind, doc } = node;
    return { kind, name: node.name.text, doc, fields, parts, bytesMin: min + headBytes, bytesMax: max + headBytes };
  }
}
