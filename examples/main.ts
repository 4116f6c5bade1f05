import { mistakeText, readCommandLine } from "../tools/launch/command-line.mjs";
import { exampleNames, serveExample } from "./serve.ts";

const HELP = `npm run example -- NAME [options]

Serves an example's page and its room, and takes up changes of the page at once. Ctrl-C ends it.

  NAME            ${exampleNames().join(", ")}
  --port N        port of the page (default 8080); 0 takes any free one
  --host ADDRESS  address of the page (default 127.0.0.1)
  --help          this text
`;

try {
  const { values, positionals } = readCommandLine({
    args: process.argv.slice(2),
    options: {
      port: { type: "string", default: "8080" },
      host: { type: "string", default: "127.0.0.1" },
      help: { type: "boolean", short: "h", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) console.log(HELP);
  else await serve(positionals, values.port, values.host);
} catch (error) {
  process.stderr.write(mistakeText(error instanceof Error ? error.message : String(error), "npm run example --"));
  process.exit(2);
}

async function serve([name, ...others]: readonly string[], port: string, host: string): Promise<void> {
  if (name === undefined || others.length > 0) throw new Error("One example is wanted.");
  if (!exampleNames().includes(name)) throw new Error(`"${name}" is no example.`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`"${port}" is no port: 0 to 65535.`);
  const { address, close } = await serveExample(name, Number(port), host);
  console.log(`${name} is served at ${address}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void close().then(() => process.exit(0)));
}
