import type { EnumNode, FieldNode, RecordNode, UnionNode } from "../ast.ts";
import type { EntityLayout, EnumLayout, FieldLayout, MessageLayout, RecordLayout, UnionLayout } from "../layout.ts";
import { isFixed, partsOf, sizeOf, takesRest } from "../layout.ts";
import { type Nested, nestedOf } from "../nested.ts";
import { checkLane, isMarked, priorityOf, reportUnknown, sinceAttribute } from "./attributes.ts";
import type { Constants } from "./constants.ts";
import { checkEntityLimits } from "./entity-limits.ts";
import { checkEnum } from "./enums.ts";
import type { TypeUse } from "./fields.ts";
import { FieldChecker } from "./fields.ts";
import { checkPredictions } from "./predictions.ts";
import type { Problems } from "./problems.ts";
import { checkRestIsLast, declareAnother } from "./rest.ts";
import { checkUnion } from "./unions.ts";

/** A packet, and so a message, is never longer. */
const MESSAGE_BYTES_MAX = 65_535;

/** Nobody's memory holds a larger one, and its sizes are whole numbers still. */
const RECORD_BYTES_MAX = 2 ** 30;
/** Structs and unions in one another: decoders call themselves as deep as this. */
const NESTING_MAX = 64;

/** The declarations that other declarations can be made of. */
export interface TypeNodes {
  readonly enums: readonly EnumNode[];
  readonly structs: readonly RecordNode[];
  readonly unions: readonly UnionNode[];
}

/** Checks structs, unions, messages and entities; structs and unions in the order in which they need each other. */
export class RecordChecker {
  readonly enums: readonly EnumLayout[];
  private readonly version: number;
  private readonly constants: Constants;
  private readonly problems: Problems;
  private readonly fields: FieldChecker;
  private readonly nodes: ReadonlyMap<string, RecordNode | UnionNode>;
  /** Finished structs and unions; "broken" for those that contain themselves. */
  private readonly types = new Map<string, RecordLayout | UnionLayout | "broken">();
  /** The structs and unions being checked, outermost first. */
  private readonly open: string[] = [];
  /** How many structs and unions are inside one another in each, itself included. */
  private readonly depths = new Map<Nested, number>();
  private isNestingReported = false;

  constructor(nodes: TypeNodes, version: number, constants: Constants, problems: Problems) {
    this.version = version;
    this.constants = constants;
    this.problems = problems;
    this.enums = nodes.enums.map((node) => checkEnum(node, constants, problems));
    this.nodes = new Map([...nodes.structs, ...nodes.unions].map((node) => [node.name.text, node]));
    const known = {
      names: [...this.enums.map(({ name }) => name), ...this.nodes.keys()],
      enumOf: (name: string) => this.enums.find((candidate) => candidate.name === name),
      structOf: (name: string, usedBy: TypeUse) => this.typeOf(name, usedBy),
    };
    this.fields = new FieldChecker(known, constants, problems);
  }

  struct(node: RecordNode): RecordLayout | undefined {
    const layout = this.typeOf(node.name.text, undefined);
    return layout === "broken" || layout?.kind === "union" ? undefined : layout;
  }

  union(node: UnionNode): UnionLayout | undefined {
    const layout = this.typeOf(node.name.text, undefined);
    return layout !== "broken" && layout?.kind === "union" ? layout : undefined;
  }

  /** The struct of that name, which an rpc asks or answers. */
  structNamed(use: TypeUse): RecordLayout | undefined {
    const layout = this.typeOf(use.type.text, use);
    if (layout === "broken" || use.type.text === "") return undefined;
    if (layout !== undefined && layout.kind !== "union") return layout;
    this.problems.report(
      use.type.span,
      `no struct is named "${use.type.text}"`,
      `write struct ${use.type.text} { … };`,
    );
    return undefined;
  }

  message(node: RecordNode, opcode: number): MessageLayout {
    const { lane, from } = checkLane(node, "message", this.problems);
    if (!node.attributes.some(({ name }) => name.text === "lane")) {
      const advice = `write message ${node.name.text} [[lane(event)]]; lanes: control, snapshot, input, event, bulk`;
      this.problems.report(node.name.span, `message ${node.name.text} has no lane`, advice);
    }
    const body = this.record(node, 1);
    checkRestIsLast(body, this.problems);
    this.checkGrowth(body);
    this.checkLimit(body);
    return { ...body, kind: "message", opcode, lane: lane ?? "event", from, rpc: undefined };
  }

  /** Reports a message that no packet could hold. */
  checkLimit({ name, bytesMax, span }: RecordLayout): void {
    if (bytesMax <= MESSAGE_BYTES_MAX) return;
    const message = `${name} takes up to ${bytesMax} bytes, and a packet ends at ${MESSAGE_BYTES_MAX}`;
    this.problems.report(span, message, "lower the bounds, or split the message");
  }

  entity(node: RecordNode): EntityLayout {
    reportUnknown(node.attributes, ["priority", "since"], "an entity", this.problems);
    const body = this.filled(node);
    this.checkGrowth(body);
    checkPredictions(node, body.fields, this.problems);
    const priority = priorityOf(node, this.constants, this.problems);
    const entity: EntityLayout = { ...body, kind: "entity", priority };
    checkEntityLimits(entity, this.problems);
    return entity;
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
      "an input has one size: use fixed arrays, and no strings, bytes, lists, optional fields or unions",
    );
    return undefined;
  }

  private typeOf(name: string, usedBy: TypeUse | undefined): RecordLayout | UnionLayout | "broken" | undefined {
    const node = this.nodes.get(name);
    const finished = this.types.get(name);
    if (node === undefined || finished !== undefined) return finished;
    if (this.open.includes(name)) {
      const circle = [...this.open.slice(this.open.indexOf(name)), name].join(" → ");
      const span = usedBy?.type.span ?? node.name.span;
      this.problems.report(span, `${name} contains itself: ${circle}`, "break the circle; nothing can be its own part");
      return "broken";
    }
    if (this.open.length === NESTING_MAX) return this.reportNesting(node);
    this.open.push(name);
    const layout = this.limited(node, node.kind === "union" ? this.unionLayout(node) : this.structLayout(node));
    this.open.pop();
    this.types.set(name, layout);
    return layout;
  }

  /** The layout, or "broken" when it is too deep or too large; that is reported. */
  private limited<Layout extends Nested>(node: RecordNode | UnionNode, layout: Layout): Layout | "broken" {
    const types = layout.kind === "union" ? layout.variants : layout.fields;
    const inner = types.map(({ type }) => nestedOf(type)).map((of) => (of === undefined ? 0 : this.depths.get(of)!));
    const depth = 1 + inner.reduce((deepest, each) => Math.max(deepest, each), 0);
    if (depth > NESTING_MAX) return this.reportNesting(node);
    this.depths.set(layout, depth);
    if (layout.bytesMax <= RECORD_BYTES_MAX) return layout;
    const message = `${layout.name} takes up to ${layout.bytesMax} bytes, and a record ends at ${RECORD_BYTES_MAX}`;
    this.problems.report(layout.span, message, "lower the bounds and counts");
    return "broken";
  }

  /** Reports the first, for those that hold it are as deep. */
  private reportNesting({ name }: RecordNode | UnionNode): "broken" {
    if (!this.isNestingReported) {
      const message = `structs and unions are more than ${NESTING_MAX} deep in one another here`;
      this.problems.report(
        name.span,
        message,
        "hold the innermost ones in fewer others, or send them in messages of their own",
      );
    }
    this.isNestingReported = true;
    return "broken";
  }

  private unionLayout(node: UnionNode): UnionLayout {
    const since = sinceAttribute(node, this.version, this.constants, this.problems);
    return checkUnion(node, this.fields, this.problems, since);
  }

  private structLayout(node: RecordNode): RecordLayout {
    reportUnknown(node.attributes, ["input", "since"], "a struct", this.problems);
    isMarked(node, "input", this.problems);
    return this.filled(node);
  }

  private filled(node: RecordNode): RecordLayout {
    if (node.fields.length === 0 && node.isWhole) {
      this.problems.report(node.name.span, `${node.name.text} has no fields`, "write at least one between { and }");
    }
    return this.record(node, 0);
  }

  private record(node: RecordNode, headBytes: number): RecordLayout {
    const fields = node.fields
      .map((field: FieldNode) => this.fields.check(field, node.kind, this.version))
      .filter((field): field is FieldLayout => field !== undefined);
    const parts = partsOf(fields);
    const { min, max } = sizeOf(parts);
    const { kind, doc } = node;
    const since = sinceAttribute(node, this.version, this.constants, this.problems);
    const sizes = { bytesMin: min + headBytes, bytesMax: max + headBytes };
    return { kind, name: node.name.text, doc, span: node.name.span, since, fields, parts, ...sizes };
  }

  /** Reports fields that stand in front of older ones. */
  private checkGrowth(record: RecordLayout): void {
    const { name, fields } = record;
    fields.forEach((field, index) => {
      const older = fields.slice(index + 1).find(({ since }) => since < field.since);
      if (older === undefined) return;
      const message = `${field.name} was added in version ${field.since}, and stands in front of ${older.name}, which is older`;
      const advice = takesRest(record) ? declareAnother(record, field) : `move it to the end of ${name}`;
      this.problems.report(field.span, message, advice);
    });
  }
}
