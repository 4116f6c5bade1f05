import type { EnvironmentModuleNode, HotUpdateOptions, Plugin } from "vite";
import { compileWire, type CompiledWire, type WireError } from "./wire-modules.ts";

/** How `.wire` files are compiled. */
export interface TickwireOptions {
  /** What the printed codecs import; otherwise `tickwire/wire`. */
  readonly runtime?: string;
  /**
   * Where `game.wire.d.ts` is written. Otherwise beside `game.wire`, where TypeScript finds it by itself with
   * `"moduleResolution": "bundler"`. A folder, `".wire-types"` say, mirrors the project and needs
   * `"rootDirs": [".", ".wire-types"]` in tsconfig.json. `false` writes nothing.
   */
  readonly types?: string | false;
}

const PUBLISHED_RUNTIME = "tickwire/wire";

/**
 * Importing a `.wire` file gives its codecs.
 *
 * A change of the schema, or of one that it imports, is taken up as any other module's. While a schema has
 * mistakes the page keeps what it has, under an overlay that says where they are.
 */
export function tickwire({ runtime = PUBLISHED_RUNTIME, types }: TickwireOptions = {}): Plugin {
  /** Of each imported schema, the files it was compiled from. */
  const sourcesOf = new Map<string, readonly string[]>();
  let root = "";

  const compile = (file: string): CompiledWire => {
    const compiled = compileWire(file, { runtime, types, root });
    sourcesOf.set(file, compiled.sources);
    return compiled;
  };
  return {
    name: "tickwire",
    // Found before the page asks for it: a dependency found late reloads the page.
    config: () => (runtime === PUBLISHED_RUNTIME ? { optimizeDeps: { include: [PUBLISHED_RUNTIME] } } : {}),
    configResolved(config) {
      root = config.root;
    },
    load(id) {
      const file = id.split("?", 1)[0]!;
      if (!file.endsWith(".wire")) return null;
      const compiled = compile(file);
      for (const source of compiled.sources) this.addWatchFile(source);
      if ("error" in compiled) this.error(compiled.error);
      return { code: compiled.code, map: { mappings: "" } };
    },
    async hotUpdate(update) {
      const concerned = [...sourcesOf].filter(([, sources]) => sources.includes(update.file)).map(([file]) => file);
      if (concerned.length === 0) return undefined;
      // Editors empty a file before they fill it: this waits until something stands in it.
      if (update.type !== "delete") await update.read();
      const modules = concerned.flatMap((file) => [...(this.environment.moduleGraph.getModulesByFile(file) ?? [])]);
      for (const module of modules) this.environment.moduleGraph.invalidateModule(module);
      const error = concerned.map(compile).find((compiled) => "error" in compiled)?.error;
      // A module that was never loaded whole takes no update: the page begins anew.
      const isPageBroken = modules.some(({ isSelfAccepting }) => isSelfAccepting === undefined);
      if (error === undefined && !isPageBroken) return withoutDoubles(update, modules);
      if (error === undefined) {
        this.environment.hot.send({ type: "full-reload" });
        return [];
      }
      this.environment.hot.send({ type: "error", err: { ...error, stack: "", plugin: "tickwire" } satisfies HotError });
      return [];
    },
  };
}

type HotError = WireError & { readonly stack: string; readonly plugin: string };

function withoutDoubles({ modules }: HotUpdateOptions, added: readonly EnvironmentModuleNode[]) {
  return [...new Set([...modules, ...added])];
}
