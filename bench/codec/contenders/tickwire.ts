import type { Contender } from "../contender.ts";
import { f1 } from "./tickwire/f1.ts";
import { f2 } from "./tickwire/f2.ts";
import { f3 } from "./tickwire/f3.ts";
import { f4 } from "./tickwire/f4.ts";

export const contender: Contender = {
  name: "tickwire",
  contract: "owned",
  codecs: { F1: f1, F2: f2, F3: f3, F4: f4, "F4-cold": f4 },
};
