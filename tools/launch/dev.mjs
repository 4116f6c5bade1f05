import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./launch.mjs";
import { SERVER_OPTIONS_HELP } from "./options.mjs";
import { root } from "./root.mjs";

const HELP = `npm run dev -- [options]

Everything at once, and everything again when a file changes: schemas to code, the server, the bots, the page.
Ctrl-C ends all.

  --bots N                  bots that keep the arena alive, 0 to 200 (default 12)
  --port N                  port of the page (default 8080, or PORT); the server listens at GAME_PORT (default 8081)
  --host [ADDRESS]          address of the page (default 127.0.0.1, or HOST);
                            alone, it opens the page to the local network
${SERVER_OPTIONS_HELP}
  --help                    this text
`;

await launch("npm run dev --", HELP, async ({ bots, port, host, forServer }, children) => {
  const gamePort = process.env.GAME_PORT ?? "8081";
  // The page is Vite's here; the server insists on a folder that only a build would make.
  mkdirSync(join(root, "dist/client"), { recursive: true });
  const page = ["--port", String(port), "--strictPort", "--host", host, "--clearScreen", "false"];
  const endless = [
    children.run({ prefix: "codegen  ", args: ["--import", "tsx", "tools/codegen/main.ts", "--watch"] }),
    children.run({
      prefix: "server   ",
      args: watched("server/main.ts", forServer),
      env: { PORT: gamePort, HOST: "127.0.0.1" },
    }),
    children.run({
      prefix: "page     ",
      args: ["node_modules/vite/bin/vite.js", "--config", "client/vite.config.ts", ...page],
      env: { GAME_PORT: gamePort },
    }),
  ];
  if (bots > 0) {
    const target = ["--url", `ws://127.0.0.1:${gamePort}`, "--count", String(bots), "--forever", "--quiet"];
    endless.push(children.run({ prefix: "bots     ", args: watched("tools/bots/main.ts", target) }));
  }
  // None of them ends by itself: the first that does has failed, and says why above.
  return (await Promise.race(endless)) || 1;
});

/**
 * A program that starts again whenever one of its files changes; after a schema's change the bots would otherwise be
 * refused for their old one.
 *
 * @param {string} program
 * @param {readonly string[]} words
 */
function watched(program, words) {
  return ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", program, ...words];
}
