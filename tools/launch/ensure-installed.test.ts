import { expect, test } from "vitest";
import { isInstalled, isNodeNewEnough, npmCommand } from "./ensure-installed.mjs";

const ws = { version: "8.23.0", integrity: "sha512-a" };
const wanted = {
  packages: { "": {}, "node_modules/ws": ws, "node_modules/fsevents": { version: "2.3.3", optional: true } },
};

test("a tree that npm finished is installed, and optional packages for other machines may be missing", () => {
  expect(isInstalled(wanted, { packages: { "node_modules/ws": ws } })).toBe(true);
});

test("a missing, an older and an altered package are each a reason to install", () => {
  expect(isInstalled(wanted, undefined)).toBe(false);
  expect(isInstalled(wanted, { packages: {} })).toBe(false);
  expect(isInstalled(wanted, { packages: { "node_modules/ws": { ...ws, version: "8.22.0" } } })).toBe(false);
  expect(isInstalled(wanted, { packages: { "node_modules/ws": { ...ws, integrity: "sha512-b" } } })).toBe(false);
});

test.each([
  ["20.18.3", false],
  ["20.19.0", true],
  ["18.20.0", false],
  ["22.1.0", true],
])("Node %s: new enough is %s", (version, isEnough) => {
  expect(isNodeNewEnough(version)).toBe(isEnough);
});

test("npm is started by Node, without a shell, from where it started us", () => {
  const env = { npm_execpath: "/opt/npm/bin/npm-cli.js" };

  expect(npmCommand(env, "/opt/bin/node", () => true)).toEqual({
    command: "/opt/bin/node",
    args: ["/opt/npm/bin/npm-cli.js"],
  });
});

test("another package manager's program is not taken for npm: the one beside Node is", () => {
  const env = { npm_execpath: "/opt/pnpm/pnpm.cjs" };
  const besideNode = "/opt/lib/node_modules/npm/bin/npm-cli.js";

  expect(npmCommand(env, "/opt/bin/node", (path) => path === besideNode).args).toEqual([besideNode]);
  expect(npmCommand(env, "/opt/bin/node", () => false)).toEqual({ command: "npm", args: [] });
});
