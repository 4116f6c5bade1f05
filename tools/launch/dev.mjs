import { Children, onStopRequest } from "./children.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { parseStartOptions } from "./options.mjs";

const HELP = `npm run dev -- [options]

Everything at once, and everything again when a file changes: schemas to code, the server, the page. Ctrl-C ends all.

  --bots N         bots that keep the arena alive, 0 to 200 (default 12)
  --port N         port of the page (default 8080, or PORT); the server listens at GAME_PORT (default 8081)
  --host [ADDRESS] address of the page (default 127.0.0.1, or HOST);
                   alone, it opens the page to the local network
  --help           this text
`;

const options = parseStartOptions(process.argv.slice(2), process.env);
if (options === "help") {
  process.stdout.write(HELP);
} else if ("error" in options) {
  process.stderr.write(`${options.error}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  ensureInstalled();
  await develop(options);
}

/** @param {import("./options.mjs").StartOptions} options */
async function develop({ bots, port, host, forServer }) {
  const gamePort = process.env.GAME_PORT ?? "8081";
  const children = new Children();
  onStopRequest(() => void children.stop());

  const endless = [
    children.run({ prefix: "codegen  ", args: ["--import", "tsx", "tools/codegen/main.ts", "--watch"] }),
    children.run({
      prefix: "server   ",
      args: ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "server/main.ts", ...forServer],
      env: { PORT: gamePort, HOST: "127.0.0.1" },
    }),
    children.run({
      prefix: "page     ",
      args: [
        "node_modules/vite/bin/vite.js",
        "--config",
        "client/vite.config.ts",
        "--port",
        String(port),
        "--strictPort",
        "--host",
        host,
        "--clearScreen",
        "false",
      ],
      env: { GAME_PORT: gamePort },
    }),
  ];
  if (bots > 0) {
    const target = ["--url", `ws://127.0.0.1:${gamePort}`, "--count", String(bots), "--forever", "--quiet"];
    endless.push(children.run({ prefix: "bots     ", args: ["--import", "tsx", "tools/bots/main.ts", ...target] }));
  }
  // None of them ends by itself: the first that does has failed, and says why above.
  const code = await Promise.race(endless);
  const isAsked = children.isStopping;
  await children.stop();
  process.exitCode = isAsked ? 0 : code || 1;
}
