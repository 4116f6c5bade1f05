import { parseArgs } from "node:util";

/**
 * Reads a command line as Node's `parseArgs` does, with two differences: a number below zero is a value, so that
 * whoever asked for one hears which are allowed (`--count -3`), and mistakes are told in a sentence.
 *
 * @template {import("node:util").ParseArgsConfig} Config
 * @param {Config} config
 * @returns {ReturnType<typeof parseArgs<Config>>} throws an Error with a text for the user
 */
export function readCommandLine(config) {
  try {
    return parseArgs(/** @type {Config} */ ({ ...config, args: joinNegativeNumbers(config.args ?? []) }));
  } catch (error) {
    throw new Error(sentenceOf(error instanceof Error ? error.message : String(error)), { cause: error });
  }
}

/**
 * What a command prints that cannot be understood. The whole help would push the mistake off the screen.
 *
 * @param {string} mistake
 * @param {string} command as it is typed in front of its options: `npm start --`
 */
export function mistakeText(mistake, command) {
  return `${mistake}\n\n${command} --help says how it is used.\n`;
}

/**
 * `--count -3` becomes `--count=-3`, which is a value.
 *
 * @param {readonly string[]} words
 */
function joinNegativeNumbers(words) {
  /** @type {string[]} */
  const joined = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && /^--[^=]+$/.test(last) && /^-\d/.test(word))
      joined[joined.length - 1] = `${last}=${word}`;
    else joined.push(word);
  }
  return joined;
}

/**
 * The message without the advice that Node gives to programmers.
 *
 * @param {string} message
 */
function sentenceOf(message) {
  const ambiguous = /^Option '(?:-\w, )?(--[\w-]+) ?[^']*' argument is ambiguous/.exec(message);
  if (ambiguous !== null) return `${ambiguous[1] ?? ""} needs a value`;
  return message.replace(/\. (To specify|This command)[^]*$/, "");
}
