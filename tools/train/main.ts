import { runTrain } from "./command.ts";

process.exitCode = await runTrain(process.argv.slice(2), {
  say: (text) => {
    console.log(text);
  },
  complain: (text) => {
    console.error(text);
  },
});
