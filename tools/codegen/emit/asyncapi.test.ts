import { Parser } from "@asyncapi/parser";
import { expect, test, vi } from "vitest";
import { Rng } from "../../../shared/engine/time/rng.ts";
import { load } from "../load.ts";
import { decodeOf, encodeOf } from "../naming.ts";
import { freshCodecs, layoutOf } from "../outputs/fresh-codecs.ts";
import { randomRecord } from "../outputs/random-value.ts";
import { emitAsyncApi } from "./asyncapi.ts";

// AsyncAPI's parser takes seconds a document on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const loadModule = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

const OUTPUTS = "tools/codegen/golden/outputs.wire";

interface Document {
  channels?: Record<string, ChannelObject>;
  operations: Record<string, { action: string; reply?: { messages: { $ref: string }[] } }>;
  components: { messages: Record<string, { payload: unknown }>; schemas: Record<string, unknown> };
}

interface ChannelObject {
  readonly description: string;
  readonly messages: Readonly<Record<string, unknown>>;
  readonly bindings: { readonly ws: { readonly headers?: object } };
  readonly "x-frame-lanes": object;
}

function documentOf(path: string): Document {
  return JSON.parse(emitAsyncApi(layoutOf(path))) as Document;
}

/** What AsyncAPI's own parser says of a document. */
async function complaintsOf(document: object): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  return diagnostics.map(({ message, path }) => `${path.join(".")}: ${message}`);
}

/** A value as JSON has it: bytes in base64, numbers of 64 bits as digits. */
function jsonOf(value: unknown): unknown {
  const say = (_: string, inner: unknown): unknown => {
    if (typeof inner === "bigint") return String(inner);
    return inner instanceof Uint8Array ? Buffer.from(inner).toString("base64") : inner;
  };
  return JSON.parse(JSON.stringify(value, say));
}

/** Values as the printed decoders give them, `count` of each message. */
async function decodedValues(count: number): Promise<Record<string, unknown[]>> {
  const random = new Rng(3);
  const { layout, module } = await freshCodecs(OUTPUTS, loadModule);
  const codecs = module as Readonly<Record<string, (value: unknown) => unknown>>;
  return Object.fromEntries(
    layout.messages.map((message) => [
      message.name,
      Array.from({ length: count }, () => {
        const bytes = codecs[encodeOf(message.name)]!(randomRecord(message, () => random.next()));
        return codecs[decodeOf(message.name)]!(bytes);
      }),
    ]),
  );
}

test("every kind of record prints exactly the golden document", async () => {
  await expect(emitAsyncApi(layoutOf(OUTPUTS))).toMatchFileSnapshot("../golden/outputs.asyncapi.json");
});

test.each([OUTPUTS, "shared/schema/arena.wire", "shared/schema/engine.wire"])(
  "%s is a document that AsyncAPI's parser has nothing to say of",
  async (path) => {
    expect(await complaintsOf(documentOf(path))).toEqual([]);
  },
);

test("20 decoded values of each message fit the schemas of their payloads, and a wrong one does not", async () => {
  const { components } = documentOf(OUTPUTS);
  const examples = Object.fromEntries(
    Object.entries(await decodedValues(20)).map(([name, values]) => [name, values.map((value) => jsonOf(value))]),
  );

  expect(await complaintsOfExamples(components, examples)).toEqual([]);
  (examples.ChatSay![0] as { flags: number }).flags = 8;
  expect(await complaintsOfExamples(components, examples)).toEqual([expect.stringContaining('"flags" property must')]);
});

/** The parser compares examples with payloads in documents of version 2 only: the same schemas in one of those. */
async function complaintsOfExamples(
  { messages, schemas }: Document["components"],
  examples: Readonly<Record<string, readonly unknown[]>>,
): Promise<string[]> {
  const withExamples = Object.entries(messages).map(([name, { payload }]) => {
    return [name, { payload, examples: examples[name]!.map((value) => ({ payload: value })) }] as const;
  });
  const complaints = await complaintsOf({
    asyncapi: "2.6.0",
    info: { title: "examples", version: "1" },
    channels: {},
    components: { schemas, messages: Object.fromEntries(withExamples) },
  });
  return complaints.filter((complaint) => complaint.includes("examples"));
}

test("messages without a sender stand in both channels, and a request names its reply", () => {
  const { channels, operations } = documentOf(OUTPUTS);

  expect(Object.keys(channels!.fromClient!.messages)).toEqual(["ChatSay", "Everything", "Relayed", "AskCall"]);
  expect(Object.keys(channels!.fromServer!.messages)).toEqual([
    "Fixed",
    "Leaderboard",
    "Everything",
    "Relayed",
    "Addressed",
    "AskResult",
  ]);
  expect(operations.rpcAsk).toMatchObject({
    action: "receive",
    reply: { messages: [{ $ref: "#/channels/fromServer/messages/AskResult" }] },
  });
});

test("channels say that messages travel in frames, on lanes that a schema's lanes have as numbers", () => {
  const [game, engine] = ["shared/schema/arena.wire", "shared/schema/engine.wire"].map((path) => documentOf(path));
  const { fromClient: ofGame } = game!.channels!;
  const { fromClient: ofEngine } = engine!.channels!;

  expect(ofGame!.description).toContain("Binary WebSocket messages of the subprotocol arena.1. Each is a packet of up");
  expect(ofGame!.description).toContain("Opcodes below 32 are the engine's own messages, of both directions");
  expect(ofGame!["x-frame-lanes"]).toEqual({ control: 0, snapshot: 1, input: 1, event: 2, bulk: 3 });
  expect(ofGame!.bindings.ws.headers).toBeDefined();
  expect(ofEngine!.description).toContain("messages of every game's subprotocol. Each is a packet of up");
  expect(ofEngine!.description).toContain("The first message of each side travels in a frame of the handshake, lane 6");
  expect(ofEngine!.bindings.ws.headers).toBeUndefined();
});

test("the engine's messages without a sender stand in both directions, the others in their own", () => {
  const { fromClient, fromServer } = documentOf("shared/schema/engine.wire").channels!;
  const [sent, received] = [Object.keys(fromClient!.messages), Object.keys(fromServer!.messages)];
  const bulk = ["BulkOffer", "BulkAnswer", "BulkDone", "BulkEnd", "BulkStop"];

  expect(sent).toEqual(["Hello", "Resume", "Watching", ...bulk, "Inputs", "DesyncReport"]);
  expect(received).toEqual(["Welcome", "Resumed", ...bulk, "Snapshot"]);
});

test("a schema of structs alone is a document without channels", async () => {
  const { layout } = load("p.wire", () => "struct Row { u8 a; };");
  const document = JSON.parse(emitAsyncApi(layout!)) as Document;

  expect(document.channels).toEqual({});
  expect(Object.keys(document.components.schemas)).toEqual(["Row"]);
  expect(await complaintsOf(document)).toEqual([]);
});
