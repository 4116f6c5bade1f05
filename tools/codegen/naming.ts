/** The names that the printed module declares. The checker looks for collisions, the emitters print them. */
export const encodeOf = (record: string): string => `encode${upperFirst(record)}`;
export const encodeIntoOf = (record: string): string => `encode${upperFirst(record)}Into`;
export const storeOf = (record: string): string => `store${upperFirst(record)}`;
export const decodeOf = (record: string): string => `decode${upperFirst(record)}`;
export const decodeIntoOf = (record: string): string => `decode${upperFirst(record)}Into`;
export const decodeListOf = (record: string): string => `decode${upperFirst(record)}List`;
export const decodeRowsOf = (record: string): string => `decode${upperFirst(record)}RowsInto`;
export const checkOf = (record: string): string => `check${upperFirst(record)}`;
export const readerOf = (record: string): string => `${upperFirst(record)}Reader`;
export const columnsOf = (record: string): string => `${upperFirst(record)}Columns`;
export const createColumnsOf = (record: string): string => `create${upperFirst(record)}Columns`;
export const guardOf = (enumName: string): string => `is${upperFirst(enumName)}`;
export const opcodeOf = (message: string): string => `${upperSnake(message)}_OPCODE`;
export const bytesOf = (record: string): string => `${upperSnake(record)}_BYTES`;
export const bytesMaxOf = (record: string): string => `${upperSnake(record)}_BYTES_MAX`;
export const offsetsOf = (record: string): string => `${upperSnake(record)}_OFFSETS`;
export const stepsOf = (record: string, field: string): string => `${upperSnake(record)}_${upperSnake(field)}_STEPS`;

/** The code book of a field, or of fields that are coded together. */
export const codesOf = (entity: string, label: string): string => `${upperSnake(entity)}_${bookSuffix(label)}`;

function bookSuffix(label: string): string {
  if (label === CHANGES) return "CHANGES";
  return `${upperSnake(label.replaceAll(", ", "_AND_").replaceAll(".", "_"))}_CODES`;
}

/** The label of the book that says which fields of an entity changed. */
export const CHANGES = "what changed";

/** What an rpc declares besides its own name. */
export const callOf = (rpc: string): string => `${upperFirst(rpc)}Call`;
export const resultOf = (rpc: string): string => `${upperFirst(rpc)}Result`;
export const outcomeOf = (rpc: string): string => `${upperFirst(rpc)}Outcome`;
/** The struct that every schema with an rpc declares. */
export const REFUSAL = "RpcRefusal";

/** An array literal of up to so many floats: its elements are floats from the start, and never moved. */
export const LITERAL_FLOATS_MAX = 64;

/** What every printed module may declare or import. */
export const MODULE_NAMES: readonly string[] = [
  "PROTOCOL",
  "PROTOCOL_NAME",
  "PROTOCOL_VERSION",
  "PROTOCOL_VERSIONS",
  "PROTOCOL_HASH",
  "CHECKS",
  "ClientMessage",
  "ServerMessage",
  "decodeClientMessage",
  "decodeServerMessage",
  "decodedEnd",
  ...Array.from({ length: LITERAL_FLOATS_MAX + 1 }, (_, count) => floatsOf(count)),
];

/** The function that makes an array of so many floats. */
export function floatsOf(count: number): string {
  return `floats${count}`;
}

/** What printed modules import from the runtime. */
export const RUNTIME_TYPES = ["BitReader", "BitWriter", "EntityCodec", "MessageProtocol", "Protocol", "Rpc"] as const;
export const RUNTIME_VALUES = [
  "alignFloats",
  "bigOfWords",
  "bitsOfFloat",
  "clampSteps",
  "CodeBook",
  "expectBigInteger",
  "expectBigIntegers",
  "expectChars",
  "expectInteger",
  "expectIntegers",
  "expectMember",
  "expectRange",
  "expectText",
  "floatOfBits",
  "floatOfWords",
  "highOfBig",
  "highOfFloat",
  "isDevelopment",
  "lagClass",
  "lowOfBig",
  "lowOfFloat",
  "movedSteps",
  "quantize",
  "readChars",
  "readF32",
  "readF64",
  "readI64",
  "readText",
  "readU64",
  "slab",
  "unsignedBigOfWords",
  "viewOf",
  "writeChars",
  "writeText",
] as const;

/** Globals that printed code speaks of. */
export const GLOBALS_USED: readonly string[] = [
  "Array",
  "DataView",
  "BigInt64Array",
  "BigUint64Array",
  "Float32Array",
  "Float64Array",
  "Infinity",
  "Int16Array",
  "Int32Array",
  "Int8Array",
  "Math",
  "NaN",
  "RangeError",
  "Readonly",
  "Record",
  "Uint16Array",
  "Uint32Array",
  "Uint8Array",
  "process",
  "undefined",
];

/** Words that TypeScript keeps for itself: nothing in a schema may have such a name. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  ..."arguments await break case catch class const constructor continue debugger default delete do else enum eval export".split(
    " ",
  ),
  ..."extends false finally for function if implements import in instanceof interface let new null package".split(" "),
  ..."private protected public return static super switch this throw true try typeof undefined var void while".split(
    " ",
  ),
  ..."with yield __proto__".split(" "),
]);

/** Words that name a type already. */
export const RESERVED_TYPE_WORDS: ReadonlySet<string> = new Set(
  "any bigint boolean never number object string symbol type unknown".split(" "),
);

/** `ChatSay` and `chatSay` to `CHAT_SAY`. */
export function upperSnake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toUpperCase();
}

/** `someStruct` to `SomeStruct`. */
export function upperFirst(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
