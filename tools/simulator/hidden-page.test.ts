import { Rng } from "#engine/shared";
import { expect, test } from "vitest";
import { arenaRules, type ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { Lane } from "../../shared/engine/transport/lane.ts";
import { steer } from "../bots/bot-brain.ts";
import { BulkLoad } from "./engine/bulk-load.ts";
import { linkNamed } from "./engine/link-conditions.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";
import type { SimulatedPlayer } from "./engine/simulated-player.ts";
import { SnapshotLog } from "./snapshot-log.ts";

const HIDE_MS = 5_000;
const SHOW_MS = 15_000;
const TICK_MS = 1_000 / arenaRules.tickRate;
/** The word goes up with a frame and is read in a tick; what was written until then still arrives. */
const STOP_MS = 1_000 / 60 + TICK_MS + 50;

/** A player whose page is hidden for ten seconds, with bulk on its way all the time. */
class HiddenPage {
  readonly log = new SnapshotLog();
  readonly session = new SimulatedSession<ArenaRulesTypes>({
    game: arenaRules,
    seed: 3,
    link: linkNamed("8M/50")!,
    playersMax: 1,
    watchers: [this.log],
  });
  readonly player: SimulatedPlayer<ArenaRulesTypes>;
  private readonly bulk = new BulkLoad(this.session.network, 4_000_000);

  constructor() {
    const rng = new Rng(3);
    this.player = this.session.join({
      joinOptions: { name: "Vega" },
      readInput: (client) => steer(client.world, client.playerId ?? 0, client.tick, rng),
      receiveBulk: (offer) => this.bulk.receive(offer),
    });
  }

  get bulkBytes(): number {
    return this.player.serverConnections[0]!.counters.laneSentBytes[Lane.STREAM]!;
  }

  runTo(atMs: number): void {
    const { network, room } = this.session;
    for (let nowMs = network.nowMs; nowMs < atMs; nowMs += 1) {
      this.session.advanceTo(nowMs + 1);
      if (nowMs > 1_000) this.bulk.keepUp((source) => room.sendBulk(0, source));
    }
  }
}

/** Where everything is that a client holds, by kind. */
function placesIn({ ships, asteroids, shots }: ArenaWorld): string[] {
  return [ships, asteroids, shots].flatMap((table, kind) =>
    [...table.slots()].map((slot) => `${kind} ${table.columns.x[slot]!} ${table.columns.y[slot]!}`),
  );
}

test("a hidden page stops bulk within a round trip, a frame and a tick, and gets a snapshot a second", () => {
  const page = new HiddenPage();
  page.runTo(HIDE_MS);
  page.player.client.setHidden(true);
  page.runTo(HIDE_MS + STOP_MS);
  const { bulkBytes } = page;
  const written = page.log.writtenAtMs.length;
  page.runTo(SHOW_MS);

  expect(bulkBytes).toBeGreaterThan(2_000_000);
  expect(page.bulkBytes).toBe(bulkBytes);
  expect(page.log.writtenAtMs.length - written).toBe(10);
  expect(page.player.client.status).toEqual({ phase: "connected" });
});

test("shown again, the first snapshot brings the view up to date, and bulk goes on", () => {
  const page = new HiddenPage();
  const { client } = page.player;
  page.runTo(HIDE_MS);
  client.setHidden(true);
  page.runTo(SHOW_MS);
  client.setHidden(false);
  const { writtenAtMs, delivered } = page.log;
  const before = writtenAtMs.length;
  while (writtenAtMs.length === before) page.runTo(page.session.network.nowMs + 1);
  // Snapshots are written in the tick that they are of.
  const tick = page.session.room.tick;
  const places = new Set(placesIn(page.session.room.world));
  while (client.tick !== tick) page.runTo(page.session.network.nowMs + 1);

  expect(delivered.length).toBe(before + 1);
  expect(page.session.network.nowMs - SHOW_MS).toBeLessThan(STOP_MS + 30);
  expect(placesIn(client.world).length).toBeGreaterThan(5);
  expect(placesIn(client.world).filter((place) => !places.has(place))).toEqual([]);

  const { bulkBytes } = page;
  page.runTo(SHOW_MS + 2_000);
  expect(page.bulkBytes - bulkBytes).toBeGreaterThan(1_000_000);
});
