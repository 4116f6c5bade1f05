import type { FieldNode } from "../ast.ts";
import type { FieldLayout, FieldType, RecordLayout, RestType } from "../layout.ts";
import { isRest } from "../layout.ts";
import { attributeOf } from "./attributes.ts";
import type { Problems } from "./problems.ts";

/** What a field's words and shape say; its attributes may make a rest of it. */
export type BareType = Exclude<FieldType, RestType>;

/** The type of a field marked `[[rest]]`, or undefined when it cannot take the rest of a message; that is reported. */
export function restTypeOf(node: FieldNode, type: BareType, problems: Problems): RestType | undefined {
  const { text: name, span } = node.name;
  const since = attributeOf(node, "since");
  const bytes = type.kind === "optional" ? type.of : type;
  if (bytes.kind !== "bytes") {
    problems.report(span, `rest is for bytes, and ${name} is none`, `write bytes ${name}<1000> [[rest]]`);
  } else if (type.kind === "optional") {
    const advice = "remove optional; where nothing is sent it is empty";
    problems.report(span, `${name} takes the rest of the message, which is always there`, advice);
  } else if (since !== undefined) {
    const message = `${name} takes the rest of the message, which cannot be added to one that had an end`;
    problems.report(since.span, message, `remove since, or declare another message with ${name}`);
  } else {
    return { kind: "bytes", bound: bytes.bound, prefixBytes: 0 };
  }
  return undefined;
}

/** Reports what stands behind a field that takes the rest of the message. */
export function checkRestIsLast(message: RecordLayout, problems: Problems): void {
  const { name, fields } = message;
  const index = fields.findIndex(({ type }) => isRest(type));
  const [rest, next] = [fields[index], fields[index + 1]];
  if (rest === undefined || next === undefined) return;
  const advice = next.since > 1 ? declareAnother(message, next) : `move ${rest.name} to the end of ${name}`;
  problems.report(rest.span, `${rest.name} takes the rest of ${name}, and ${next.name} stands behind it`, advice);
}

/** What to type instead of a field that a message with a rest cannot get. */
export function declareAnother({ name }: RecordLayout, added: FieldLayout): string {
  return `declare another message with ${added.name}; nothing can be added to ${name}`;
}
