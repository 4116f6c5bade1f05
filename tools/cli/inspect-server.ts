import { offeredSubprotocols } from "#engine/shared";
import { REFUSE_SUBPROTOCOL } from "../../shared/engine/transport/subprotocol.ts";
import { encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { encodeHello, PROTOCOL_HASH } from "../../shared/schema/generated/engine.ts";
import { formatDiagnostic } from "../codegen/diagnostic.ts";
import { loadFiles } from "../codegen/files.ts";
import { EXIT, type Terminal } from "../codegen/terminal.ts";
import type { InspectRequest } from "./inspect.ts";
import { MessageInspector } from "./inspect-message.ts";
import { InspectReport } from "./inspect-report.ts";
import { importSchema, loadEngineLayout, type LoadedSchema } from "./inspect-schema.ts";
import { runSession, type SessionEnd } from "./inspect-session.ts";

/** Connects, and says what passes; the exit code. */
export async function inspect(request: InspectRequest, terminal: Terminal): Promise<number> {
  const schema = await schemaOf(request, terminal);
  if (schema === "broken") return EXIT.found;
  const messages = new MessageInspector(loadEngineLayout(), schema, request.isFull);
  const report = new InspectReport(messages, request.isJson, terminal);
  const startMs = performance.now();
  const end = await runSession({
    ...request,
    subprotocols: subprotocolsOf(request, schema),
    hello: request.saysHello ? helloOf(request, schema) : undefined,
    onOpen: (subprotocol) => {
      terminal.complain(`connected to ${request.url}${subprotocol === "" ? "" : `, speaking ${subprotocol}`}`);
    },
    onPacket: (direction, packet) => {
      report.packet(direction, packet, performance.now() - startMs);
      return report.receivedMessages >= request.countMax;
    },
  });
  terminal.complain(textOf(end, request));
  if (end.kind !== "failed") terminal.complain(report.summary());
  const isGood = end.kind === "stopped" || (end.kind === "closed" && end.code === 1000);
  return isGood && report.broken + messages.malformed === 0 ? EXIT.good : EXIT.found;
}

async function schemaOf({ schema }: InspectRequest, terminal: Terminal): Promise<LoadedSchema | undefined | "broken"> {
  if (schema === undefined) return undefined;
  const { layout, sources, diagnostics } = loadFiles(schema);
  for (const diagnostic of diagnostics) terminal.complain(`${formatDiagnostic(sources, diagnostic)}\n`);
  return layout === undefined ? "broken" : importSchema(schema, layout);
}

function subprotocolsOf({ subprotocol }: InspectRequest, schema: LoadedSchema | undefined): string[] {
  if (subprotocol !== undefined) return subprotocol === "none" ? [] : [subprotocol, REFUSE_SUBPROTOCOL];
  return schema === undefined || schema.versions.length === 0
    ? []
    : offeredSubprotocols({ name: schema.layout.name, versions: schema.versions });
}

function helloOf({ joinOptions }: InspectRequest, schema: LoadedSchema | undefined): Uint8Array {
  return encodeHello({
    version: schema?.layout.version ?? 0,
    engineHash: PROTOCOL_HASH,
    gameHash: schema?.versions[0]?.hash ?? 0,
    options: encodeFreeForm(joinOptions),
  });
}

function textOf(end: SessionEnd, { url, schema }: InspectRequest): string {
  switch (end.kind) {
    case "stopped":
      return "ended";
    case "closed": {
      const advice = schema === undefined ? "\n   name the game's schema with --schema FILE.wire to join" : "";
      return `the server closed the connection: ${end.code} ${end.reason}${end.code === 1000 ? "" : advice}`;
    }
    case "refused":
      return `the server was not understood: ${end.code} ${end.reason}`;
    case "failed":
      return `${url} cannot be inspected: ${end.reason}\n   ${adviceFor(end.reason)}`;
  }
}

function adviceFor(reason: string): string {
  if (reason.includes("ECONNREFUSED")) return "nothing listens there: is the server running, and is this its port?";
  if (reason.includes("subprotocol")) return "write --subprotocol none for a server that knows no subprotocols";
  if (reason.includes("response: 404")) return "there is no WebSocket at this path: Tickwire's is at /ws";
  return "check the address";
}
