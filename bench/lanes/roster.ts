import type { Contender } from "./contender.ts";
import { chunksAtOnce } from "./contenders/chunks-at-once.ts";
import { lanes } from "./contenders/lanes.ts";
import { oneSend } from "./contenders/one-send.ts";
import { textbook } from "./contenders/textbook.ts";
import { twoSockets } from "./contenders/two-sockets.ts";

/** What bulk rates are compared with: nothing that is friendlier to snapshots is faster. */
export const YARDSTICK = oneSend;

/** The contender that reports mark. */
export const OURS = lanes.how;

/** Everyone who takes part, in the order of the tables. */
export const ROSTER: readonly Contender[] = [YARDSTICK, chunksAtOnce, textbook, twoSockets, lanes];

/** The contender that a program was started for. */
export function contenderNamed(how: string): Contender {
  const contender = ROSTER.find((each) => each.how === how);
  if (contender === undefined) throw new Error(`no contender is named ${how}`);
  return contender;
}
