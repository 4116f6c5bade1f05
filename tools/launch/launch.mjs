import { Children, onStopRequest } from "./children.mjs";
import { mistakeText } from "./command-line.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { parseStartOptions } from "./options.mjs";

/**
 * What every launcher of the arena does around its own work: it reads the command line, installs what is missing, and
 * stops at the end whatever it started. Nothing is installed or built for a command line that makes no sense.
 *
 * @param {string} command as it is typed in front of its options
 * @param {string} help what --help prints
 * @param {(options: import("./options.mjs").StartOptions, children: Children) => Promise<number>} work resolves with
 *   the exit code; when it was ended from outside, by Ctrl-C say, that is 0 whatever the children made of it
 */
export async function launch(command, help, work) {
  const options = parseStartOptions(process.argv.slice(2), process.env);
  if (options === "help") {
    process.stdout.write(help);
  } else if ("error" in options) {
    process.stderr.write(mistakeText(options.error, command));
    process.exitCode = 2;
  } else {
    ensureInstalled();
    const children = new Children();
    onStopRequest(() => void children.stop());
    const code = await work(options, children);
    const isAsked = children.isStopping;
    await children.stop();
    process.exitCode = isAsked ? 0 : code;
  }
}
