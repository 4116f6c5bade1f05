import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./root.mjs";

/** How long a child may take to see that its channel has closed, or that Ctrl-C was meant for it too, in ms. */
const STOP_UNASKED_MS_MAX = 700;
/** How long a child may take to stop at all, in ms. With it a launcher is gone within two seconds. */
const STOP_MS_MAX = 1_500;
const END_WITH_LAUNCHER = new URL("end-with-launcher.mjs", import.meta.url).href;

/**
 * @typedef {import("node:child_process").ChildProcess} ChildProcess
 * @typedef {object} ChildOptions
 * @property {readonly string[]} args what Node is started with; the working folder is the root
 * @property {Record<string, string>} [env] added to our own environment
 * @property {string} [prefix] set in front of every line the child prints
 * @property {(message: unknown) => void} [onMessage] what the child says over IPC
 */

/**
 * The Node programs that a launcher starts, none of which outlives it by more than a few seconds.
 *
 * Each child has an IPC channel and ends when that closes: it is the one request to stop that works on every system,
 * and it is made even when the launcher is killed. A tool that knows nothing of it is ended by end-with-launcher.mjs.
 */
export class Children {
  constructor() {
    /** @type {Set<ChildProcess>} */
    this.running = new Set();
    this.isStopping = false;
  }

  /**
   * Starts a child, and resolves with its exit code when it has ended.
   *
   * @param {ChildOptions} options
   * @returns {Promise<number>}
   */
  run({ args, env = {}, prefix, onMessage }) {
    if (this.isStopping) return Promise.resolve(1);
    const output = prefix === undefined ? "inherit" : "pipe";
    const child = spawn(process.execPath, ["--import", END_WITH_LAUNCHER, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", output, output, "ipc"],
    });
    this.running.add(child);
    if (onMessage !== undefined) child.on("message", onMessage);
    if (prefix !== undefined) {
      prefixLines(child.stdout, prefix, process.stdout);
      prefixLines(child.stderr, prefix, process.stderr);
    }
    return new Promise((resolve) => {
      child.on("error", (error) => {
        process.stderr.write(`${args.join(" ")} could not be started: ${error.message}\n`);
        this.running.delete(child);
        resolve(1);
      });
      // Not at "close": Node never says that of a child whose channel we closed.
      child.on("exit", (code, signal) => {
        this.running.delete(child);
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  }

  /** Asks every child to stop, and makes those that do not. */
  async stop() {
    this.isStopping = true;
    const ended = [...this.running].map((child) => endOf(child));
    await Promise.all(ended);
  }
}

/**
 * Closes the channel; a tool that is none of ours, and does not listen there, gets a signal a little later. Not at
 * once: a terminal's Ctrl-C reaches it too, and a second signal tells many tools to drop everything.
 *
 * @param {ChildProcess} child
 * @returns {Promise<void>}
 */
function endOf(child) {
  return new Promise((resolve) => {
    const asks = setTimeout(() => child.kill("SIGTERM"), STOP_UNASKED_MS_MAX);
    const ends = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
    child.on("exit", () => {
      clearTimeout(asks);
      clearTimeout(ends);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}

/**
 * Calls `stop` at the first Ctrl-C, hang-up or request to end; later ones change nothing, for a terminal sends them
 * to npm and to us alike.
 *
 * @param {(signal: NodeJS.Signals) => void} stop
 */
export function onStopRequest(stop) {
  let isAsked = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (!isAsked) stop(signal);
      isAsked = true;
    });
  }
}

/**
 * @param {NodeJS.ReadableStream | null} from
 * @param {string} prefix
 * @param {NodeJS.WritableStream} to
 */
function prefixLines(from, prefix, to) {
  let rest = "";
  from?.setEncoding("utf8");
  from?.on("data", (/** @type {string} */ text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) to.write(`${prefix}${line}\n`);
  });
  from?.on("end", () => {
    if (rest !== "") to.write(`${prefix}${rest}\n`);
  });
}
