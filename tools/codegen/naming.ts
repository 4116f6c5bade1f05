/** The names that the printed module declares. The checker looks for collisions, the emitters print them. */
export const encodeOf = (record: string): string => `encode${record}`;
export const encodeIntoOf = (record: string): string => `encode${record}Into`;
export const decodeOf = (record: string): string => `decode${record}`;
export const columnsOf = (entity: string): string => `${entity}Columns`;
export const guardOf = (enumName: string): string => `is${enumName}`;
export const opcodeOf = (message: string): string => `${upperSnake(message)}_OPCODE`;
export const bytesOf = (record: string): string => `${upperSnake(record)}_BYTES`;
export const bytesMaxOf = (record: string): string => `${upperSnake(record)}_BYTES_MAX`;
export const stepsOf = (record: string, field: string): string => `${upperSnake(record)}_${upperSnake(field)}_STEPS`;

/** What every printed module may declare or import. */
export const MODULE_NAMES: readonly string[] = [
  "PROTOCOL",
  "PROTOCOL_NAME",
  "PROTOCOL_VERSION",
  "PROTOCOL_HASH",
  "ClientMessage",
  "ServerMessage",
  "decodeClientMessage",
  "decodeServerMessage",
  "decodedEnd",
];

/** What printed modules import from the runtime. */
export const RUNTIME_TYPES = ["EntityCodec", "Protocol"] as const;
export const RUNTIME_VALUES = [
  "quantize",
  "readF32",
  "readF64",
  "readText",
  "slab",
  "writeF32",
  "writeF64",
  "writeText",
] as const;

/** Globals that printed code speaks of. */
export const GLOBALS_USED: readonly string[] = [
  "Array",
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
  "undefined",
];

/** Words that TypeScript keeps for itself: nothing in a schema may have such a name. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  ..."arguments await break case catch class const continue debugger default delete do else enum eval export".split(
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
