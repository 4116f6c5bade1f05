import type { RpcNode } from "../ast.ts";
import type {
  FieldLayout,
  FieldType,
  IntType,
  MessageLayout,
  RecordLayout,
  RpcLayout,
  Side,
  UnionLayout,
} from "../layout.ts";
import { partsOf, prefixFor, sizeOf } from "../layout.ts";
import * as naming from "../naming.ts";
import type { Span } from "../source.ts";
import { checkLane, sinceAttribute } from "./attributes.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";
import type { RecordChecker } from "./records.ts";

const REFUSAL_TEXT_BYTES_MAX = 120;
const U8: IntType = { kind: "int", bits: 8, isSigned: false };
const U16: IntType = { kind: "int", bits: 16, isSigned: false };

/** An rpc, and what is declared with it. */
export interface CheckedRpc {
  readonly rpc: RpcLayout;
  readonly outcome: UnionLayout;
}

/** The layouts of an rpc, or undefined when it names no structs; that is reported. */
export function checkRpc(
  node: RpcNode,
  opcode: number,
  refusal: RecordLayout,
  version: number,
  records: RecordChecker,
  constants: Constants,
  problems: Problems,
): CheckedRpc | undefined {
  const { lane, from } = checkLane(node, "rpc", problems);
  const since = sinceAttribute(node, version, constants, problems);
  const requestType = records.structNamed({ type: node.request });
  const replyType = records.structNamed({ type: node.reply });
  if (requestType === undefined || replyType === undefined) return undefined;
  const { text: name, span } = node.name;
  const outcome = outcomeOf(name, span, replyType, refusal);
  const both = { lane: lane ?? "event", rpc: name, since, span } as const;
  const id = fieldOf("id", "Says which request is answered.", U16, span);
  const request: MessageLayout = {
    ...messageOf(naming.callOf(name), node.doc, span, [
      id,
      fieldOf("request", "", { kind: "struct", of: requestType }, span),
    ]),
    ...both,
    opcode,
    from,
  };
  const reply: MessageLayout = {
    ...messageOf(naming.resultOf(name), `What ${name} was answered.`, span, [
      id,
      fieldOf("outcome", "", { kind: "union", of: outcome }, span),
    ]),
    ...both,
    opcode: opcode + 1,
    from: otherSide(from),
  };
  records.checkLimit(request);
  records.checkLimit(reply);
  return { rpc: { name, doc: node.doc, span, since, requestType, replyType, request, reply }, outcome };
}

/** Why an rpc was not done: the same struct for all of them. */
export function refusalLayout(span: Span): RecordLayout {
  const text: FieldType = {
    kind: "string",
    bound: REFUSAL_TEXT_BYTES_MAX,
    prefixBytes: prefixFor(REFUSAL_TEXT_BYTES_MAX),
  };
  const fields = [fieldOf("code", "What the game says it is.", U16, span), fieldOf("text", "For people.", text, span)];
  return recordOf("struct", naming.REFUSAL, "Why a request was refused.", span, fields, 0);
}

function outcomeOf(name: string, span: Span, reply: RecordLayout, refusal: RecordLayout): UnionLayout {
  const variants = [reply, refusal].map((of, tag) => {
    return { name: tag === 0 ? "reply" : "refusal", doc: "", span, tag, type: { kind: "struct", of } as const };
  });
  return {
    kind: "union",
    name: naming.outcomeOf(name),
    doc: `The reply to ${name}, or why there is none.`,
    span,
    since: 1,
    base: U8,
    variants,
    bytesMin: 1 + Math.min(reply.bytesMin, refusal.bytesMin),
    bytesMax: 1 + Math.max(reply.bytesMax, refusal.bytesMax),
  };
}

function messageOf(name: string, doc: string, span: Span, fields: readonly FieldLayout[]) {
  return { ...recordOf("message", name, doc, span, fields, 1), kind: "message" } as const;
}

function recordOf(
  kind: "struct" | "message",
  name: string,
  doc: string,
  span: Span,
  fields: readonly FieldLayout[],
  headBytes: number,
): RecordLayout {
  const parts = partsOf(fields);
  const { min, max } = sizeOf(parts);
  return { kind, name, doc, span, since: 1, fields, parts, bytesMin: min + headBytes, bytesMax: max + headBytes };
}

function fieldOf(name: string, doc: string, type: FieldType, span: Span): FieldLayout {
  const hints = { isInterpolated: false, isRare: false, isConst: false, isOwnerOnly: false };
  return { name, doc, span, type, since: 1, ...hints, prediction: { kind: "none" } };
}

function otherSide(side: Side | undefined): Side | undefined {
  return side === undefined ? undefined : side === "client" ? "server" : "client";
}
