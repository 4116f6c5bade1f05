import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Children, onStopRequest } from "./children.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { root } from "./root.mjs";

const NAMES = readdirSync(join(root, "examples")).filter((name) =>
  existsSync(join(root, "examples", name, "server.ts")),
);

const HELP = `npm run example NAME -- [options]

Builds the page of an example and serves it: page and WebSocket on one port. Ctrl-C stops it.

  NAME         ${NAMES.join(", ")}: see examples/NAME/README.md
  --port N     port to serve at; 0 takes a free one (default 8080)
  --host ADDR  address to listen at (default 127.0.0.1)
  --help       this text
`;

const [name, ...words] = process.argv.slice(2);
if (name === undefined || [name, ...words].some((word) => word === "--help" || word === "-h")) {
  process.stdout.write(HELP);
  process.exitCode = name === undefined ? 2 : 0;
} else if (!NAMES.includes(name)) {
  process.stderr.write(`there is no example "${name}"\n\n${HELP}`);
  process.exitCode = 2;
} else {
  ensureInstalled();
  const children = new Children();
  onStopRequest(() => void children.stop());
  const code = await serve(children, name, words);
  process.exitCode = children.isStopping ? 0 : code;
}

/**
 * Builds the page, then runs the server until it ends; its exit code.
 *
 * @param {Children} children
 * @param {string} example
 * @param {readonly string[]} options for the server
 */
async function serve(children, example, options) {
  const page = join(root, "dist/examples", example);
  const build = ["build", `examples/${example}`, "--config", "examples/vite.config.ts", "--outDir", page];
  const built = await children.run({ args: ["node_modules/vite/bin/vite.js", ...build, "--logLevel", "warn"] });
  if (built !== 0) return built;
  return children.run({
    args: ["--import", "tsx", `examples/${example}/server.ts`, "--static", page, ...options],
    // Where `tickwire/…` are the sources of this repository.
    env: { TSX_TSCONFIG_PATH: "examples/tsconfig.json", NODE_ENV: "production" },
  });
}
