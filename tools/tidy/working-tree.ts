import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceTree } from "./finding.ts";

const CODE = /\.(ts|mts|js|mjs|css|html)$/;
const NOT_OURS = /(^|\/)(node_modules|dist|artifacts|\.cache|\.git)\//;
/** Printed by tools, ours (expected output, to compare with) and those of the bench's contenders. */
const PRINTED = ["tools/codegen/golden/", "bench/peers/"];

/** The code in the tree at `root`: what git knows or would add, or every file where there is no git. */
export function readWorkingTree(root: string): SourceTree {
  const paths = (pathsFromGit(root) ?? pathsFromDisk(root)).filter(
    (path) => CODE.test(path) && !NOT_OURS.test(path) && !PRINTED.some((folder) => path.startsWith(folder)),
  );
  const present = paths.filter((path) => existsSync(join(root, path))).sort();
  return new Map(present.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

function pathsFromGit(root: string): string[] | undefined {
  try {
    const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const paths = listed.split("\0").filter((path) => path !== "");
    return paths.length > 0 ? paths : undefined;
  } catch {
    return undefined;
  }
}

function pathsFromDisk(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return NOT_OURS.test(`${path}/`) ? [] : pathsFromDisk(root, `${path}/`);
  });
}
