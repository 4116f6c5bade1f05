import { runCodegen } from "./command.ts";

/** This repository's schemas, and its runtime, seen from `generated` beside them. */
const REPOSITORY = {
  command: "npm run codegen --",
  schemas: "shared/schema",
  runtime: "../../engine/wire/index.ts",
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
