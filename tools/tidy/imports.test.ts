import { expect, test } from "vitest";
import { linesOf } from "./finding.ts";
import { checkImports } from "./imports.ts";

function findingsIn(path: string, text: string): string[] {
  return linesOf(checkImports(new Map([[path, text]])));
}

interface Row {
  readonly path: string;
  readonly refused: string;
  readonly accepted: string;
}

const rows: Row[] = [
  { path: "shared/engine/wire/a.ts", refused: "../time/tick.ts", accepted: "./varint.ts" },
  { path: "shared/engine/wire/a.ts", refused: "node:buffer", accepted: "./text.ts" },
  { path: "shared/engine/time/a.ts", refused: "../wire/varint.ts", accepted: "./rng.ts" },
  {
    path: "shared/schema/generated/arena.ts",
    refused: "../../engine/time/rng.ts",
    accepted: "../../engine/wire/index.ts",
  },
  {
    path: "shared/engine/transport/a.ts",
    refused: "../../schema/generated/arena.ts",
    accepted: "../../schema/generated/engine.ts",
  },
  { path: "shared/engine/transport/a.ts", refused: "ws", accepted: "@msgpack/msgpack" },
  { path: "shared/engine/replication/a.ts", refused: "../transport/link.ts", accepted: "../wire/angle.ts" },
  { path: "shared/engine/game-definition.ts", refused: "../arena/game.ts", accepted: "./wire/protocol.ts" },
  { path: "shared/arena/a.ts", refused: "../engine/time/rng.ts", accepted: "#engine/shared" },
  { path: "shared/arena/a.ts", refused: "#engine/server", accepted: "../schema/generated/arena.ts" },
  { path: "server/engine/a.ts", refused: "../../client/engine/a.ts", accepted: "../../shared/engine/time/tick.ts" },
  { path: "server/engine/a.ts", refused: "../node/ticker.ts", accepted: "./room.ts" },
  {
    path: "server/engine/a.ts",
    refused: "../../shared/arena/game.ts",
    accepted: "../../shared/schema/generated/engine.ts",
  },
  { path: "server/engine/a.ts", refused: "node:fs", accepted: "#engine/shared" },
  { path: "server/node/a.ts", refused: "../arena/arena-rules.ts", accepted: "../engine/room.ts" },
  { path: "server/node/a.ts", refused: "pixi.js", accepted: "ws" },
  { path: "server/arena/a.ts", refused: "../engine/room.ts", accepted: "#engine/server" },
  { path: "server/arena/a.ts", refused: "../../client/arena/hud.ts", accepted: "../../shared/arena/tuning.ts" },
  { path: "client/engine/a.ts", refused: "../../server/engine/room.ts", accepted: "../../shared/engine/index.ts" },
  { path: "client/engine/a.ts", refused: "../browser/browser-session.ts", accepted: "./clock-sync.ts" },
  { path: "client/browser/a.ts", refused: "../arena/hud.ts", accepted: "../engine/game-client.ts" },
  { path: "client/arena/a.ts", refused: "../engine/game-client.ts", accepted: "#engine/client" },
  { path: "client/arena/a.ts", refused: "../../server/arena/arena-rules.ts", accepted: "../../shared/arena/tuning.ts" },
  { path: "client/arena/a.ts", refused: "ws", accepted: "pixi.js/unsafe-eval" },
  { path: "tools/codegen/a.ts", refused: "../../shared/engine/wire/text.ts", accepted: "node:path" },
  { path: "tools/cli/a.ts", refused: "../../shared/arena/game.ts", accepted: "../codegen/compile.ts" },
  { path: "tools/vite-plugin/a.ts", refused: "#engine/shared", accepted: "vite" },
  { path: "tools/simulator/engine/a.ts", refused: "../../../shared/arena/game.ts", accepted: "#engine/server" },
  { path: "tools/launch/start.mjs", refused: "esbuild", accepted: "node:path" },
  { path: "tools/package/build.mjs", refused: "../../shared/engine/index.ts", accepted: "node:fs" },
  { path: "shared/engine/wire/a.ts", refused: "../../../bench/codec/loop.ts", accepted: "./slab.ts" },
  { path: "examples/pong/a.ts", refused: "../../shared/engine/index.ts", accepted: "tickwire/shared" },
  { path: "examples/pong/server.ts", refused: "#engine/server", accepted: "node:util" },
];

test.each(rows)("$path may not import $refused, and may import $accepted", ({ path, refused, accepted }) => {
  const findings = findingsIn(path, `import { a } from "${accepted}";\nimport { b } from "${refused}";\n`);

  expect(findings).toHaveLength(1);
  expect(findings[0]).toContain(`${path}:2  `);
  expect(findings[0]).toContain(`may not import "${refused}"`);
});

const forms = [
  `import type { Room } from "../../server/engine/room.ts";`,
  `export { Room } from "../../server/engine/room.ts";`,
  `export * from "../../server/engine/room.ts";`,
  `import "../../server/engine/room.ts";`,
  `const room = await import("../../server/engine/room.ts");`,
  `type Room = import("../../server/engine/room.ts").Room;`,
  `import room = require("../../server/engine/room.ts");`,
  `const room = require("../../server/engine/room.ts");`,
  "const room = await import(pathOfRoom);",
];

test.each(forms)("a forbidden import is found in the form %s", (form) => {
  expect(findingsIn("client/engine/a.ts", form)).toHaveLength(1);
});

test("an import inside a comment or a string is none", () => {
  const text = `// import "../../server/engine/room.ts";\nconst text = 'import "../../server/engine/room.ts"';\n`;

  expect(findingsIn("client/engine/a.ts", text)).toEqual([]);
});

test("a test and a root may import anything", () => {
  const text = `import { Room } from "../../server/engine/room.ts";\n`;

  expect(findingsIn("client/engine/a.test.ts", text)).toEqual([]);
  expect(findingsIn("client/main.ts", text)).toEqual([]);
});

test("a game that reaches past a door is told which door to take", () => {
  expect(findingsIn("shared/arena/a.ts", `import { Rng } from "../engine/time/rng.ts";`)).toEqual([
    'shared/arena/a.ts:1  shared/arena/ may not import "../engine/time/rng.ts": enter the engine by its door, "#engine/shared" (and export there what is missing)',
  ]);
});

test("a relative import without an ending is found, and one with an ending is not", () => {
  expect(findingsIn("server/main.ts", `import { a } from "./node/ticker";`)).toHaveLength(1);
  expect(findingsIn("server/main.ts", `import { a } from "./node/ticker.ts";`)).toEqual([]);
});

test("a file outside the grid is found", () => {
  expect(findingsIn("lib/a.ts", "")).toHaveLength(1);
  expect(findingsIn("tools/a.ts", "")).toEqual([]);
  expect(findingsIn("bench/codec/a.ts", 'import { pack } from "msgpackr";')).toEqual([]);
  expect(findingsIn("lib/a.css", "")).toEqual([]);
});
