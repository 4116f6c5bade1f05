import type { RpcLayout } from "../layout.ts";
import * as naming from "../naming.ts";
import type { Printer } from "./printer.ts";

/** Prints what the engine needs to ask an rpc's question, and to know its answer. */
export function emitRpc(printer: Printer, { name, doc, requestType, replyType, request, reply }: RpcLayout): void {
  const type = `Rpc<${requestType.name}, ${replyType.name}>`;
  printer.line();
  printer.doc([...(doc === "" ? [] : [doc]), "For `request` of a client and of an outbox."].join("\n"));
  if (printer.dialect === "dts") {
    printer.line(`export declare const ${name}: ${type};`);
    return;
  }
  const body = (): void => {
    printer.line(`name: ${JSON.stringify(name)},`);
    printer.line(`resultOpcode: ${naming.opcodeOf(reply.name)},`);
    printer.line(`encodeCall: ${naming.encodeOf(request.name)},`);
    printer.line(`decodeResult: ${naming.decodeOf(reply.name)},`);
  };
  printer.block(`export const ${name}${printer.dialect === "js" ? "" : `: ${type}`} =`, body, ";");
}
