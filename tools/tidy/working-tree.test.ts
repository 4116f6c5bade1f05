import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { checkBannedCalls } from "./banned-calls.ts";
import { checkDiscipline } from "./discipline.ts";
import { checkFileLength } from "./file-length.ts";
import { linesOf } from "./finding.ts";
import { checkImports } from "./imports.ts";
import { readWorkingTree } from "./working-tree.ts";

// Every file is parsed, and the type checker may have the cores at the same time.
vi.setConfig({ testTimeout: 30_000 });

const tree = readWorkingTree(join(import.meta.dirname, "../.."));

test("the tree is read: it holds this file, generated code, and nothing that was installed or built", () => {
  const paths = [...tree.keys()];

  expect(paths).toContain("tools/tidy/working-tree.test.ts");
  expect(paths).toContain("shared/schema/generated/arena.ts");
  expect(paths.filter((path) => /node_modules|dist\/|golden\//.test(path))).toEqual([]);
});

test("a tree outside git is read from the disk, without what was installed", () => {
  const root = mkdtempSync(join(tmpdir(), "tickwire-tidy-"));
  mkdirSync(join(root, "node_modules/ws"), { recursive: true });
  mkdirSync(join(root, "shared/arena"), { recursive: true });
  writeFileSync(join(root, "node_modules/ws/index.js"), "");
  writeFileSync(join(root, "shared/arena/game.ts"), "a;\n");

  const found = readWorkingTree(root);

  rmSync(root, { recursive: true });
  expect([...found]).toEqual([["shared/arena/game.ts", "a;\n"]]);
});

test("every import is one that the table allows", () => {
  expect(linesOf(checkImports(tree))).toEqual([]);
});

test("pure rooms touch no clock, no randomness, no timer and no platform", () => {
  expect(linesOf(checkBannedCalls(tree))).toEqual([]);
});

test("no file is over 400 lines", () => {
  expect(linesOf(checkFileLength(tree))).toEqual([]);
});

test("no test is left out, and no lint rule is switched off without a reason", () => {
  expect(linesOf(checkDiscipline(tree))).toEqual([]);
});
