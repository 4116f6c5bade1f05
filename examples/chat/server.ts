import { parseArgs } from "node:util";
import { onShutdown, startChannelServer } from "tickwire/node";
import { chatChannels } from "./chat.ts";

try {
  const { port, host, static: staticDirectory } = readOptions();
  const server = await startChannelServer({ channels: chatChannels(), port: Number(port), host, staticDirectory });
  console.log(`Chat is served at http://${host}:${server.port}`);
  onShutdown(() => server.close("The chat has been stopped."));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8080" },
      host: { type: "string", default: "127.0.0.1" },
      static: { type: "string", default: "dist" },
    },
  });
  return values;
}
