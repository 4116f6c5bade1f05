import { expect, test } from "vitest";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { BulkLoad } from "./engine/bulk-load.ts";
import { linkNamed } from "./engine/link-conditions.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";
import { type DeliveredSnapshot, SnapshotLog } from "./snapshot-log.ts";

const DARK_MS = 2_000;
const BULK_BEGINS_MS = 500;
const BULK_LOOK_MS = 20;
/** How long a run is looked at once the link has returned. */
const AFTER_MS = 1_500;
/** When it goes dark: at ten places of a snapshot's period. */
const PHASES = Array.from({ length: 10 }, (_, at) => ({ seed: at + 1, darkAtMs: 4_000 + 10 * at }));

interface Outage {
  readonly snapshotHz: number;
  readonly hasBulk: boolean;
  readonly seed: number;
  readonly darkAtMs: number;
}

/** What one player is handed of a session whose link is dark for two seconds. */
function deliveredOver({ snapshotHz, hasBulk, seed, darkAtMs }: Outage): readonly DeliveredSnapshot[] {
  const log = new SnapshotLog();
  const session = new SimulatedSession({
    game: { ...arenaRules, tickRate: snapshotHz },
    seed,
    link: { ...linkNamed("outage")!, outages: [{ atMs: darkAtMs, lastsMs: DARK_MS }] },
    playersMax: 1,
    watchers: [log],
  });
  const bulk = new BulkLoad(session.network, 4_000_000);
  const { client } = session.join({
    joinOptions: { name: "Vega" },
    readInput: () => IDLE_INPUT,
    receiveBulk: (offer) => bulk.receive(offer),
  });
  for (let nowMs = 0; nowMs < darkAtMs + DARK_MS + AFTER_MS; nowMs += BULK_LOOK_MS) {
    session.advanceTo(nowMs);
    if (hasBulk && nowMs >= BULK_BEGINS_MS) bulk.keepUp((source) => session.room.sendBulk(0, source));
  }
  expect(client.status).toEqual({ phase: "connected" });
  return log.delivered;
}

const CASES = [
  { snapshotHz: 20, hasBulk: false, staleMax: 2, beside: "alone", lateMsMax: 30 },
  { snapshotHz: 30, hasBulk: false, staleMax: 3, beside: "alone", lateMsMax: 30 },
  { snapshotHz: 20, hasBulk: true, staleMax: 2, beside: "beside bulk", lateMsMax: 200 },
  { snapshotHz: 30, hasBulk: true, staleMax: 3, beside: "beside bulk", lateMsMax: 200 },
];

test.each(CASES)(
  "after 2 s in the dark, $snapshotHz snapshots a second $beside: at most $staleMax old ones, then new ones, each at most $lateMsMax ms late",
  ({ snapshotHz, hasBulk, staleMax, lateMsMax }) => {
    for (const phase of PHASES) {
      const delivered = deliveredOver({ snapshotHz, hasBulk, ...phase });
      const lightAtMs = phase.darkAtMs + DARK_MS;
      const behind = delivered.filter(({ deliveredAtMs }) => deliveredAtMs >= phase.darkAtMs);
      const staleCount = behind.filter(({ writtenAtMs }) => writtenAtMs < lightAtMs).length;
      const fresh = behind.slice(staleCount);
      const latenessMs = fresh.map(({ writtenAtMs, deliveredAtMs }) => deliveredAtMs - writtenAtMs);
      const where = `dark at ${phase.darkAtMs} ms, seed ${phase.seed}`;

      expect.soft(staleCount, where).toBeLessThanOrEqual(staleMax);
      // Newer ones follow older ones, so behind the first new one there is none of the old.
      expect(delivered, where).toEqual(delivered.toSorted((a, b) => a.writtenAtMs - b.writtenAtMs));
      expect(fresh[0]!.deliveredAtMs - lightAtMs, where).toBeLessThan(300);
      expect(Math.max(...latenessMs), where).toBeLessThanOrEqual(lateMsMax);
      expect(fresh.length, where).toBeGreaterThan(0.9 * snapshotHz * ((AFTER_MS - 300) / 1_000));
    }
  },
);
