/** What examples rest on: fresh codecs, and doors that lead where the package's lead. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { runTickwire } from "../cli/tickwire.ts";

const ROOT = join(import.meta.dirname, "../..");
const EXAMPLES = join(ROOT, "examples");
const SCHEMAS = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".wire"));

test.each(SCHEMAS)("the codecs of examples/%s are as `npm run tickwire -- codegen` prints them", async (schema) => {
  const said: string[] = [];
  const say = (text: string): void => {
    said.push(text);
  };

  const code = await runTickwire(["codegen", join(EXAMPLES, schema), "--check"], { say, complain: say });

  expect([code, ...said]).toEqual([0, "1 generated file is fresh"]);
});

test("inside the repository every door of package.json leads to the source that the package is built from", () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    exports: Record<string, string | { readonly types: string }>;
  };
  const config = ts.readConfigFile(join(ROOT, "tsconfig.base.json"), (path) => readFileSync(path, "utf8")) as {
    config: { compilerOptions: { paths: Record<string, string[]> } };
  };
  const doors = Object.entries(exports).flatMap(([door, target]) =>
    typeof target === "string" ? [] : [[door.replace(/^\./, "tickwire"), target.types]],
  );

  const built = Object.entries(config.config.compilerOptions.paths).map(([door, [source]]) => [
    door,
    source!.replace(/^\.\/(.*)\.ts$/, "./dist/package/$1.d.ts"),
  ]);

  expect(built).toEqual(doors);
});
