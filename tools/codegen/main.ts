import { run } from "./command.ts";

process.exitCode = await run(process.argv.slice(2), {
  say: (text) => {
    console.log(text);
  },
  complain: (text) => {
    console.error(text);
  },
});
