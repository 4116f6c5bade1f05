import type { FieldNode } from "../ast.ts";
import type { Prediction, RecordLayout } from "../layout.ts";
import type { Span } from "../source.ts";
import { attributeOf, expectValues, isMarked, reportUnknown, sinceAttribute } from "./attributes.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";
import type { Quantization } from "./quantize.ts";
import { quantizationOf } from "./quantize.ts";

/** What a field may be marked with, by the kind of its record. */
const KNOWN = {
  struct: ["quantize"],
  message: ["quantize", "since", "rest"],
  entity: ["quantize", "predict", "interpolate", "rare", "owner", "since"],
} as const;
const OF_ENTITIES: readonly string[] = ["predict", "interpolate", "rare", "owner"];

export interface FieldAttributes {
  /** "broken": written, and reported. */
  readonly quantized: Quantization | "broken" | undefined;
  /** Where it is written. */
  readonly interpolate: Span | undefined;
  readonly isRare: boolean;
  readonly isOwnerOnly: boolean;
  readonly prediction: Prediction;
  readonly since: number;
  /** Takes all bytes up to the end of the message. */
  readonly isRest: boolean;
}

export function checkFieldAttributes(
  node: FieldNode,
  owner: RecordLayout["kind"],
  version: number,
  constants: Constants,
  problems: Problems,
): FieldAttributes {
  reportStrangers(node, owner, problems);
  const quantize = attributeOf(node, "quantize");
  const interpolate = attributeOf(node, "interpolate");
  const isEntity = owner === "entity";
  return {
    quantized: quantize === undefined ? undefined : (quantizationOf(quantize, constants, problems) ?? "broken"),
    interpolate: isEntity && isMarked(node, "interpolate", problems) ? interpolate!.span : undefined,
    isRare: isEntity && isMarked(node, "rare", problems),
    isOwnerOnly: isEntity && isMarked(node, "owner", problems),
    prediction: isEntity ? predictionOf(node, problems) : { kind: "none" },
    since: owner === "struct" ? 1 : sinceAttribute(node, version, constants, problems),
    isRest: owner === "message" && isMarked(node, "rest", problems),
  };
}

/** Attributes that the field cannot have. */
function reportStrangers(node: FieldNode, owner: RecordLayout["kind"], problems: Problems): void {
  const isElsewhere = (name: string): boolean =>
    (owner !== "entity" && OF_ENTITIES.includes(name)) ||
    (owner === "struct" && name === "since") ||
    (owner !== "message" && name === "rest");
  for (const { name, span } of node.attributes) {
    if (!isElsewhere(name.text)) continue;
    const [message, advice] =
      name.text === "since"
        ? ["a struct cannot grow", "add the field to the end of a message or entity, or write another struct"]
        : [
            `${name.text} means nothing in a${owner === "entity" ? "n" : ""} ${owner}`,
            `remove it; ${name.text === "rest" ? "the last field of a message" : "fields of entities"} may have it`,
          ];
    problems.report(span, message, advice);
  }
  const others = node.attributes.filter(({ name }) => !isElsewhere(name.text));
  reportUnknown(others, KNOWN[owner], "a field", problems);
  if (!node.isConst || owner === "entity") return;
  problems.report(node.name.span, `const means nothing in a ${owner}`, "remove it; fields of entities may be const");
}

/** `predict(none)`, `predict(linear)`, or for each name of the declaration the field that is added to it. */
function predictionOf(node: FieldNode, problems: Problems): Prediction {
  const predict = attributeOf(node, "predict");
  if (predict === undefined) return { kind: "none" };
  const first = predict.values[0];
  if (predict.values.length === 1 && first?.kind === "name") {
    if (first.name === "none") return { kind: "none" };
    if (first.name === "linear") return { kind: "linear" };
  }
  const example = node.count === 1 ? "predict(linear)" : "predict(vx, vy), a velocity for each";
  if (!expectValues(predict, node.count, example, problems)) return { kind: "none" };
  const value = predict.values[node.index]!;
  if (value.kind === "name") return { kind: "velocity", field: value.name };
  problems.report(value.span, "a prediction has a name", "write none, linear, or the field that holds the velocity");
  return { kind: "none" };
}
