import type { Contender } from "../contender.ts";
import { f3Columns } from "./tickwire/f3.ts";

/** Records into typed arrays that the caller owns, one for each field. */
export const contender: Contender = { name: "tickwire, columns", contract: "into", codecs: { F3: f3Columns } };
