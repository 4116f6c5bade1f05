export { BitReader } from "./bit-reader.ts";
export { BitWriter } from "./bit-writer.ts";
export { CodeBook } from "./code-book.ts";
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
  LaneName,
  MessageProtocol,
  PositionColumns,
  Protocol,
  ProtocolVersion,
  Rpc,
  SnapshotCodec,
} from "./protocol.ts";
export { lagClass, movedSteps } from "./prediction.ts";
export { clampSteps, quantize } from "./quantize.ts";
export { isDevelopment } from "./is-development.ts";
export { slab } from "./slab.ts";
export { readChars, readText, writeChars, writeText } from "./text.ts";
export {
  bigOfWords,
  bitsOfFloat,
  floatOfBits,
  floatOfWords,
  highOfBig,
  highOfFloat,
  lowOfBig,
  lowOfFloat,
  unsignedBigOfWords,
} from "./words.ts";
