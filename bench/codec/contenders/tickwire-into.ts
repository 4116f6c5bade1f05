import type { Contender } from "../contender.ts";
import { f1Into } from "./tickwire/f1.ts";
import { f2Into } from "./tickwire/f2.ts";
import { f3Into } from "./tickwire/f3.ts";
import { f4Into } from "./tickwire/f4.ts";

/** The same generated code where the caller owns bytes and objects: nothing is allocated but texts. */
export const contender: Contender = {
  name: "tickwire, into",
  contract: "into",
  codecs: { F1: f1Into, F2: f2Into, F3: f3Into, F4: f4Into, "F4-cold": f4Into },
};
