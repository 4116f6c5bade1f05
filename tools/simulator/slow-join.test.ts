import { expect, test } from "vitest";
import { arenaRules, type ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { THRUST } from "./arena-session.ts";
import { distributionOf } from "./engine/distribution.ts";
import { linkNamed } from "./engine/link-conditions.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";
import { SnapshotLog } from "./snapshot-log.ts";

/** What was on its way with the terrain's last bytes has arrived. */
const CALM_MS = 200;
const IDLE_MS = 5_000;

/** When a player's own ship is first seen to move, when the terrain is whole, and how late snapshots are, by seed. */
function joinOver(linkName: string, seed: number) {
  const log = new SnapshotLog();
  const link = linkNamed(linkName)!;
  const session = new SimulatedSession<ArenaRulesTypes>({
    game: arenaRules,
    seed,
    link,
    playersMax: 1,
    watchers: [log],
  });
  const mirror = new TerrainMirror();
  const { client } = session.join({
    joinOptions: { name: "Ada" },
    readInput: () => THRUST,
    receiveBulk: mirror.receiveBulk,
  });
  let playsMs: number | undefined;
  while (mirror.outcome === "arriving") {
    session.advanceTo(session.network.nowMs + 5);
    const { vx, vy } = client.world.ships.columns;
    if (vx[0] !== 0 || vy[0] !== 0) playsMs ??= session.network.nowMs;
  }
  const terrainMs = session.network.nowMs;
  session.advanceTo(terrainMs + CALM_MS + IDLE_MS);
  const p99Of = (fromMs: number, untilMs: number): number => {
    const meant = log.delivered.filter(({ writtenAtMs }) => writtenAtMs >= fromMs && writtenAtMs < untilMs);
    return distributionOf(meant.map(({ writtenAtMs, deliveredAtMs }) => deliveredAtMs - writtenAtMs)).p99!;
  };
  const addedMs = p99Of(0, terrainMs) - p99Of(terrainMs + CALM_MS, Infinity);
  return { playsMs: playsMs!, terrainMs, addedMs, outcome: mirror.outcome };
}

test("over 1 Mbit/s and 50 ms a ship moves within 3 s, while the terrain streams on for 5 more; that adds 15 ms at most to the p99 of snapshots", () => {
  const joins = [1, 2, 3, 4, 5].map((seed) => joinOver("1M/50", seed));

  const figures = JSON.stringify(joins);
  for (const { playsMs, terrainMs, outcome } of joins) {
    expect(outcome).toBe("done");
    expect(playsMs, figures).toBeLessThan(3_000);
    expect(terrainMs, figures).toBeGreaterThan(playsMs + 5_000);
  }
  const added = joins.map(({ addedMs }) => addedMs).sort((a, b) => a - b);
  expect(added[2], figures).toBeLessThanOrEqual(15);
});
