import { fileURLToPath } from "node:url";

/** Where the engine's own schema is: in the sources and in the built package alike. */
export const ENGINE_SCHEMA = fileURLToPath(new URL("../../shared/schema/engine.wire", import.meta.url));
