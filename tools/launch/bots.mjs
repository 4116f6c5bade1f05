import { Children, onStopRequest } from "./children.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";

ensureInstalled();
const children = new Children();
onStopRequest(() => void children.stop());
process.exitCode = await children.run({ args: ["--import", "tsx", "tools/bots/main.ts", ...process.argv.slice(2)] });
