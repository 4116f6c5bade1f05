import { codegenHelp, runCodegen } from "../codegen/command.ts";
import type { Command } from "./command.ts";
import { ENGINE_SCHEMA } from "./engine-schema.ts";

const PLACE = {
  command: "tickwire codegen",
  folders: [],
  engineSchema: ENGINE_SCHEMA,
};

/** `tickwire codegen`. */
export const codegenCommand: Command = {
  name: "codegen",
  summary: "prints codecs, a C header, documents from schemas",
  help: codegenHelp(PLACE),
  run: (args, terminal) => runCodegen(args, terminal, PLACE),
};
