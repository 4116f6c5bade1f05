import type { AttributeNode } from "../ast.ts";
import type { QuantizedMeaning } from "../layout.ts";
import type { Rational } from "../rational.ts";
import { absolute, divide, isBelow, isInteger, rational, subtract, toText } from "../rational.ts";
import { expectValues } from "./attributes.ts";
import type { Constants } from "./constants.ts";
import type { Problems } from "./problems.ts";

const QUANTIZED_BITS_MAX = 32;
/** Steps from zero to a bound; beyond this a double no longer tells neighbouring steps apart. */
const STEPS_FROM_ZERO_MAX = rational(2n ** 50n);

export interface Quantization {
  readonly width: number;
  readonly meaning: QuantizedMeaning;
}

/** What `quantize(min, max, step)` means, or undefined when it means nothing; that is reported. */
export function quantizationOf(
  node: AttributeNode,
  constants: Constants,
  problems: Problems,
): Quantization | undefined {
  if (!expectValues(node, 3, "quantize(min, max, step)", problems)) return undefined;
  const [min, max, step] = node.values.map((value) => constants.evaluate(value));
  if (min === undefined || max === undefined || step === undefined) return undefined;
  const spans = node.values.map(({ span }) => span);
  if (!isBelow(rational(0n), step)) {
    problems.report(spans[2]!, `the step is ${toText(step)}`, "write a step above 0");
    return undefined;
  }
  if (!isBelow(min, max)) {
    problems.report(node.span, `the range from ${toText(min)} to ${toText(max)} is empty`, "write min below max");
    return undefined;
  }
  const values = divide(subtract(max, min), step);
  const width = (values.numerator - 1n).toString(2).length;
  const trouble = troubleOf(min, max, step, values, width);
  if (trouble === undefined)
    return { width, meaning: { kind: "quantized", min, max, step, values: Number(values.numerator) } };
  problems.report(spans[2]!, trouble.message, trouble.advice);
  return undefined;
}

function troubleOf(min: Rational, max: Rational, step: Rational, values: Rational, width: number) {
  if (!isInteger(values)) {
    const message = `the step ${toText(step)} does not divide the range from ${toText(min)} to ${toText(max)}`;
    return { message, advice: `write a step that fits a whole number of times into ${toText(subtract(max, min))}` };
  }
  if (values.numerator === 1n) {
    return { message: "the range holds a single value", advice: "write a smaller step, or a constant" };
  }
  if (width > QUANTIZED_BITS_MAX) {
    const message = `${String(values.numerator)} values need ${width} bits, and a field has at most ${QUANTIZED_BITS_MAX}`;
    return { message, advice: "write a larger step or a smaller range, or send the f64 as it is" };
  }
  const farthest = isBelow(absolute(min), absolute(max)) ? absolute(max) : absolute(min);
  if (isBelow(STEPS_FROM_ZERO_MAX, divide(farthest, step))) {
    return {
      message: `so far from 0 a number cannot say steps of ${toText(step)}`,
      advice: "move the range nearer to 0",
    };
  }
  return undefined;
}
