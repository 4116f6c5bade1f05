import { CloseCode, type CloseReason, type Protocol } from "#engine/shared";
import { decodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { schemaMismatch } from "../../shared/engine/transport/subprotocol.ts";
import {
  decodeClientMessage,
  decodeHello,
  decodeResume,
  PROTOCOL_HASH,
  type Resume,
  RESUME_OPCODE,
} from "../../shared/schema/generated/engine.ts";

/** The part of a protocol that a handshake asks for. */
type Handshaker = Pick<Protocol, "name" | "versions" | "decodeClientMessage">;

/** A Hello that may join, with what the player asked for; or why not. */
export type HelloResult = { readonly options: unknown; readonly version: number } | { readonly refusal: CloseReason };

/** The first message of a client whose session goes on; undefined for any other. */
export function readResume(message: Uint8Array): Resume | undefined {
  return message[0] === RESUME_OPCODE ? decodeResume(message) : undefined;
}

/** Judges the first message of a client that is new. */
export function readHello(message: Uint8Array, protocol: Handshaker): HelloResult {
  const hello = decodeHello(message);
  if (hello === undefined) return { refusal: notHello(message, protocol) };
  const refusal = schemaMismatch(hello, PROTOCOL_HASH, protocol);
  if (refusal !== undefined) return { refusal };
  const options = decodeFreeForm(hello.options);
  if (options === undefined) {
    const reason = "The join options are no msgpack value within the limits.";
    return { refusal: { code: CloseCode.BAD_MESSAGE, reason } };
  }
  return { options: options.value, version: hello.version };
}

function notHello(message: Uint8Array, protocol: Handshaker): CloseReason {
  const isMessage = decodeClientMessage(message) ?? protocol.decodeClientMessage(message);
  if (isMessage !== undefined) return { code: CloseCode.OUT_OF_ORDER, reason: "The first message must be Hello." };
  return { code: CloseCode.BAD_MESSAGE, reason: `These ${message.length} bytes are no Hello.` };
}
