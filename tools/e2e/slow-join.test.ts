/**
 * Arena's page at the end of a slow link, which a program of its own plays: what a player there waits for. Times are told
 * and not judged, for they are the machine's too; `tools/simulator/slow-join.test.ts` judges them in virtual time.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { GameDefinition } from "#engine/shared";
import { Child } from "../../bench/lanes/real/child.ts";
import { arenaRules, type ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import type { ArenaMatch } from "../../server/arena/match.ts";
import { type Distribution, distributionOf } from "../simulator/engine/distribution.ts";
import { drawNothing, launchChromium, startArena } from "./arena-session.ts";
import {
  answerDelaysIn,
  arrivalsOf,
  type LinkArrivals,
  type PageTraffic,
  type SeenSnapshot,
  snapshotsIn,
  tapTraffic,
  trafficOf,
  transferEndMs,
} from "./page-traffic.ts";

const IDLE_MS = 4_000;
/** What was on its way with the terrain's last bytes has arrived. */
const CALM_MS = 200;
/** Most of it is the terrain's: 8.4 s at the link's rate, and more on a busy machine. */
const TEST_MS_MAX = 60_000;
/** Answers do not wait for a display frame, which takes 16 ms. */
const ANSWER_MS_MAX = 4;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

/** A game that notes when each tick was finished, in milliseconds of the machine's clock. */
interface TimedArena {
  readonly game: GameDefinition<ArenaRulesTypes>;
  readonly finishedAtMs: Map<number, number>;
  match: ArenaMatch | undefined;
}

/** What was seen of a page that joined. Times are of the machine's clock, in milliseconds. */
interface Joined {
  readonly loadMs: number;
  readonly traffic: PageTraffic;
  /** By packet of the traffic: when it had come over the link. */
  readonly arrivedAtMs: readonly (number | undefined)[];
  readonly finishedAtMs: ReadonlyMap<number, number>;
}

interface SnapshotTimes {
  readonly link: Distribution;
  readonly page: Distribution;
}

function timedArena(): TimedArena {
  const finishedAtMs = new Map<number, number>();
  const timed: TimedArena = {
    finishedAtMs,
    match: undefined,
    game: {
      ...arenaRules,
      step(match, inputs, outbox, rewind) {
        arenaRules.step(match, inputs, outbox, rewind);
        timed.match = match;
        finishedAtMs.set(match.tick, performance.timeOrigin + performance.now());
      },
    },
  };
  return timed;
}

/** Opens Arena's page at the end of the slow link; resolves a while after the terrain has arrived there. */
async function joinOver(linkName: string): Promise<Joined> {
  const timed = timedArena();
  const server = await startArena({ game: timed.game });
  const command = [process.execPath, "--import", "tsx", "tools/slow-link/main.ts", String(server.port), linkName];
  const link = new Child("the slow link", command, TEST_MS_MAX);
  const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
  onTestFinished(async () => {
    await page.context().close();
    await link.stop();
    await server.close("The test is over.");
  });
  const { port } = (await link.next()) as { readonly port: number };
  await drawNothing(page);
  await tapTraffic(page, port);
  const startMs = performance.now();
  await page.goto(`http://127.0.0.1:${server.port}/?name=Ada`);
  const loadMs = performance.now() - startMs;
  await page.locator("#space").focus();
  await page.keyboard.down("KeyW");
  await expect.poll(() => hasTerrain(timed), { timeout: TEST_MS_MAX }).toBe(true);
  await page.keyboard.up("KeyW");
  await new Promise((resolve) => setTimeout(resolve, CALM_MS + IDLE_MS));
  const traffic = await trafficOf(page);
  link.endInput();
  const [arrivals] = (await link.next()) as LinkArrivals[];
  return { loadMs, traffic, arrivedAtMs: arrivalsOf(traffic, arrivals!), finishedAtMs: timed.finishedAtMs };
}

function hasTerrain({ match }: TimedArena): boolean {
  const delivery = match?.pilots.all[0]?.delivery;
  return delivery !== undefined && delivery.knownBlocks === undefined;
}

/** One-way times of snapshots in milliseconds: over the link, and from there into the hands of the page. */
function timesOf(snapshots: readonly SeenSnapshot[], { arrivedAtMs, finishedAtMs }: Joined): SnapshotTimes {
  return {
    link: distributionOf(snapshots.map(({ packet, tick }) => arrivedAtMs[packet]! - finishedAtMs.get(tick)!)),
    page: distributionOf(snapshots.map(({ packet, atMs }) => atMs - arrivedAtMs[packet]!)),
  };
}

function figures({ link, page }: SnapshotTimes): string {
  return `over the link p50 ${link.p50}, p99 ${link.p99} ms; until the page has it p50 ${page.p50}, p99 ${page.p99} ms more`;
}

test(
  "over 1 Mbit/s and 50 ms a page plays while the terrain streams, and answers its parts without waiting for a display frame",
  { timeout: TEST_MS_MAX },
  async () => {
    const joined = await joinOver("1M/50");

    const { traffic, loadMs } = joined;
    const seen = snapshotsIn(traffic);
    const terrainMs = transferEndMs(traffic);
    const sinceAskedMs = (atMs = Infinity): number => Math.round(atMs - traffic.askedMs);
    const shipMs = sinceAskedMs(seen.find(({ ownSpeed }) => ownSpeed !== undefined)?.atMs);
    const playsMs = sinceAskedMs(seen.find(({ ownSpeed = 0 }) => ownSpeed > 0)?.atMs);
    const streaming = timesOf(
      seen.filter(({ atMs }) => atMs <= terrainMs),
      joined,
    );
    const idle = timesOf(
      seen.filter(({ atMs }) => atMs > terrainMs + CALM_MS),
      joined,
    );
    const answers = distributionOf(answerDelaysIn(traffic));
    console.log(
      [
        `page loaded, around the link, in ${Math.round(loadMs)} ms; from its asking for the socket on:`,
        `open ${sinceAskedMs(traffic.openedMs)}, ship ${shipMs}, moves ${playsMs}, terrain ${sinceAskedMs(terrainMs)} ms`,
        `streaming: ${figures(streaming)}`,
        `idle: ${figures(idle)}`,
        `the page answers a part of the terrain after p50 ${answers.p50}, p99 ${answers.p99} ms`,
      ].join("\n"),
    );
    expect(playsMs).toBeLessThan(sinceAskedMs(terrainMs));
    expect(answers.p50!).toBeLessThan(ANSWER_MS_MAX);
  },
);
