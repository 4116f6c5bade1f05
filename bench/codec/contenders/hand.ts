import type { Contender } from "../contender.ts";
import { f1 } from "./hand/f1.ts";
import { f2 } from "./hand/f2.ts";
import { f3 } from "./hand/f3.ts";
import { f4 } from "./hand/f4.ts";

/**
 * The yardstick: each fixture written by hand, as fast as it could be made, with the contract of generated code.
 *
 * Owned bytes out, fresh objects out; nothing a peer sends throws or is read past its end; what does not fit in an
 * integer is cut as C does.
 */
export const contender: Contender = {
  name: "hand",
  contract: "owned",
  codecs: { F1: f1, F2: f2, F3: f3, F4: f4, "F4-cold": f4 },
};
