import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportModule } from "./trainer.ts";

/** Loads printed JavaScript as tests can, whose runtime is TypeScript: from a file, by the test's own `import`. */
export function importThroughFile(importFile: (url: string) => Promise<unknown>): ImportModule {
  return async (js) => {
    const folder = mkdtempSync(join(tmpdir(), "tickwire-printed-"));
    const file = join(folder, "printed.ts");
    writeFileSync(file, js);
    try {
      return await importFile(pathToFileURL(file).href);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}
