import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emitJavaScript } from "./emit/javascript.ts";
import { emitModule } from "./emit/module.ts";
import { load } from "./load.ts";
import { compile } from "./compile.ts";

const RUNTIME = "../../../shared/engine/wire/index.ts";

/** The text of a file of the golden folder. */
function golden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");
}

/** The layout of the kitchen schema, whose files are changed by `edit`. */
function kitchen(edit: (text: string) => string = (text) => text) {
  const { layout, diagnostics } = load("golden/kitchen.wire", (path) => edit(golden(path.replace("golden/", ""))));
  expect(diagnostics).toEqual([]);
  return layout!;
}

/** The module printed for a layout. */
function printed(layout: ReturnType<typeof kitchen>, runtime = RUNTIME): string {
  return emitModule(layout, "golden/kitchen.wire", { runtime });
}

test("the kitchen schema, with every feature once, prints exactly the golden module", async () => {
  await expect(printed(kitchen())).toMatchFileSnapshot("golden/kitchen.ts");
});

test("JavaScript and its declarations are printed exactly as the golden ones", async () => {
  const { js, dts } = emitJavaScript(kitchen(), "golden/kitchen.wire", { runtime: "tickwire/wire" });

  await expect(js).toMatchFileSnapshot("golden/kitchen.js.txt");
  await expect(dts).toMatchFileSnapshot("golden/kitchen.d.ts.txt");
});

test("what is printed depends on the schema alone, not on the machine's line ends", () => {
  const windows = kitchen((text) => text.replaceAll("\n", "\r\n"));

  expect(printed(windows)).toBe(golden("kitchen.ts"));
  expect(golden("kitchen.ts")).not.toContain("\r");
});

test("the runtime is the only import, and stands where it was asked for", () => {
  const imports = printed(kitchen(), "tickwire/wire").match(/from ".*"/g);

  expect(imports).toEqual([`from "tickwire/wire"`, `from "tickwire/wire"`]);
});

test("a schema without messages imports nothing", () => {
  const { text } = compile({ path: "p.wire", text: "protocol quiet 1; const SIZE = 4;" }, { runtime: RUNTIME });

  expect(text).not.toContain("import");
});

test("messages without an input have a PROTOCOL of messages alone, for channels", () => {
  const text = "protocol talk 1; message Say [[lane(event), from(client)]] { string text<40>; };";
  const { text: module } = compile({ path: "talk.wire", text }, { runtime: "tickwire/wire" });

  expect(module).toContain(`import type { MessageProtocol } from "tickwire/wire";`);
  expect(module).toContain("export const PROTOCOL: MessageProtocol<ClientMessage, ServerMessage> = {");
  expect(module).not.toContain("input:");
  expect(module).not.toContain("entities:");
});

test("the seed struct compiles as it is pasted, without a protocol line", () => {
  const text = "struct someStruct { char username[16]; unsigned short id; float scores[32]; };";
  const { text: module } = compile({ path: "my/some.wire", text }, { runtime: RUNTIME });

  expect(module).toContain(`PROTOCOL_NAME = "some"`);
  expect(module).toMatch(/PROTOCOL_HASH = 0x[0-9a-f]{8}/);
  expect(module).toContain("SOME_STRUCT_BYTES = 146");
  expect(module).toContain("SOME_STRUCT_OFFSETS = { username: 0, id: 16, scores: 18 } as const");
  expect(module).toContain("export function encodeSomeStruct(value: someStruct): Uint8Array");
  expect(module).not.toContain("Message");
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
    { numRuns: 60 },
  );
});
