import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GameClient } from "#engine/client";
import { Room } from "#engine/server";
import {
  CloseCode,
  type GameDefinition,
  type Outbox,
  type Protocol,
  type RequestOutcome,
  type Rpc,
  type RpcRefusal,
} from "#engine/shared";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { compile } from "../codegen/compile.ts";
import { seededBytes } from "./engine/seeded-bytes.ts";
import { type LinkPair, VirtualNetwork } from "./engine/virtual-network.ts";
import { packetWith } from "./packets.ts";

const SCHEMA = `protocol shop 1;
struct Step [[input]] { i8 dx; };
struct Order { u8 amount; };
struct Receipt { u32 paid; };
rpc Buy(Order) returns (Receipt) [[from(client)]];
struct Offer { u16 price; };
struct Choice { bool isTaken; };
rpc Trade(Offer) returns (Choice) [[from(server)]];`;

interface Order {
  readonly amount: number;
}
interface Receipt {
  readonly paid: number;
}
interface Choice {
  readonly isTaken: boolean;
}
type Outcome<Reply> =
  { readonly type: "reply"; readonly value: Reply } | { readonly type: "refusal"; readonly value: RpcRefusal };

interface ClientMessage {
  readonly type: "BuyCall";
  readonly value: { readonly id: number; readonly request: Order };
}
interface ServerMessage {
  readonly type: "TradeCall";
  readonly value: { readonly id: number; readonly request: { readonly price: number } };
}

interface ShopTypes {
  World: { outbox: Outbox | undefined };
  Input: { dx: number };
  ClientMessage: ClientMessage;
  ServerMessage: ServerMessage;
}

/** The printed module. */
interface ShopModule {
  readonly PROTOCOL: Protocol<ShopTypes["Input"], ClientMessage, ServerMessage>;
  readonly Buy: Rpc<Order, Receipt>;
  readonly Trade: Rpc<{ readonly price: number }, Choice>;
  readonly BUY_RESULT_OPCODE: number;
  readonly encodeBuyResult: (value: { id: number; outcome: Outcome<Receipt> }) => Uint8Array;
  readonly encodeTradeResult: (value: { id: number; outcome: Outcome<Choice> }) => Uint8Array;
}

const STOCK = 10;
const RUNTIME = join(import.meta.dirname, "../../shared/engine/wire/index.ts");

async function compiled(): Promise<ShopModule> {
  const { text, diagnostics } = compile({ path: "shop.wire", text: SCHEMA }, { runtime: RUNTIME });
  expect(diagnostics).toEqual([]);
  const path = join(mkdtempSync(join(tmpdir(), "tickwire-requests-")), "shop.ts");
  writeFileSync(path, text!);
  return (await import(/* @vite-ignore */ path)) as ShopModule;
}

/** Sells up to ten for 3 each; more than ten is refused, and 99 is never answered. */
function shopGame(shop: ShopModule): GameDefinition<ShopTypes> {
  return {
    protocol: shop.PROTOCOL,
    tickRate: 30,
    createWorld: () => ({ outbox: undefined }),
    tables: () => [],
    addPlayer: () => undefined,
    removePlayer: () => undefined,
    step(world, _inputs, outbox) {
      world.outbox = outbox;
    },
    interest: { radius: 1, viewpoint: () => undefined, isVisible: () => true },
    onMessage(_world, playerId, { value: { id, request } }, outbox) {
      if (request.amount === 99) return;
      const outcome: Outcome<Receipt> =
        request.amount > STOCK
          ? { type: "refusal", value: { code: 2, text: "sold out" } }
          : { type: "reply", value: { paid: 3 * request.amount } };
      outbox.toPlayer(playerId, shop.encodeBuyResult({ id, outcome }));
    },
  };
}

/** A client in a shop; `run` lets both sides play on for so many ticks. */
async function openShop() {
  const shop = await compiled();
  const game = shopGame(shop);
  const room = new Room<ShopTypes>({
    game,
    seed: 1,
    playersMax: 4,
    ticksPerSnapshot: 1,
    metadata: {},
    randomBytes: seededBytes(1),
  });
  const client = new GameClient<ShopTypes>({ game, joinOptions: {}, readInput: () => ({ dx: 0 }), random: () => 0.5 });
  const network = new VirtualNetwork();
  const links: LinkPair[] = [];
  client.connect(() => {
    const link = network.createLinks(0);
    links.push(link);
    room.accept(new Connection(link.server));
    return link.client;
  });
  const run = (ticks: number): void => {
    for (let i = 0; i < ticks; i++) {
      network.advanceTo(network.nowMs + 17);
      room.advanceTick(network.nowMs);
      network.advanceTo(network.nowMs + 17);
      client.advance(network.nowMs);
    }
  };
  run(4);
  expect(client.status.phase).toBe("connected");
  return { shop, room, client, links, run };
}

test("two requests are answered, one with a reply and one with a refusal, and no message of theirs is left over", async () => {
  const { shop, client, run } = await openShop();
  const [bought, refused] = [client.request(shop.Buy, { amount: 4 }), client.request(shop.Buy, { amount: 11 })];
  run(2);

  expect(await bought).toEqual({ type: "reply", value: { paid: 12 } });
  expect(await refused).toEqual({ type: "refusal", value: { code: 2, text: "sold out" } });
  expect(client.takeMessages()).toEqual([]);
});

test("a request that nobody answers times out after 5 s; the next one is answered", async () => {
  const { shop, client, run } = await openShop();
  let outcome: RequestOutcome<Receipt> | undefined;
  void client.request(shop.Buy, { amount: 99 }).then((settled) => (outcome = settled));
  run(140);
  await Promise.resolve();
  expect(outcome).toBeUndefined();
  run(10);
  await Promise.resolve();
  expect(outcome).toEqual({ type: "timeout" });

  const next = client.request(shop.Buy, { amount: 1 });
  run(2);
  expect(await next).toEqual({ type: "reply", value: { paid: 3 } });
});

test("requests end with the connection, and none is made behind it", async () => {
  const { shop, client, run } = await openShop();
  const waiting = client.request(shop.Buy, { amount: 99 });
  run(2);
  client.close();

  expect(await waiting).toEqual({ type: "closed" });
  expect(await client.request(shop.Buy, { amount: 1 })).toEqual({ type: "closed" });
});

test("a request waits through a lost connection: it is answered over the next one, and its 5 s go on", async () => {
  const { shop, client, links, run } = await openShop();
  const outcomes: unknown[] = [];
  for (const amount of [4, 99]) void client.request(shop.Buy, { amount }).then((outcome) => outcomes.push(outcome));
  links[0]!.client.cut();
  run(2);
  expect(client.status.phase).toBe("reconnecting");
  void client.request(shop.Buy, { amount: 5 }).then((outcome) => outcomes.push(outcome));
  run(6);
  await Promise.resolve();
  expect(client.status.phase).toBe("connected");
  expect(links).toHaveLength(2);
  expect(outcomes).toEqual([
    { type: "reply", value: { paid: 12 } },
    { type: "reply", value: { paid: 15 } },
  ]);

  run(132);
  await Promise.resolve();
  expect(outcomes).toHaveLength(2);
  run(10);
  await Promise.resolve();
  expect(outcomes[2]).toEqual({ type: "timeout" });
});

test("a request ends as closed with a session that cannot go on", async () => {
  const { shop, client, links, room, run } = await openShop();
  const waiting = client.request(shop.Buy, { amount: 99 });
  links[0]!.client.cut();
  room.close("over");
  run(10);

  expect(client.status).toMatchObject({ phase: "lost", code: CloseCode.GOING_AWAY });
  expect(await waiting).toEqual({ type: "closed" });
});

test("an answer whose bytes are none ends the connection, with a text", async () => {
  const { shop, client, links, run } = await openShop();
  void client.request(shop.Buy, { amount: 99 });
  run(1);
  links[0]!.server.send(packetWith(Uint8Array.of(shop.BUY_RESULT_OPCODE, 0)));
  run(1);

  expect(client.status).toMatchObject({ phase: "lost", code: CloseCode.BAD_MESSAGE });
});

test("the room asks a client too: it is answered, times out after 150 ticks, or ends with the player", async () => {
  const { shop, room, client, run } = await openShop();
  const settled: unknown[] = [];
  const ask = (price: number): void => {
    room.world.outbox!.request(0, shop.Trade, { price }, (outcome) => settled.push(outcome));
  };
  ask(7);
  run(1);
  const [call] = client.takeMessages();
  expect(call).toEqual({ type: "TradeCall", value: { id: 0, request: { price: 7 } } });
  client.send(shop.encodeTradeResult({ id: 0, outcome: { type: "reply", value: { isTaken: true } } }));
  run(2);
  expect(settled).toEqual([{ type: "reply", value: { isTaken: true } }]);

  ask(8);
  run(149);
  expect(settled).toHaveLength(1);
  run(3);
  expect(settled[1]).toEqual({ type: "timeout" });

  ask(9);
  client.close();
  run(2);
  expect(settled[2]).toEqual({ type: "closed" });
  ask(10);
  expect(settled[3]).toEqual({ type: "closed" });
});
