/** One row of "Who may import whom". */
export interface Room {
  /** A folder, with a slash at its end, or one file. The longest match owns a path. */
  readonly path: string;
  /**
   * What it may import besides its own files: a folder or a file of the tree, a door (`#engine/shared`), a package,
   * or `node:` for whatever Node brings.
   */
  readonly may: readonly string[] | "anything";
}

/** The engine's doors (package.json `imports`), and what stands behind each. */
export const DOORS: Readonly<Record<string, string>> = {
  "#engine/shared": "shared/engine/",
  "#engine/server": "server/engine/",
  "#engine/client": "client/engine/",
};

const ENGINE_SCHEMA = "shared/schema/generated/engine.ts";
const ARENA_SCHEMA = "shared/schema/generated/arena.ts";

/**
 * Who may import whom. Left never imports right, up never imports down: the engine knows no game, and only a
 * root or an edge knows a clock, a socket or a screen.
 */
export const IMPORT_TABLE: readonly Room[] = [
  { path: "shared/engine/wire/", may: [] },
  { path: "shared/engine/time/", may: [] },
  { path: "shared/schema/generated/", may: ["shared/engine/wire/"] },
  { path: "shared/engine/transport/", may: ["shared/engine/wire/", ENGINE_SCHEMA, "@msgpack/msgpack"] },
  { path: "shared/engine/replication/", may: ["shared/engine/wire/", "shared/engine/time/", ENGINE_SCHEMA] },
  {
    path: "shared/engine/profile/",
    may: ["shared/engine/wire/", "shared/engine/transport/", "shared/engine/replication/"],
  },
  { path: "shared/engine/", may: [ENGINE_SCHEMA] },
  { path: "shared/arena/", may: ["#engine/shared", ARENA_SCHEMA] },

  { path: "server/engine/", may: ["#engine/shared", "shared/engine/", ENGINE_SCHEMA] },
  {
    path: "server/node/",
    may: ["#engine/server", "#engine/shared", "server/engine/", "shared/engine/", "ws", "sirv", "node:"],
  },
  { path: "server/arena/", may: ["#engine/server", "#engine/shared", "shared/arena/", ARENA_SCHEMA] },
  { path: "server/main.ts", may: "anything" },

  { path: "client/engine/", may: ["#engine/shared", "shared/engine/", ENGINE_SCHEMA] },
  { path: "client/browser/", may: ["#engine/client", "#engine/shared", "client/engine/", "shared/engine/"] },
  {
    path: "client/arena/",
    may: ["#engine/client", "#engine/shared", "shared/arena/", ARENA_SCHEMA, "pixi.js", "@fontsource/oxanium"],
  },
  { path: "client/main.ts", may: "anything" },
  { path: "client/vite.config.ts", may: "anything" },

  { path: "tools/codegen/", may: ["node:"] },
  {
    path: "tools/cli/",
    may: [
      "#engine/shared",
      "#engine/server",
      "#engine/client",
      "shared/engine/transport/",
      "shared/engine/replication/",
      "shared/engine/profile/",
      ENGINE_SCHEMA,
      "tools/codegen/",
      "tools/train/",
      "ws",
      "node:",
      // A computed import: the codecs that were just printed from the user's schema, as a data: address.
      "printedModule",
    ],
  },
  { path: "tools/vite-plugin/", may: ["tools/codegen/", "vite", "node:"] },
  {
    path: "tools/train/",
    may: [
      "shared/engine/wire/",
      "shared/engine/replication/",
      "tools/codegen/",
      "node:",
      // A computed import: the codec as a choice of the trainer prints it, as a data: address.
      "printed",
    ],
  },
  {
    path: "tools/simulator/engine/",
    may: [
      "#engine/shared",
      "#engine/server",
      "#engine/client",
      "shared/engine/wire/",
      "shared/engine/transport/",
      "shared/engine/replication/",
      ENGINE_SCHEMA,
    ],
  },
  // The launchers run before anything is installed; their bundler runs after it, as a program of its own.
  { path: "tools/launch/", may: ["node:"] },
  { path: "tools/launch/bundle.mjs", may: "anything" },
  { path: "tools/package/", may: ["node:"] },
  { path: "tools/", may: "anything" },
  { path: "bench/", may: "anything" },
  // What a game outside of the repository may: the doors, and what draws.
  { path: "examples/", may: ["tickwire", "pixi.js", "node:"] },
  // The repository's own command, which reads its line as the others do.
  { path: "examples/main.ts", may: ["examples/serve.ts", "tools/launch/command-line.mjs", "node:"] },
  // A computed import: the server of the example that is served.
  { path: "examples/serve.ts", may: ["vite", "node:", "serverModule"] },
  { path: "eslint.config.js", may: "anything" },
  { path: "vitest.config.ts", may: "anything" },
];

/** The row that owns a path, or undefined for a path outside the grid. */
export function roomOf(path: string): Room | undefined {
  let owner: Room | undefined;
  for (const room of IMPORT_TABLE) {
    const owns = room.path.endsWith("/") ? path.startsWith(room.path) : path === room.path;
    if (owns && room.path.length > (owner?.path.length ?? -1)) owner = room;
  }
  return owner;
}
