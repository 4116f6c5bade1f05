import type { Lane, MessageLayout, RpcLayout, SchemaLayout, Side } from "../layout.ts";
import { plainLine, plainText } from "../outputs/comment.ts";
import type { Json } from "../outputs/json-schema.ts";
import { enumSchema, recordSchema, unionSchema } from "../outputs/json-schema.ts";
import { protocolHash } from "../protocol-hash.ts";

/** Prints an AsyncAPI 3.1.0 document, as JSON. It speaks for the server: what a client sends, it receives. */
export function emitAsyncApi(layout: SchemaLayout): string {
  const document: Json = {
    asyncapi: "3.1.0",
    info: {
      title: layout.name,
      version: String(layout.version),
      description: plainText(layout.doc) || `What crosses the wire in ${layout.name}.`,
      "x-protocol-hash": protocolHash(layout),
    },
    defaultContentType: "application/octet-stream",
    channels: Object.fromEntries(CHANNELS.flatMap((channel) => channelEntry(layout, channel))),
    operations: Object.fromEntries([
      ...CHANNELS.flatMap((channel) => operationEntry(layout, channel)),
      ...layout.rpcs.map((rpc) => rpcEntry(rpc)),
    ]),
    components: {
      messages: Object.fromEntries(layout.messages.map((message) => [message.name, messageObject(message)])),
      schemas: Object.fromEntries([
        ...layout.enums.map((of) => [of.name, enumSchema(of)] as const),
        ...layout.unions.map((union) => [union.name, unionSchema(union)] as const),
        ...[...layout.structs, ...layout.messages].map(
          (record) => [record.name, { ...recordSchema(record), "x-kind": record.kind }] as const,
        ),
      ]),
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** A direction of the one WebSocket. */
interface Channel {
  readonly name: string;
  readonly from: Side;
  readonly title: string;
  readonly operation: string;
  readonly action: "receive" | "send";
}

const CHANNELS: readonly Channel[] = [
  {
    name: "fromClient",
    from: "client",
    title: "From client to server",
    operation: "receiveFromClient",
    action: "receive",
  },
  { name: "fromServer", from: "server", title: "From server to client", operation: "sendToClient", action: "send" },
];

/** The messages of a direction; those without `from` travel in both. */
function messagesOf({ messages }: SchemaLayout, side: Side): readonly MessageLayout[] {
  return messages.filter(({ from }) => from === undefined || from === side);
}

/** What the protocol of the engine itself is called: its messages travel under every game's name. */
const ENGINE_NAME = "tickwire";
/** By the lane that a schema names: the number of the lane that frames travel on. */
const FRAME_LANES: Readonly<Record<Lane, number>> = { control: 0, snapshot: 1, input: 1, event: 2, bulk: 3 };

function channelEntry(layout: SchemaLayout, { name, from, title }: Channel): [string, Json][] {
  const messages = messagesOf(layout, from);
  if (messages.length === 0) return [];
  const channel = {
    address: null,
    title,
    description: `${packetsText(layout)} ${FRAMES_TEXT} ${strangersText(layout)}`,
    "x-frame-lanes": FRAME_LANES,
    messages: Object.fromEntries(
      messages.map((message) => [message.name, { $ref: `#/components/messages/${message.name}` }]),
    ),
    bindings: { ws: { method: "GET", headers: headersOf(layout), bindingVersion: "0.1.0" } },
  };
  return [[name, channel]];
}

const FRAMES_TEXT =
  "Each is a packet of up to 16,384 bytes: frames one behind the other. A frame acknowledges what has arrived, or " +
  "carries a message, an opcode in front of it, or a part of one, on a lane: x-lane names it, and x-frame-lanes says " +
  "its number in the frame's first byte. Parts are put together by lane.";

function packetsText(layout: SchemaLayout): string {
  const of = layout.name === ENGINE_NAME ? "every game's subprotocol" : `the subprotocol ${subprotocolOf(layout)}`;
  return `Binary WebSocket messages of ${of}.`;
}

/** What travels there besides. */
function strangersText({ name }: SchemaLayout): string {
  return name === ENGINE_NAME
    ? "The first message of each side travels in a frame of the handshake, lane 6; opcodes from 32 are the game's."
    : "Opcodes below 32 are the engine's own messages, of both directions: its schema has a document of its own.";
}

function headersOf(layout: SchemaLayout): Json | undefined {
  if (layout.name === ENGINE_NAME) return undefined;
  const subprotocol = { type: "string", const: subprotocolOf(layout) };
  return { type: "object", properties: { "Sec-WebSocket-Protocol": subprotocol } };
}

function subprotocolOf({ name, version }: SchemaLayout): string {
  return `${name}.${version}`;
}

function operationEntry(layout: SchemaLayout, channel: Channel): [string, Json][] {
  const messages = messagesOf(layout, channel.from).filter(({ rpc }) => rpc === undefined);
  if (messages.length === 0) return [];
  const operation = {
    action: channel.action,
    title: channel.title,
    channel: { $ref: `#/channels/${channel.name}` },
    messages: messages.map((message) => channelMessage(channel, message)),
  };
  return [[channel.operation, operation]];
}

function rpcEntry({ name, doc, request, reply }: RpcLayout): [string, Json] {
  const asks = CHANNELS.find(({ from }) => request.from === undefined || from === request.from)!;
  const answers = CHANNELS.find(({ from }) => from !== asks.from)!;
  const operation = {
    action: asks.action,
    title: name,
    description: plainText(doc) || undefined,
    channel: { $ref: `#/channels/${asks.name}` },
    messages: [channelMessage(asks, request)],
    reply: { channel: { $ref: `#/channels/${answers.name}` }, messages: [channelMessage(answers, reply)] },
  };
  return [`rpc${name}`, operation];
}

function channelMessage({ name }: Channel, message: MessageLayout): Json {
  return { $ref: `#/channels/${name}/messages/${message.name}` };
}

function messageObject({ name, doc, opcode, lane, from, bytesMin, bytesMax, since, rpc }: MessageLayout): Json {
  return {
    name,
    title: name,
    summary: plainLine(doc) || undefined,
    contentType: "application/octet-stream",
    payload: { $ref: `#/components/schemas/${name}` },
    "x-opcode": opcode,
    "x-lane": lane,
    "x-from": from ?? "both",
    "x-bytes-min": bytesMin,
    "x-bytes-max": bytesMax,
    "x-since": since > 1 ? since : undefined,
    "x-rpc": rpc,
  };
}
