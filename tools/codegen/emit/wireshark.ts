import type { SchemaLayout } from "../layout.ts";
import { Abbreviations, lowerSnake } from "../outputs/abbreviations.ts";
import { plainLine } from "../outputs/comment.ts";
import { LUA_READERS, luaString } from "../outputs/lua.ts";
import { LUA_DISSECTOR, LUA_NAMES } from "../outputs/lua-packets.ts";
import { TextPrinter } from "../outputs/text-printer.ts";
import { emitInsides } from "./wireshark-engine.ts";
import { ProtoFields } from "./wireshark-fields.ts";
import { enumLines, LuaRecords } from "./wireshark-records.ts";

/** What the protocol of the engine itself is called. */
const ENGINE_NAME = "tickwire";

/**
 * Prints a Wireshark dissector in Lua, for the packets of WebSockets: their acks and frames, and the messages in them.
 *
 * With the schema of the engine it also reads the engine's messages, and inside of them the game's inputs and the flags
 * of snapshots; without it those are left to a dissector named `tickwire`, if there is one.
 */
export function emitDissector(layout: SchemaLayout, engine?: SchemaLayout): string {
  const layouts = engine === undefined || engine.name === layout.name ? [layout] : [layout, engine];
  const abbreviations = new Abbreviations(...layouts);
  const fields = new ProtoFields(lowerSnake(layout.name));
  const [readers, carried] = [new TextPrinter(), new TextPrinter()];
  const engineOrNone = layout.name === ENGINE_NAME ? layout : layouts[1];
  const insides = engineOrNone && emitInsides(carried, layout, engineOrNone, abbreviations, fields);
  for (const one of layouts) new LuaRecords(readers, one, abbreviations, fields, insides ?? new Map()).emit();
  const head = new TextPrinter();
  emitHead(head, layout);
  head.lines(LUA_NAMES);
  emitTable(head, "local names", layouts.flatMap(enumLines));
  emitTable(head, "local f", fields.lines());
  emitTable(readers, "local messages", messageLines(layouts, abbreviations));
  return [head.text(), LUA_READERS, readers.text(), carried.text(), LUA_DISSECTOR].join("\n");
}

function emitHead(printer: TextPrinter, layout: SchemaLayout): void {
  const { name, version, versionMin } = layout;
  const proto = lowerSnake(name);
  printer.lines(`-- Wireshark dissector of ${plainLine(name)} ${version}. Printed by Tickwire; do not edit.
--
-- tshark -X lua_script:${proto}.lua -O ${proto} -r capture.pcapng
-- or put it into Wireshark's folder of personal Lua plugins. A WebSocket is known by its subprotocol. Where
-- it has none, by the server's port: -o ${proto}.port:8080; and where its handshake was not captured,
-- Wireshark must be told that it is one: -d tcp.port==8080,websocket

local proto = Proto("${proto}", ${luaString(`${name} ${version}`)})
local NAME, VERSION_MIN, VERSION = ${luaString(name)}, ${versionMin}, ${version}
`);
}

function emitTable(printer: TextPrinter, head: string, lines: readonly string[]): void {
  const emitLines = (): void => {
    for (const line of lines) printer.line(line);
  };
  printer.block(`${head} = {`, emitLines, "}");
  printer.line();
}

function messageLines(layouts: readonly SchemaLayout[], abbreviations: Abbreviations): string[] {
  return layouts.flatMap((layout) =>
    layout.messages.map(({ name, opcode, lane, from }) => {
      const sender = from === undefined ? "" : `, from = "${from}"`;
      const reader = `read["${abbreviations.record(layout, name)}"]`;
      return `[${opcode}] = { name = "${name}", lane = "${lane}"${sender}, read = ${reader} },`;
    }),
  );
}
