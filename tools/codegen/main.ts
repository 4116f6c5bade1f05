import { readdirSync } from "node:fs";
import { runCodegen } from "./command.ts";
import { isFolder, pathIn } from "./files.ts";

const EXAMPLES = readdirSync("examples")
  .map((name) => pathIn("examples", name))
  .filter(isFolder)
  .sort();

/** This repository's schemas, and its runtime, seen from `generated` beside them; an example has it by its door. */
const REPOSITORY = {
  command: "npm run codegen --",
  folders: [
    { folder: "shared/schema", runtime: "../../engine/wire/index.ts" },
    ...EXAMPLES.map((folder) => ({ folder, runtime: "tickwire/wire" })),
  ],
  engineSchema: "shared/schema/engine.wire",
};

const terminal = {
  say: (text: string) => {
    console.log(text);
  },
  complain: (text: string) => {
    console.error(text);
  },
};

process.exitCode = await runCodegen(process.argv.slice(2), terminal, REPOSITORY);
