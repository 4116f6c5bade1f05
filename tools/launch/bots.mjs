import { Children, onStopRequest } from "./children.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";

ensureInstalled();
const children = new Children();
onStopRequest(() => void children.stop());
// In one piece, which takes a moment: a hundred of them fill a core, and where every name of another module is looked up
// each time they want half as much again.
const bundleCode = await children.run({ args: ["tools/launch/bundle.mjs"] });
process.exitCode =
  bundleCode === 0
    ? await children.run({ args: ["--enable-source-maps", "dist/bots.js", ...process.argv.slice(2)] })
    : bundleCode;
