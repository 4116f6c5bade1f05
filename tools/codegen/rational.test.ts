import { expect, test } from "vitest";
import {
  add,
  divide,
  isExact,
  multiply,
  rational,
  rationalFromLiteral,
  subtract,
  toNumber,
  toText,
} from "./rational.ts";

test("fractions stay exact and in lowest terms", () => {
  const third = divide(rational(2n), rational(6n));

  expect(toText(third)).toBe("1/3");
  expect(toText(add(third, rational(1n, 6n)))).toBe("1/2");
  expect(toText(multiply(third, rational(-3n)))).toBe("-1");
  expect(toText(subtract(third, third))).toBe("0");
  expect(toText(divide(rational(1n), rational(-2n)))).toBe("-1/2");
});

test("literals are read exactly", () => {
  expect(["0.1", "0x10", "12", "2.50"].map((literal) => toText(rationalFromLiteral(literal)))).toEqual([
    "1/10",
    "16",
    "12",
    "5/2",
  ]);
});

test("a number is exact when a double holds it: 1/32 is, 1/10 and 2⁵³ + 1 are not", () => {
  expect([rational(1n, 32n), rational(1n, 10n), rational(2n ** 53n), rational(2n ** 53n + 1n)].map(isExact)).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(toNumber(rational(-1n, 32n))).toBe(-0.03125);
});
