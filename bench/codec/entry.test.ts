import { expect, test } from "vitest";
import { entryText } from "./entry.ts";

test("every contender and fixture has loops of its own", () => {
  const text = entryText({
    contenders: ["./a.ts", "./b.ts"],
    fixtures: ["F1", "F4-cold"],
    workload: "../workload.ts",
    platform: "node",
  });
  const loops = [...text.matchAll(/from "(\.\/loop\.ts\?\w+)"/g)].map(([, path]) => path);

  expect(loops).toEqual(["./loop.ts?0x0", "./loop.ts?0x1", "./loop.ts?1x0", "./loop.ts?1x1"]);
  expect(text).toContain('{ contender: contender1, loops: { "F1": loop1x0, "F4-cold": loop1x1 } }');
});
