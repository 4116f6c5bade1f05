import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { arenaRules } from "./arena/arena-rules.ts";
import { type GameServer, startGameServer } from "./node/game-server.ts";
import { addressesOf, desyncLog, startErrorText, statusLine } from "./node/server-log.ts";
import { readServerOptions, SERVER_HELP, type ServerOptions } from "./node/server-options.ts";
import { onShutdown } from "./node/shutdown.ts";

const STATUS_EVERY_MS = 10_000;
/** Beside the bundle (dist/server.js) lies dist/client; the sources run from server/. */
const CLIENT_DIRECTORY = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../dist/client" : "client", import.meta.url),
);

try {
  const options = readServerOptions(process.argv.slice(2), process.env);
  if (options.wantsHelp) console.log(SERVER_HELP);
  else await serve(options);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n--help says how it is used.`);
  process.exit(2);
}

async function serve(options: ServerOptions): Promise<void> {
  const server = await start(options);
  const addresses = addressesOf(options.host, server.port);
  console.log(`Arena is served at ${addresses.join(" and ")}`);
  process.send?.({ listening: addresses[0] });
  if (!options.isQuiet) {
    setInterval(() => {
      console.log(statusLine(server.status()));
    }, STATUS_EVERY_MS);
  }
  onShutdown(() => server.close("The server has been stopped."));
}

async function start(options: ServerOptions): Promise<Pick<GameServer<never>, "port" | "status" | "close">> {
  try {
    return await startGameServer({
      room: {
        game: arenaRules,
        seed: options.seed ?? randomInt(2 ** 32),
        playersMax: options.playersMax,
        ticksPerSnapshot: options.ticksPerSnapshot,
        metadata: { room: "arena", playersMax: options.playersMax },
        isProfiling: options.isProfiling,
        onDesync: desyncLog(
          (line) => {
            console.warn(line);
          },
          () => performance.now(),
        ),
      },
      port: options.port,
      host: options.host,
      staticDirectory: options.staticDirectory ?? CLIENT_DIRECTORY,
    });
  } catch (error) {
    console.error(startErrorText(error, options.port, options.host));
    process.exit(1);
  }
}
