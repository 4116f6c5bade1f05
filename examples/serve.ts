import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "vite";

/** What the `server.ts` of an example exports. */
interface ExampleServer {
  readonly startServer: (where: Where) => Promise<{
    readonly port: number;
    readonly close: (reason: string) => Promise<void>;
  }>;
}

interface Where {
  readonly port: number;
  readonly host: string;
  readonly staticDirectory: string;
}

/** An example that is served. */
export interface ServedExample {
  /** Of the page, with a slash at its end. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** The names of all examples: folders with a `server.ts`. */
export function exampleNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => existsSync(join(import.meta.dirname, name, "server.ts")))
    .sort();
}

/**
 * Serves an example's page by Vite, which takes up changes of its files at once, and behind the page's `/ws` its room.
 * Port 0 takes any free port. Rejects when the port cannot be had.
 */
export async function serveExample(name: string, port: number, host: string): Promise<ServedExample> {
  const root = join(import.meta.dirname, name);
  const serverModule = join(root, "server.ts");
  const { startServer } = (await import(serverModule)) as ExampleServer;
  // Vite serves the page: the room's own port is for Vite alone.
  const room = await startServer({ port: 0, host: "127.0.0.1", staticDirectory: root });
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: "warn",
    cacheDir: join(import.meta.dirname, "../.cache/vite", name),
    resolve: { tsconfigPaths: true },
    server: {
      port,
      host,
      strictPort: true,
      fs: { allow: [join(import.meta.dirname, "..")] },
      proxy: { "/ws": { target: `http://127.0.0.1:${room.port}`, ws: true } },
    },
  });
  const close = async (): Promise<void> => {
    // The room first: players hear of its end by the page's server.
    await room.close("The server has been stopped.");
    await vite.close();
  };
  try {
    await vite.listen();
  } catch (error) {
    await close();
    throw error;
  }
  const { local, network } = vite.resolvedUrls!;
  return { address: (local[0] ?? network[0])!, close };
}
