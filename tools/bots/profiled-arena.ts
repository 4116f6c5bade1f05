import { fileURLToPath } from "node:url";
import { arena } from "../../shared/arena/game.ts";
import { loadFiles } from "../codegen/files.ts";
import type { MessageName, ProfiledGame } from "./byte-profile.ts";

const SCHEMAS = ["engine", "arena"].map((name) =>
  fileURLToPath(new URL(`../../shared/schema/${name}.wire`, import.meta.url)),
);

/** What a profile has to know of Arena. */
export function profiledArena(): ProfiledGame {
  const messages = SCHEMAS.flatMap((schema) => loadFiles(schema).layout?.messages ?? []);
  return {
    tables: arena.tables(arena.createWorld(0)),
    version: arena.protocol.version,
    messages: new Map(messages.map(({ opcode, name, lane }): [number, MessageName] => [opcode, { name, lane }])),
  };
}
