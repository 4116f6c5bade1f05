import type { Draw } from "./sample-values.ts";

/** Types that any field of an entity may have, as the schema writes them: type, and what stands behind the name. */
const TYPES: readonly (readonly [type: string, behind: string, isCounted: boolean])[] = [
  ["bool", "", false],
  ["u8", "", true],
  ["i8", "", true],
  ["u16", "", true],
  ["i16", "", true],
  ["u32", "", true],
  ["i32", "", true],
  ["u64", "", false],
  ["i64", "", false],
  ["f32", "", false],
  ["f64", "", false],
  ["Far", "", false],
  ["Near", "", false],
  ["bool", " : 1", false],
  ["u8", " : 3", true],
  ["i32", " : 21", true],
  ["u32", " : 32", true],
  ["Near", " : 2", false],
  ["angle", " : 5", true],
  ["angle", " : 16", true],
];

/** A schema of `count` entities, with whatever fields an entity may have, in versions 1 to 3. */
export function randomEntities(count: number, draw: Draw): string {
  const entities = Array.from({ length: count }, (_, index) => randomEntity(`E${index}`, draw));
  return `protocol random 3 [[since(1)]];
enum Far : i32 { LOW = -2147483648, HIGH = 2147483647 }
enum Near : i8 { LEFT = -1, RIGHT = 1 }
${entities.join("\n")}
`;
}

function randomEntity(name: string, draw: Draw): string {
  const fields = draw(3) === 0 ? [] : movingFields(draw);
  for (let i = draw(8) + (fields.length === 0 ? 1 : 0); i > 0; i--) fields.push(anyField(`a${i}`, [], draw));
  for (let i = draw(3); i > 0; i--) fields.push(anyField(`b${i}`, ["since(2)"], draw));
  for (let i = draw(3); i > 0; i--) fields.push(anyField(`c${i}`, ["since(3)"], draw));
  return `entity ${name} { ${fields.join(" ")} };`;
}

function anyField(name: string, marks: readonly string[], draw: Draw): string {
  const isConst = draw(6) === 0;
  const [type, behind, isCounted] = draw(4) === 0 ? (["f64", "", true] as const) : TYPES[draw(TYPES.length)]!;
  const isQuantized = type === "f64" && isCounted;
  const all = [
    ...marks,
    ...(isQuantized ? [`quantize(${range(draw)})`] : []),
    ...(draw(6) === 0 ? ["owner"] : []),
    ...(!isConst && draw(6) === 0 ? ["rare"] : []),
    ...(!isConst && isCounted && draw(3) === 0 ? ["predict(linear)"] : []),
  ];
  return `${isConst ? "const " : ""}${type} ${name}${behind}${all.length === 0 ? "" : ` [[${all.join(", ")}]]`};`;
}

/** What moves, and what moves that; all in one step. */
function movingFields(draw: Draw): string[] {
  const step = ["1", "1/16", "1/3"][draw(3)]!;
  const speed = 2 + draw(200);
  const place = [4, 30, 1000, 65_536, 100_000, 2 ** 30, 2 ** 31][draw(7)]!;
  const quantized = (low: number, high: number): string => `quantize(${low} * ${step}, ${high} * ${step}, ${step})`;
  const linear = draw(2) === 0 ? ", predict(linear)" : "";
  const isPushed = draw(4) === 0;
  const constant = draw(6) === 0 && !isPushed ? "const " : "";
  const pushes = isPushed ? [`f32 px, py [[${quantized(-3, 4)}, predict(linear)]];`] : [];
  const moved = isPushed ? ", predict(px, py)" : constant === "" ? linear : "";
  return [
    ...pushes,
    `${constant}f32 vx, vy [[${quantized(-speed, speed)}${moved}]];`,
    `f64 x, y [[${quantized(-place, place)}, predict(vx, vy)]];`,
    ...(draw(3) === 0 ? [`f32 z [[${quantized(-7, 9)}, predict(vx)]];`] : []),
  ];
}

function range(draw: Draw): string {
  const count = 2 + draw([3, 60, 5000, 2 ** 32 - 2][draw(4)]!);
  const low = draw(count + 40) - count;
  return `${low}, ${low + count}, 1`;
}
