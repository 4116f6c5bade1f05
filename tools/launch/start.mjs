import { buildIfChanged } from "./build.mjs";
import { launch } from "./launch.mjs";
import { SERVER_OPTIONS_HELP } from "./options.mjs";

const HELP = `npm start -- [options]

Builds what has changed and serves the Arena: page and WebSocket on one port. Ctrl-C stops it.

  --bots N                  bots that keep the arena alive, 0 to 200 (default 12)
  --port N                  port to serve at (default 8080, or PORT)
  --host [ADDRESS]          address to listen at (default 127.0.0.1, or HOST);
                            alone, it opens the arena to the local network
${SERVER_OPTIONS_HELP}
  --help                    this text
`;

await launch("npm start --", HELP, async ({ bots, port, host, forServer }, children) => {
  const buildCode = await buildIfChanged(children);
  if (buildCode !== 0) return buildCode;
  return children.run({
    args: ["--enable-source-maps", "dist/server.js", ...forServer],
    env: { PORT: String(port), HOST: host, NODE_ENV: "production" },
    onMessage: (message) => {
      const address = addressIn(message);
      if (address === undefined) return;
      if (bots > 0) void startBots(children, address, bots);
      process.stdout.write(`\n  Arena is running:  ${address}\n  Open it in a browser. Ctrl-C stops it.\n\n`);
    },
  });
});

/**
 * @param {import("./children.mjs").Children} children
 * @param {string} address
 * @param {number} count
 */
async function startBots(children, address, count) {
  const url = address.replace(/^http/, "ws");
  const code = await children.run({
    args: ["--enable-source-maps", "dist/bots.js", "--url", url, "--count", String(count), "--forever", "--quiet"],
  });
  if (code !== 0 && !children.isStopping)
    process.stderr.write(`The bots ended with code ${code}; the arena goes on.\n`);
}

/**
 * Where the server listens, as it says over IPC once it does.
 *
 * @param {unknown} message
 */
function addressIn(message) {
  if (typeof message !== "object" || message === null || !("listening" in message)) return undefined;
  return typeof message.listening === "string" ? message.listening : undefined;
}
