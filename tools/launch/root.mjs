import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. Every command works there, from wherever it was called. */
export const root = join(fileURLToPath(new URL(".", import.meta.url)), "../..");
