import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "./compile.ts";

const RUNTIME = "../../../shared/engine/wire/index.ts";

/** The text of a file of the golden folder. */
function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");
}

/** The module printed for a schema that has no mistakes. */
function printed(text: string, runtime = RUNTIME): string {
  const { text: module, diagnostics } = compile({ path: "golden/kitchen.wire", text }, { runtime });
  expect(diagnostics).toEqual([]);
  return module!;
}

test("the kitchen schema, with every feature once, prints exactly the golden module", () => {
  expect(printed(golden("kitchen.wire"))).toBe(golden("kitchen.ts"));
});

test("what is printed depends on the schema alone, not on the machine's line ends", () => {
  const windows = golden("kitchen.wire").replaceAll("\n", "\r\n");

  expect(printed(windows)).toBe(golden("kitchen.ts"));
  expect(golden("kitchen.ts")).not.toContain("\r");
});

test("the runtime is the only import, and stands where it was asked for", () => {
  const imports = printed(golden("kitchen.wire"), "tickwire/wire").match(/from ".*"/g);

  expect(imports).toEqual([`from "tickwire/wire"`, `from "tickwire/wire"`]);
});

test("a schema without messages imports nothing", () => {
  expect(printed("protocol quiet 1; const SIZE = 4;")).not.toContain("import");
});

test("a constant keeps its name, and the size that would have it is not printed", () => {
  const module = printed("protocol p 1; const ROW_BYTES = 9; struct Row { u8 a; };");

  expect(module).toContain("export const ROW_BYTES = 9;");
  expect(module.match(/const ROW_BYTES/g)).toHaveLength(1);
  expect(module).toContain("slab.reserve(1)");
});

test("a schema that is damaged anywhere is printed or gets diagnostics inside of it, and never throws", () => {
  const schema = golden("kitchen.wire");
  const scraps = [
    "",
    "{",
    "}",
    "[[",
    "]]",
    "<",
    ">",
    ";",
    ",",
    ":",
    "=",
    "(",
    "/*",
    "/**",
    "-",
    "0",
    "65536",
    "struct",
    "message A",
    "u8",
    "Label",
    "\u{1f600}",
  ];
  const damage = fc.record({ at: fc.nat(schema.length), length: fc.nat(30), scrap: fc.constantFrom(...scraps) });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const text = damages.reduce(
        (whole, { at, length, scrap }) => whole.slice(0, at) + scrap + whole.slice(at + length),
        schema,
      );
      const { text: module, diagnostics } = compile({ path: "p.wire", text }, { runtime: RUNTIME });

      expect(module === undefined).toBe(diagnostics.length > 0);
      for (const { span, message, advice } of diagnostics) {
        expect(span.start <= span.end && span.end <= text.length).toBe(true);
        expect([message, advice]).not.toContain("");
      }
    }),
    { numRuns: 100 },
  );
});
