import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

test("the doors of the examples are the doors of the package: the same names, and the sources of the same files", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    exports: Record<string, string | { default: string }>;
  };
  const built = Object.entries(manifest.exports).flatMap(([name, door]) =>
    typeof door === "string" ? [] : [[`tickwire/${name.slice(2)}`, door.default]],
  );
  const { config } = ts.readConfigFile(join(ROOT, "examples/tsconfig.doors.json"), (path) =>
    readFileSync(path, "utf8"),
  ) as { config: { compilerOptions: { paths: Record<string, string[]> } } };
  const sources = Object.entries(config.compilerOptions.paths).map(([name, [path]]) => [
    name,
    path!.replace("../", "./dist/package/").replace(/\.ts$/, ".js"),
  ]);

  expect(sources).toHaveLength(8);
  expect(sources).toEqual(built);
});
