import { runTrain, trainHelp } from "../train/command.ts";
import type { Command } from "./command.ts";

const PLACE = {
  command: "tickwire train",
  schema: undefined,
  recorder: "a recording of what was in view: a line of JSON for each entity and tick",
  codegen: "tickwire codegen",
};

/** `tickwire train`. */
export const trainCommand: Command = {
  name: "train",
  summary: "finds the codes that say a recording in the fewest bytes",
  help: trainHelp(PLACE),
  run: (args, terminal) => runTrain(args, terminal, PLACE),
};
