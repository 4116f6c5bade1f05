import { expect, test } from "vitest";
import { allocatedBytes } from "./allocated-bytes.ts";
import { load } from "./load.ts";
import { codecOf } from "./golden-codecs.ts";
import { codecsOfText } from "./outputs/fresh-codecs.ts";

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

/** A message M whose list or array `f` takes more memory than its bytes allow; `element`: the dearest on the wire. */
interface DearMessage {
  readonly name: string;
  readonly schema: (bound: number) => string;
  readonly tooMany: number;
  readonly element: readonly number[];
  /** In front of the elements; a u16 count where nothing is said. */
  readonly head?: readonly number[];
}

const message = (fields: string): string => `message M [[lane(bulk)]] { ${fields} }`;
const listOf =
  (declarations: string, type = "S") =>
  (bound: number): string =>
    `${declarations} ${message(`${type} f<${bound}>;`)}`;

const DEAR: readonly DearMessage[] = [
  {
    name: "structs of 8 flags",
    schema: listOf(`struct S { ${many(8, (index) => `bool b${index} : 1;`)} }`),
    tooMany: 60_000,
    element: [0xff],
  },
  {
    name: "structs of 8 quantised fields in a byte",
    schema: listOf(`struct S { ${many(8, (index) => `f32 q${index} [[quantize(1/3, 1, 1/3)]];`)} }`),
    tooMany: 60_000,
    element: [0xff],
  },
  {
    name: "an array of one flag each",
    schema: (count) => `struct S { bool b : 1; } ${message(`S f[${count}];`)}`,
    tooMany: 60_000,
    element: [1],
    head: [],
  },
  {
    name: "an optional array that is there",
    schema: (count) => `struct S { bool b : 1; } ${message(`optional S f[${count}];`)}`,
    tooMany: 60_000,
    element: [1],
    head: [1],
  },
  {
    name: "structs of 8 optional fields of which none is there",
    schema: listOf(`struct S { ${many(8, (index) => `optional f64 o${index};`)} }`),
    tooMany: 900,
    element: [0],
  },
  { name: "empty texts", schema: listOf("struct S { string s<1>; }"), tooMany: 30_000, element: [0] },
  { name: "empty bytes", schema: listOf("struct S { bytes b<1>; }"), tooMany: 30_000, element: [0] },
  { name: "lists of one", schema: listOf("struct S { u8 l<1>; }"), tooMany: 30_000, element: [1, 7] },
  {
    name: "structs in structs in structs",
    schema: listOf("struct A { bool b : 1; } struct B { A a; } struct S { B b; }"),
    tooMany: 60_000,
    element: [1],
  },
  { name: "unions", schema: listOf("union S : u8 { bool b; i8 i; }"), tooMany: 30_000, element: [1, 7] },
  {
    name: "unions of structs",
    schema: listOf("struct A { bool b : 1; bool c : 1; } union S : u8 { A a; u8 u; }"),
    tooMany: 30_000,
    element: [0, 3],
  },
  {
    name: "lists of lists of structs",
    schema: listOf("struct A { bool b : 1; } struct S { A a<4>; }"),
    tooMany: 13_000,
    element: [4, 1, 1, 1, 1],
  },
];

const heapUsedBytes = (): number => process.memoryUsage().heapUsed;

function mistakesIn(text: string) {
  return load("p.wire", () => `protocol p 1; ${text}`).diagnostics;
}

/** The bound that the diagnostic says would do. */
function boundAdvised({ schema, tooMany }: DearMessage): number {
  const [first, ...others] = mistakesIn(schema(tooMany));
  expect(others).toEqual([]);
  expect(first!.message).toMatch(/^M can take \d+ bytes of memory for \d+ bytes of input, and may take \d+$/);
  return Number(/^write f[<[](\d+)[>\]], or/.exec(first!.advice)![1]);
}

test.each(DEAR)("$name: a bound above the one that is advised is refused, and that one is not", (dear) => {
  const bound = boundAdvised(dear);

  expect(mistakesIn(dear.schema(bound))).toEqual([]);
  expect(mistakesIn(dear.schema(bound + 1))).toHaveLength(1);
});

test.each(DEAR)(
  "$name: at the highest bound they take 32 KB more than 16 times their bytes, and 64 KB at most",
  async (dear) => {
    const bound = boundAdvised(dear);
    const { layout, module } = await codecsOfText(
      `protocol p 1; ${dear.schema(bound)}`,
      (url) => import(/* @vite-ignore */ url),
    );
    const { decode } = codecOf(module, "M");
    const head = dear.head ?? (bound > 255 ? [bound & 0xff, bound >> 8] : [bound]);
    const packet = Uint8Array.from([
      layout.messages[0]!.opcode,
      ...head,
      ...Array.from({ length: bound }, () => dear.element).flat(),
    ]);
    for (let run = 0; run < 1_000; run++) expect(decode(packet)).toBeDefined();

    const grown = allocatedBytes(() => decode(packet), heapUsedBytes);
    const excessBytes = grown[grown.length >> 1]! - 16 * packet.length;

    expect(excessBytes).toBeLessThanOrEqual(65_536);
    expect(excessBytes).toBeGreaterThan(32_768);
  },
);

test("bytes that would have to come later allow nothing: 20,000 of them behind a list of flags do not raise its bound", () => {
  const flags = `struct S { bool b : 1; }`;

  expect(mistakesIn(`${flags} ${message("S f<3000>; char pad[20000];")}`)).toHaveLength(1);
  expect(mistakesIn(`${flags} ${message("char pad[20000]; S f<3000>;")}`)).toEqual([]);
});

test("9,000 flags in a record are refused where it is named, and 900 are not", () => {
  const flags = (count: number) => message(many(count, (index) => `bool b${index} : 1;`));

  const [mistake] = mistakesIn(flags(9_000));

  expect(mistake!.message).toContain("M can take");
  expect(mistake!.advice).toBe("write fewer and larger fields, lower the bounds, or send it in parts");
  expect(mistakesIn(flags(900))).toEqual([]);
});

test("what is too dear is told once, in the struct where it begins, whatever holds it", () => {
  const schema = (bound: number) =>
    `struct F { bool b : 1; } struct G { F f<${bound}>; } union U : u8 { G g; F f; } ` +
    `message M [[lane(bulk)]] { G g; U u; } rpc Ask(G) returns (G);`;

  expect(mistakesIn(schema(2_600)).map((each) => each.message.slice(0, 10))).toEqual(["G can take"]);
  expect(mistakesIn(schema(1_200))).toEqual([]);
});

test("what an older peer leaves out costs its defaults: 7,000 numbers may be missing, 9,000 may not", () => {
  const grown = (count: number, since: number) =>
    load("p.wire", () => `protocol p 3 [[since(${since})]]; ${message(`u8 a; u8 b[${count}] [[since(3)]];`)}`)
      .diagnostics;

  expect(grown(9_000, 2).map(({ advice }) => advice.slice(0, 14))).toEqual(["write b[7673],"]);
  expect(grown(7_000, 2)).toEqual([]);
  expect(grown(9_000, 3)).toEqual([]);
});
