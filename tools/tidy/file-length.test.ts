import { expect, test } from "vitest";
import { checkFileLength } from "./file-length.ts";

test("a file of 401 lines is found, and one of 400 is not", () => {
  const tree = new Map([
    ["shared/arena/long.ts", "a;\n".repeat(401)],
    ["shared/arena/full.ts", "a;\n".repeat(400)],
  ]);

  expect(checkFileLength(tree)).toEqual([
    {
      path: "shared/arena/long.ts",
      line: 401,
      says: "401 lines, 400 allowed: move one of its ideas to a file of its own",
    },
  ]);
});

test("a last line without a line break counts", () => {
  expect(checkFileLength(new Map([["a.ts", "a;\n".repeat(400) + "a;"]]))).toHaveLength(1);
});

test.each(["shared/schema/generated/arena.ts", "bench/codec/generated/tickwire/f1.ts", "generated/a.ts"])(
  "%s, generated code, may be of any length",
  (path) => {
    expect(checkFileLength(new Map([[path, "a;\n".repeat(2_000)]]))).toEqual([]);
  },
);

test.each(["bench/codec/generated.ts", "tools/package/regenerated/a.ts"])("%s is held to 400 lines", (path) => {
  expect(checkFileLength(new Map([[path, "a;\n".repeat(401)]]))).toHaveLength(1);
});
