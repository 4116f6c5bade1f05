import { runTrain } from "./command.ts";

/** This repository's game. */
const REPOSITORY = {
  command: "npm run train --",
  schema: "shared/schema/arena.wire",
  recorder: "a recording: npm run bots -- --trace FILE, or lines of your own",
  codegen: "npm run codegen",
};

const terminal = {
  say: (text: string) => {
    console.log(text);
  },
  complain: (text: string) => {
    console.error(text);
  },
};

process.exitCode = await runTrain(process.argv.slice(2), terminal, REPOSITORY);
