import type { RecordLayout, SchemaLayout } from "../layout.ts";
import * as naming from "../naming.ts";
import { versionHashes } from "../protocol-hash.ts";
import { sizeNameOf } from "./context.ts";
import type { Printer } from "./printer.ts";

/** Prints the schema's name, its versions and their hashes. */
export function emitIdentity(printer: Printer, layout: SchemaLayout): void {
  const hashes = versionHashes(layout).map(({ version, hash }) => ({ version, hash: hashText(hash) }));
  printer.exportedConstant("PROTOCOL_NAME", JSON.stringify(layout.name));
  if (layout.isProtocol) printer.exportedConstant("PROTOCOL_VERSION", String(layout.version));
  printer.doc("Equal on both sides when their schemas say the same.");
  printer.exportedConstant("PROTOCOL_HASH", hashes[0]!.hash);
  if (layout.isProtocol) {
    printer.doc("Every version that is spoken, newest first, with the hash that the schema had in it.");
    const items = hashes.map(({ version, hash }) => `{ version: ${version}, hash: ${hash} }`);
    if (printer.dialect === "dts") {
      printer.line(
        "export declare const PROTOCOL_VERSIONS: readonly { readonly version: number; readonly hash: number }[];",
      );
    } else {
      printer.list("export const PROTOCOL_VERSIONS = ", items, ["[", "]"], " as const;");
    }
  }
  printer.line();
}

/** Prints all that the engine needs to know of a schema: of its messages, and of a game's inputs and entities. */
export function emitProtocol(printer: Printer, layout: SchemaLayout): void {
  const { input } = layout;
  const messages = "ClientMessage, ServerMessage";
  const type = input === undefined ? `MessageProtocol<${messages}>` : `Protocol<${input.name}, ${messages}>`;
  printer.line();
  printer.line("/** All that the engine needs to know of this schema. */");
  if (printer.dialect === "dts") {
    printer.line(`export declare const PROTOCOL: ${type};`);
    return;
  }
  const body = (): void => {
    printer.line("name: PROTOCOL_NAME,");
    printer.line("version: PROTOCOL_VERSION,");
    printer.line("hash: PROTOCOL_HASH,");
    printer.line("versions: PROTOCOL_VERSIONS,");
    if (input !== undefined) emitGame(printer, layout, input);
    printer.list("lanes: ", lanesByOpcode(layout), ["[", "]"], ",");
    printer.line("decodeClientMessage,");
    printer.line("decodeServerMessage,");
  };
  printer.block(`export const PROTOCOL${printer.dialect === "js" ? "" : `: ${type}`} =`, body, ";");
}

function emitGame(printer: Printer, { entities }: SchemaLayout, input: RecordLayout): void {
  const codecs = (): void => {
    emitInput(printer, input);
  };
  printer.block("input:", codecs, ",");
  const names = entities.map(({ name }) => name);
  printer.list("entities: ", names, ["[", "]"], ",");
}

/** The lane of each message, by its opcode less the first. */
function lanesByOpcode({ messages }: SchemaLayout): string[] {
  return [...messages].sort((a, b) => a.opcode - b.opcode).map(({ lane }) => JSON.stringify(lane));
}

function emitInput(printer: Printer, input: RecordLayout): void {
  printer.line(`bytes: ${sizeNameOf(input)},`);
  printer.line(`encodeInto: ${naming.encodeIntoOf(input.name)},`);
  printer.line(`decode: ${naming.decodeOf(input.name)},`);
}

function hashText(hash: number): string {
  return `0x${hash.toString(16).padStart(8, "0")}`;
}
