import { performance } from "node:perf_hooks";
import { ArenaSimulation } from "./arena-simulation.ts";
import { linkNamed } from "./engine/link-conditions.ts";
import { ProgressLine } from "./progress-line.ts";
import { parseSimulateOptions, SIMULATE_HELP, type SimulateOptions } from "./simulate-options.ts";

const nowMs = (): number => performance.now();
const say = (text: string): void => {
  process.stderr.write(text);
};
const options = parseSimulateOptions(process.argv.slice(2));
if (options === "help") {
  process.stdout.write(SIMULATE_HELP);
} else if ("error" in options) {
  process.stderr.write(`${options.error}\n\n${SIMULATE_HELP}`);
  process.exitCode = 2;
} else {
  process.stdout.write(simulate(options));
}

/** Runs it to its end; returns what is to be printed. */
function simulate({ linkName, seconds, seed, players, isJson }: SimulateOptions): string {
  const simulation = new ArenaSimulation({ link: linkNamed(linkName)!, seed, players });
  const progress = new ProgressLine(nowMs, say, process.stderr.isTTY);
  for (let second = 1; second <= seconds; second++) {
    simulation.advanceTo(1_000 * second);
    progress.tell(second / seconds);
  }
  progress.end();
  const { sections } = simulation;
  if (isJson) return `${JSON.stringify(Object.assign({}, ...sections.map(({ json }) => json)))}\n`;
  const title = `${linkName}, ${players} player${players === 1 ? "" : "s"}, ${seconds} s, seed ${seed}`;
  return `${[title, ...sections.map(({ text }) => text)].join("\n\n")}\n`;
}
