import type { Input } from "../../../workload.ts";
import { codec } from "../../contender.ts";
import { decodeInput, decodeInputInto, encodeInput, encodeInputInto } from "../../generated/f2.ts";
import { into } from "./into.ts";

export const f2 = codec<Input>(encodeInput, decodeInput);

const target: Input = { seq: 0, buttons: 0, aimX: 0, aimY: 0, dtMs: 0 };
export const f2Into = into<Input>(encodeInputInto, decodeInputInto, target);
