#!/usr/bin/env node
import { runTickwire } from "./tickwire.ts";

process.exitCode = await runTickwire(process.argv.slice(2), {
  say: (text) => {
    console.log(text);
  },
  complain: (text) => {
    console.error(text);
  },
});
