import type { BitsType, EnumLayout, FieldType, IntType } from "../layout.ts";
import { luaString } from "../outputs/lua.ts";

/** How Wireshark shows a value: a type of its `ftypes`, and the numbers' names. */
export interface ShownAs {
  readonly type: string;
  /** A Lua table of names, as an expression. */
  readonly names?: string;
}

interface ShownField extends ShownAs {
  readonly abbreviation: string;
  readonly name: string;
  readonly doc: string;
}

/** The fields of a dissector, in the order in which they were asked for. */
export class ProtoFields {
  private readonly fields: ShownField[] = [];
  private readonly proto: string;

  constructor(proto: string) {
    this.proto = proto;
  }

  /** A field, as a Lua expression. */
  add(abbreviation: string, name: string, shown: ShownAs, doc: string): string {
    this.fields.push({ abbreviation, name, doc, ...shown });
    return `f["${abbreviation}"]`;
  }

  /** The lines of the Lua table that holds them all, and those that every packet and message has. */
  lines(): string[] {
    const { proto } = this;
    const common = [
      `frame = ProtoField.none("${proto}.frame", "frame"),`,
      `frame_lane = ProtoField.uint8("${proto}.frame.lane", "travels on", base.DEC, LANES),`,
      `frame_part = ProtoField.uint8("${proto}.frame.part", "part", base.DEC, PARTS),`,
      `frame_bytes = ProtoField.bytes("${proto}.frame.bytes", "bytes of a message"),`,
      `ack = ProtoField.uint32("${proto}.ack", "ack", base.DEC),`,
      `ack_hold = ProtoField.double("${proto}.ack.hold", "held, ms"),`,
      `transfer = ProtoField.uint8("${proto}.transfer", "transfer", base.DEC),`,
      `transfer_bytes = ProtoField.bytes("${proto}.transfer.bytes", "blocks and hashes"),`,
      `opcode = ProtoField.uint8("${proto}.opcode", "opcode", base.DEC),`,
      `message = ProtoField.string("${proto}.message", "message"),`,
      `lane = ProtoField.string("${proto}.lane", "lane"),`,
      `from = ProtoField.string("${proto}.from", "from"),`,
    ];
    return [...common, ...this.fields.map(fieldLine)];
  }
}

function fieldLine({ abbreviation, name, type, names, doc }: ShownField): string {
  const base = type.includes("INT") ? "base.DEC" : "base.NONE";
  const rest = [names ?? "nil", base, "nil", luaString(doc)];
  return `["${abbreviation}"] = ProtoField.new("${name}", "${abbreviation}", ftypes.${type}, ${rest.join(", ")}),`;
}

export function shownAs(type: FieldType, namesOf: (of: EnumLayout) => string): ShownAs {
  switch (type.kind) {
    case "bool":
      return { type: "BOOLEAN" };
    case "int":
      return { type: intType(type) };
    case "float":
      return { type: type.bits === 32 ? "FLOAT" : "DOUBLE" };
    case "enum":
      return { type: intType(type.of.base), names: namesOf(type.of) };
    case "chars":
    case "string":
      return { type: "STRING" };
    case "bytes":
      return { type: "BYTES" };
    case "struct":
    case "union":
    case "array":
    case "list":
      return { type: "NONE" };
    case "optional":
      return shownAs(type.of, namesOf);
    case "bits":
      return bitsShownAs(type, namesOf);
  }
}

function bitsShownAs({ meaning }: BitsType, namesOf: (of: EnumLayout) => string): ShownAs {
  switch (meaning.kind) {
    case "bool":
      return { type: "BOOLEAN" };
    case "int":
      return { type: meaning.isSigned ? "INT32" : "UINT32" };
    case "enum":
      return { type: meaning.of.base.isSigned ? "INT32" : "UINT32", names: namesOf(meaning.of) };
    case "angle":
      return { type: "UINT32" };
    case "quantized":
      return { type: "DOUBLE" };
  }
}

function intType({ bits, isSigned }: IntType): string {
  return `${isSigned ? "INT" : "UINT"}${bits}`;
}
