export { readF32, readF64, writeF32, writeF64 } from "./float.ts";
export type { AnyEntityCodec, EntityCodec, InputCodec, PositionColumns, Protocol } from "./protocol.ts";
export { quantize } from "./quantize.ts";
export { slab } from "./slab.ts";
export { readText, writeText } from "./text.ts";
