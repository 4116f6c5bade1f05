import type { MessageLayout, Side } from "../layout.ts";
import * as naming from "../naming.ts";
import { PEER_VERSION } from "./decode.ts";
import type { Printer } from "./printer.ts";
import { emitVariants } from "./union.ts";

/** Prints the union of what a side may send, and the function that tells its messages apart. */
export function emitDispatcher(printer: Printer, side: Side, all: readonly MessageLayout[]): void {
  const messages = all.filter(({ from }) => from === undefined || from === side);
  const union = side === "client" ? "ClientMessage" : "ServerMessage";
  printer.types(() => {
    printer.line();
    printer.line(`/** What a ${side} may send. */`);
    emitVariants(
      printer,
      union,
      messages.map(({ name }) => `{ readonly type: "${name}"; readonly value: ${name} }`),
    );
  });
  const isNever = messages.length === 0;
  const signature = {
    name: `decode${union}`,
    parameters: [{ name: isNever ? "_bytes" : "bytes", type: "Uint8Array" }, ...(isNever ? [] : [PEER_VERSION])],
    returns: `${union} | undefined`,
  };
  printer.exportedFunction(signature, `The message of a ${side} in \`bytes\`, or undefined when they are none.`, () => {
    if (isNever) printer.line("return undefined;");
    else emitSwitch(printer, messages);
  });
}

function emitSwitch(printer: Printer, messages: readonly MessageLayout[]): void {
  printer.block("switch (bytes[0])", () => {
    for (const { name } of messages) {
      printer.block(`case ${naming.opcodeOf(name)}:`, () => {
        printer.line(`const value = ${naming.decodeOf(name)}(bytes, 0, peerVersion);`);
        printer.line(`return value === undefined ? undefined : { type: "${name}", value };`);
      });
    }
    printer.line("default:");
    printer.indented(() => {
      printer.line("return undefined;");
    });
  });
}
