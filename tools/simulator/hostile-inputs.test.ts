import { expect, test } from "vitest";
import { Room } from "#engine/server";
import type { GameDefinition, PlayerInput } from "#engine/shared";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { encodeHello, encodeInputs, PROTOCOL_HASH } from "../../shared/schema/generated/engine.ts";
import { seededBytes } from "./engine/seeded-bytes.ts";
import { VirtualNetwork } from "./engine/virtual-network.ts";
import { numberedGame, type NumberedTypes } from "./numbered-game.ts";
import { packetWith } from "./packets.ts";

const TICK_MS = 1_000 / 30;

/** A room in tick 100, and a client that says what a test wants. */
function roomWithClient() {
  const applied: (PlayerInput<number> & { readonly tick: number })[] = [];
  let tick = 0;
  const numbered = numberedGame();
  const game: GameDefinition<NumberedTypes> = {
    ...numbered,
    step: (_world, inputs) => {
      for (const input of inputs) applied.push({ tick, ...input });
    },
  };
  const network = new VirtualNetwork(1);
  const randomBytes = seededBytes(1);
  const room = new Room({ game, seed: 1, playersMax: 2, ticksPerSnapshot: 1, metadata: {}, randomBytes });
  const { client, server } = network.createLinks(0);
  const closes: number[] = [];
  client.listen({
    onOpen: () => undefined,
    onPacket: () => undefined,
    onTurn: () => undefined,
    onClose: (code) => closes.push(code),
  });
  room.accept(new Connection(server));
  const runTicks = (ticks: number): void => {
    for (let i = 0; i < ticks; i++) {
      tick += 1;
      network.advanceTo(tick * TICK_MS);
      room.advanceTick(network.nowMs);
    }
  };
  const { hash: gameHash, version } = game.protocol;
  runTicks(98);
  client.send(packetWith(encodeHello({ version, engineHash: PROTOCOL_HASH, gameHash, options: encodeFreeForm({}) })));
  runTicks(2);
  return {
    room,
    applied,
    closes,
    runTicks,
    /** The input `value` for a tick, from who saw the others so many steps of 2 ms ago. */
    say: (forTick: number, value: number, viewAge = 0) => {
      const inputs = Uint8Array.of(value & 255, value >> 8);
      client.send(packetWith(encodeInputs({ tick: forTick & 0xffff, viewAge, inputs })));
    },
  };
}

test.each([
  [0, 101],
  [50, 98],
  [200, 89],
  [201, 89],
  [255, 89],
])(
  "who claims to have seen the others %i steps of 2 ms ago is taken back to tick %f of 101: 400 ms at most",
  (viewAge, sawTick) => {
    const { applied, say, runTicks } = roomWithClient();
    say(101, 7, viewAge);

    runTicks(1);

    expect(applied).toMatchObject([{ tick: 101, input: 7 }]);
    expect(applied[0]!.sawTick).toBeCloseTo(sawTick, 9);
  },
);

test.each([
  ["2 s and a tick ahead, 161, is not kept, and counts now and for half a second", 161, 0, 15, { early: 1, late: 0 }],
  ["2 s ahead, 160, counts in its tick", 160, 1, 0, { early: 0, late: 0 }],
  ["32,000 ticks ahead is not kept, and counts now and for half a second", 32_101, 0, 15, { early: 1, late: 0 }],
])("an input that is %s", (_, forTick, count, countBefore, report) => {
  const { room, applied, say, runTicks, closes } = roomWithClient();
  say(forTick, 7);

  runTicks(61);

  expect(applied.filter(({ tick }) => tick === forTick).length).toBe(count);
  expect(applied.filter(({ tick }) => tick < forTick).length).toBe(countBefore);
  expect(room.inputReportOf(0)).toMatchObject(report);
  expect(closes).toEqual([]);
});

test("an input for a tick of long ago counts in the present one, once, and is late; the next may not go back", () => {
  const { room, applied, say, runTicks, closes } = roomWithClient();
  say(3, 7);
  runTicks(1);
  expect(applied).toMatchObject([{ tick: 101, input: 7 }]);
  expect(room.inputReportOf(0)).toMatchObject({ received: 1, late: 1 });

  say(2, 8);
  runTicks(2);

  expect(applied.some(({ input }) => input === 8)).toBe(false);
  expect(closes).toHaveLength(1);
});

test("one who floods the ticks ahead, 200 of them in a tick, has 60 kept, and in each tick its own", () => {
  const { room, applied, say, runTicks, closes } = roomWithClient();
  for (let i = 0; i < 200; i++) say(101 + i, 1_000 + i);

  runTicks(60);

  expect(applied.map(({ tick, input }) => input - tick)).toEqual(Array<number>(60).fill(899));
  expect(room.inputReportOf(0)).toMatchObject({ received: 200, early: 140, missing: 0 });
  expect(closes).toEqual([]);
});
