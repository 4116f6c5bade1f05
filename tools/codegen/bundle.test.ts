import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin } from "esbuild";
import { build, transform } from "esbuild";
import { expect, test } from "vitest";
import { emitModule } from "./emit/module.ts";
import { layoutOf } from "./golden-codecs.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RUNTIME = `${ROOT}shared/engine/wire/index.ts`;

/** Prints a schema where `wire:its/path` is imported. */
const printed: Plugin = {
  name: "printed",
  setup(bundler) {
    bundler.onResolve({ filter: /^wire:/ }, ({ path }) => ({
      path: path.slice(5),
      namespace: "wire",
      sideEffects: false,
    }));
    bundler.onLoad({ filter: /.*/, namespace: "wire" }, ({ path }) => ({
      contents: emitModule(layoutOf(`../../${path}`), path, { runtime: RUNTIME }),
      loader: "ts",
      resolveDir: ROOT,
    }));
  },
};

/** The minified bundle of a program. */
async function bundled(program: string, nodeEnv = "production"): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    define: { "process.env.NODE_ENV": JSON.stringify(nodeEnv) },
    plugins: [printed],
  });
  return outputFiles[0]!.text;
}

const FIXTURES = `
  export { decodeSomeStruct, encodeSomeStruct } from "wire:bench/codec/schemas/f1.wire";
  export { decodeInput, encodeInput } from "wire:bench/codec/schemas/f2.wire";
  export { decodeWorld, encodeWorld } from "wire:bench/codec/schemas/f3.wire";
  export { decodeChat, encodeChat } from "wire:bench/codec/schemas/f4.wire";
`;

test("the codecs of the four fixtures and their runtime take 3 KB of a browser's bundle at most", async () => {
  const code = await bundled(FIXTURES);

  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(3072);
});

test("what is not used costs nothing", async () => {
  const code = await bundled(
    `import { PROTOCOL_HASH } from "wire:shared/schema/arena.wire"; console.log(PROTOCOL_HASH);`,
  );

  expect(code.length).toBeLessThan(60);
});

test("of a schema with entities a message costs what it costs alone, and an entity brings its own code books only", async () => {
  const arena = "wire:shared/schema/arena.wire";
  const message = await bundled(`export { decodeKill, encodeKill } from "${arena}";`);
  const shot = await bundled(`export { Shot } from "${arena}";`);

  expect(message.length).toBeLessThan(1500);
  expect(message).not.toContain("is no code for");
  expect(message).not.toContain("createColumns");
  // What the constructor of a code book says of bad tables.
  expect(shot).toContain("is no code for");
  expect(shot).toContain(`"Shot"`);
  expect(shot).not.toMatch(/"(Ship|Asteroid)"/);
  expect(shot.match(/"what changed"/g)).toHaveLength(1);
});

test("production builds drop the checks, and development builds keep them", async () => {
  const production = await bundled(FIXTURES);

  expect(production).not.toContain("does not fit");
  expect(production).not.toContain("process");
  expect(await bundled(FIXTURES, "development")).toContain("does not fit");
});

test("the JavaScript that is printed is the TypeScript without its types", async () => {
  const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");
  const typescript = golden("kitchen.ts").replaceAll("../../../shared/engine/wire/index.ts", "tickwire/wire");
  const bare = async (code: string, loader: "ts" | "js"): Promise<string> => {
    const tsconfigRaw = { compilerOptions: { useDefineForClassFields: false } };
    return (await transform(code, { loader, minifyWhitespace: true, tsconfigRaw })).code;
  };
  const isSame = (await bare(golden("kitchen.js.txt"), "js")) === (await bare(typescript, "ts"));

  expect(isSame).toBe(true);
});
