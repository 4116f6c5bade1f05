export {
  expectBigInteger,
  expectBigIntegers,
  expectChars,
  expectInteger,
  expectIntegers,
  expectMember,
  expectRange,
  expectText,
} from "./expect.ts";
export { alignFloats, readF32, readF64, readI64, readU64, viewOf } from "./float.ts";
export type {
  AnyEntityCodec,
  EntityCodec,
  EntityField,
  InputCodec,
  PositionColumns,
  Protocol,
  ProtocolVersion,
  Rpc,
} from "./protocol.ts";
export { clampSteps, quantize } from "./quantize.ts";
export { isDevelopment } from "./is-development.ts";
export { slab } from "./slab.ts";
export { readChars, readText, writeChars, writeText } from "./text.ts";
