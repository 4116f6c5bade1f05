import type { IntType } from "../layout.ts";
import type { Rational } from "../rational.ts";
import { isExact, isInteger, toNumber } from "../rational.ts";
import { Locals } from "../emit/place.ts";
import * as naming from "../naming.ts";

/** Words of C and C++, and the macros of the headers that are included: none of them can be a name. */
const C_WORDS: ReadonlySet<string> = new Set(
  [
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class",
    "compl concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype",
    "default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline",
    "int long mutable namespace new noexcept not not_eq nullptr offsetof operator or or_eq private protected public",
    "register reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast struct",
    "switch template this thread_local throw true try typedef typeid typename typeof union unsigned using virtual",
    "void volatile wchar_t while xor xor_eq linux unix NULL EOF errno stdin stdout stderr",
    "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t size_t ptrdiff_t max_align_t",
  ].flatMap((line) => line.split(" ")),
);

/** A protocol's name as an identifier: without a protocol it is a file's, which may have any characters. */
export function identifierOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9])/, "_");
}

/** A name of the schema as C can say it. */
export function cName(name: string): string {
  return C_WORDS.has(name) ? `${name}_` : name;
}

/** The names of a record's members, in order; `first` stands in front of them. */
export function memberNames(names: readonly string[], ...first: readonly string[]): string[] {
  const locals = new Locals(new Set(first));
  return names.map((name) => locals.take(cName(name)));
}

/** The macros of a header: all begin with the protocol's name, and no two are alike. */
export class Macros {
  private readonly locals = new Locals();
  private readonly prefix: string;

  constructor(protocol: string) {
    this.prefix = naming.upperSnake(identifierOf(protocol));
  }

  take(...words: readonly string[]): string {
    return this.locals.take([this.prefix, ...words.map(naming.upperSnake)].join("_"));
  }
}

/** The type of a whole-byte integer. */
export function cIntType({ bits, isSigned }: IntType): string {
  return `${isSigned ? "int" : "uint"}${bits}_t`;
}

/** A constant: whole numbers as they are, all others as doubles. */
export function cNumber(value: Rational): string {
  if (!isInteger(value)) return cDouble(value);
  const { numerator } = value;
  if (numerator >= 2n ** 63n) return `${String(numerator)}u`;
  // -9223372036854775808 is a minus in front of a number too large for any signed type.
  if (numerator === -(2n ** 63n)) return "(-9223372036854775807 - 1)";
  return numerator < 0n ? `(${String(numerator)})` : String(numerator);
}

/** A double, as the printed TypeScript has it: a quotient where no literal is exact. */
export function cDouble(value: Rational): string {
  const text = isExact(value)
    ? cDoubleLiteral(toNumber(value))
    : `${String(value.numerator)}.0 / ${String(value.denominator)}.0`;
  return text.startsWith("-") || text.includes("/") ? `(${text})` : text;
}

function cDoubleLiteral(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
