/**
 * A slow link as a program: `tsx tools/slow-link/main.ts PORT LINK`.
 *
 * It leads a port of its own to PORT of this machine, and says in a line of JSON which: {"port": 41234}. LINK is one of
 * the named links, 1M/50 say; of that it plays rate, round trip and queue. It ends when its input does, and then says of
 * each connection what came down it: [[bytes so far, when these had arrived in milliseconds of the machine's clock], …].
 */
import { setPriority } from "node:os";
import { performance } from "node:perf_hooks";
import { linkMistake, linkNamed } from "../simulator/engine/link-conditions.ts";
import { startSlowLink } from "./slow-link.ts";

/** Other programs of the machine must not hold up the link, where it may have its way. */
const PRIORITY = -15;

const [port = "", name = ""] = process.argv.slice(2);
const conditions = linkNamed(name);
if (!/^\d+$/.test(port) || conditions === undefined) {
  console.error(`Usage: tsx tools/slow-link/main.ts PORT LINK, where LINK is ${linkMistake(name)}`);
  process.exit(2);
}

if (process.getuid?.() === 0) setPriority(PRIORITY);

const arrivals: [number, number][][] = [];
const link = await startSlowLink(Number(port), conditions, () => {
  const arrived: [number, number][] = [];
  arrivals.push(arrived);
  return ({ bytes, dueMs }) => {
    arrived.push([(arrived.at(-1)?.[0] ?? 0) + bytes.length, performance.timeOrigin + dueMs]);
  };
});
console.log(JSON.stringify({ port: link.port }));
process.stdin.resume().once("end", () => {
  console.log(JSON.stringify(arrivals));
  void link.close();
});
