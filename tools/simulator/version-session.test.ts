import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GameClient } from "#engine/client";
import { Room } from "#engine/server";
import { CloseCode, type EntityCodec, EntityTable, type GameDefinition, type Protocol } from "#engine/shared";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { compile } from "../codegen/compile.ts";
import { seededBytes } from "./engine/seeded-bytes.ts";
import { VirtualNetwork } from "./engine/virtual-network.ts";

const COMMON = `struct Move [[input]] { i8 dx; };`;

const VERSIONS = {
  1: `protocol relay 1; ${COMMON}
    entity Dot { u16 owner; f32 x, y [[quantize(0, 256, 1/4)]]; };
    message Say [[lane(event), from(client)]] { u8 word; };
    message Said [[lane(event), from(server)]] { u8 word; };`,
  2: `protocol relay 2 [[since(1)]]; ${COMMON}
    entity Dot { u16 owner; f32 x, y [[quantize(0, 256, 1/4)]]; u8 colour [[since(2)]]; };
    message Say [[lane(event), from(client)]] { u8 word; u8 tone [[since(2)]]; };
    message Said [[lane(event), from(server)]] { u8 word; u8 tone [[since(2)]]; };
    message Wave [[lane(event), from(server), since(2)]] { u8 hand; };`,
  /** Calls itself 1 and is another. */
  forged: `protocol relay 1; ${COMMON}
    entity Dot { u16 owner; f32 x, y [[quantize(0, 512, 1/4)]]; };
    message Say [[lane(event), from(client)]] { u8 word; };
    message Said [[lane(event), from(server)]] { u8 word; };`,
} as const;

interface DotColumns {
  readonly owner: Uint16Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly colour?: Uint8Array;
}

interface Words {
  readonly word: number;
  readonly tone?: number;
}

interface Heard {
  readonly type: string;
  readonly value: Words;
}

interface RelayTypes {
  World: { readonly dots: EntityTable<DotColumns>; readonly said: Words[] };
  Input: { dx: number };
  ClientMessage: Heard;
  ServerMessage: Heard;
}

/** The printed module of a version of the schema. */
interface RelayModule {
  readonly PROTOCOL: Protocol<RelayTypes["Input"], Heard, Heard>;
  readonly Dot: EntityCodec<DotColumns>;
  readonly encodeSay: (value: Words) => Uint8Array;
  readonly encodeSaid: (value: Words) => Uint8Array;
  readonly encodeWave?: (value: { hand: number }) => Uint8Array;
}

const RUNTIME = join(import.meta.dirname, "../../shared/engine/wire/index.ts");
const folder = mkdtempSync(join(tmpdir(), "tickwire-versions-"));

async function moduleOf(version: keyof typeof VERSIONS): Promise<RelayModule> {
  const { text, diagnostics } = compile({ path: "relay.wire", text: VERSIONS[version] }, { runtime: RUNTIME });
  expect(diagnostics).toEqual([]);
  const path = join(folder, `relay-${version}.ts`);
  writeFileSync(path, text!);
  return (await import(/* @vite-ignore */ path)) as RelayModule;
}

/** Every player has a dot at (10, 20) of colour 7; what one says is said to all, with a wave where there is one. */
function relayGame(relay: RelayModule): GameDefinition<RelayTypes> {
  return {
    protocol: relay.PROTOCOL,
    tickRate: 30,
    createWorld: () => ({ dots: new EntityTable(relay.Dot, 8), said: [] }),
    tables: ({ dots }) => [dots],
    addPlayer({ dots }, playerId) {
      const slot = dots.spawn()!;
      dots.columns.owner[slot] = playerId;
      dots.columns.x[slot] = 10;
      dots.columns.y[slot] = 20;
      if (dots.columns.colour !== undefined) dots.columns.colour[slot] = 7;
    },
    removePlayer: () => undefined,
    step: () => undefined,
    interest: { radius: 100, viewpoint: () => ({ x: 10, y: 20 }), isVisible: () => true },
    onMessage({ said }, _playerId, { value }, outbox) {
      said.push(value);
      outbox.toAll(relay.encodeSaid(value));
      if (relay.encodeWave !== undefined) outbox.toAll(relay.encodeWave({ hand: 1 }));
    },
  };
}

async function play(clientVersion: keyof typeof VERSIONS, serverVersion: keyof typeof VERSIONS) {
  const [theirs, ours] = [await moduleOf(clientVersion), await moduleOf(serverVersion)];
  const room = new Room<RelayTypes>({
    game: relayGame(ours),
    seed: 1,
    playersMax: 4,
    ticksPerSnapshot: 1,
    metadata: {},
    randomBytes: seededBytes(1),
  });
  const client = new GameClient<RelayTypes>({
    game: relayGame(theirs),
    joinOptions: {},
    readInput: () => ({ dx: 1 }),
    random: () => 0.5,
  });
  const network = new VirtualNetwork();
  const links = network.createLinks(0);
  room.accept(new Connection(links.server));
  client.connect(() => links.client);
  const run = (ticks: number): void => {
    for (let i = 0; i < ticks; i++) {
      network.advanceTo(network.nowMs + 17);
      room.advanceTick(network.nowMs);
      network.advanceTo(network.nowMs + 17);
      client.advance(network.nowMs);
    }
  };
  run(4);
  client.send(theirs.encodeSay({ word: 5, tone: 6 }));
  run(4);
  return { client, room, heard: client.takeMessages() };
}

test.each([
  { client: 1, server: 1, said: { word: 5 }, heard: ["Said"], tone: undefined, colour: undefined },
  { client: 1, server: 2, said: { word: 5, tone: 0 }, heard: ["Said"], tone: undefined, colour: undefined },
  { client: 2, server: 1, said: { word: 5 }, heard: ["Said"], tone: 0, colour: 0 },
  { client: 2, server: 2, said: { word: 5, tone: 6 }, heard: ["Said", "Wave"], tone: 6, colour: 7 },
] as const)(
  "a client of version $client and a server of version $server play together, and see what both know",
  async ({ client: clientVersion, server: serverVersion, ...expected }) => {
    const { client, room, heard } = await play(clientVersion, serverVersion);

    expect(client.status.phase).toBe("connected");
    expect(room.world.said).toEqual([expected.said]);
    expect(heard.map(({ type }) => type)).toEqual(expected.heard);
    expect(heard[0]?.value.tone).toBe(expected.tone);
    const { columns } = client.world.dots;
    expect([columns.x[0], columns.y[0], columns.colour?.[0]]).toEqual([10, 20, expected.colour]);
  },
);

test("a client that calls itself version 1 and is another is refused by a server of version 2, which knows better", async () => {
  const { client } = await play("forged", 2);

  expect(client.status).toMatchObject({ phase: "lost", code: CloseCode.PROTOCOL_MISMATCH });
});
