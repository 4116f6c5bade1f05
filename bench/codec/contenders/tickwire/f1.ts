import type { SomeStruct } from "../../../workload.ts";
import { codec } from "../../contender.ts";
import { decodeSomeStruct, decodeSomeStructInto, encodeSomeStruct, encodeSomeStructInto } from "../../generated/f1.ts";
import { into } from "./into.ts";

export const f1 = codec<SomeStruct>(encodeSomeStruct, decodeSomeStruct);

const target: SomeStruct = { username: "", id: 0, scores: new Array<number>(32).fill(0.5) };
export const f1Into = into<SomeStruct>(encodeSomeStructInto, decodeSomeStructInto, target);
