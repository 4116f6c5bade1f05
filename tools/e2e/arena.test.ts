import { statSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import type { GameServer } from "../../server/node/game-server.ts";
import type { ArenaTypes } from "../../shared/arena/game.ts";
import { SHIP_HEALTH_MAX } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { NAMED_LINKS } from "../simulator/engine/link-conditions.ts";
import { startSlowLink } from "../slow-link/slow-link.ts";
import {
  artifactPath,
  launchChromium,
  openPage,
  playBots,
  playerIdOf,
  startArena,
  watchArena,
} from "./arena-session.ts";

const WAIT_MS = 15_000;
/** A page that draws in software, beside 16 bots on the same cores, is slow to take its terrain and to join a fight. */
const FIGHT_MS_MAX = 40_000;
/** Shots around a ship that make a picture: most fly a short way, for they begin where their player saw the others. */
const SHOTS_MIN = 3;
/** A fight without shots after so many ticks is started anew. */
const FIGHT_TICKS = 60;
/** Offsets in world units, all of which even a narrow screen shows. */
const PLACES_AROUND = [
  [190, -150],
  [-180, 120],
  [150, 220],
  [-120, -260],
] as const;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

/** Runs `play` against a server of its own, and closes what it opened. */
async function withServer(play: (server: GameServer<ArenaTypes>) => Promise<void>, game = arenaRules): Promise<void> {
  const server = await startArena({ game });
  try {
    await play(server);
  } finally {
    for (const context of browser.contexts()) await context.close();
    await server.close("The test is over.");
  }
}

function shipOf({ ships }: ArenaWorld, playerId: number): number | undefined {
  for (const slot of ships.slots()) if (ships.columns.owner[slot] === playerId) return slot;
  return undefined;
}

/** Units per tick; 0 for a player without a ship. */
function speedOf(world: ArenaWorld, playerId: number): number {
  const slot = shipOf(world, playerId);
  return slot === undefined ? 0 : Math.hypot(world.ships.columns.vx[slot]!, world.ships.columns.vy[slot]!);
}

/** Puts two players' ships beside each other, far from every rock. */
function bringTogether(world: ArenaWorld, first: number, second: number): void {
  world.asteroids.clear();
  place(world, shipOf(world, first)!, 2_000, 2_000);
  place(world, shipOf(world, second)!, 2_200, 2_000);
}

/** Puts up to four others around a player's ship, so that there is a fight to be seen; none while the player has no ship. */
function startFight(world: ArenaWorld, playerId: number): void {
  const { x, y } = world.ships.columns;
  const own = shipOf(world, playerId);
  if (own === undefined) return;
  const others = [...world.ships.slots()].filter((slot) => slot !== own).slice(0, PLACES_AROUND.length);
  others.forEach((slot, index) => {
    const [dx, dy] = PLACES_AROUND[index]!;
    place(world, slot, x[own]! + dx, y[own]! + dy);
  });
}

function place(world: ArenaWorld, slot: number, x: number, y: number): void {
  world.ships.columns.x[slot] = x;
  world.ships.columns.y[slot] = y;
}

/** How many shots are within 450 units of a player's ship. */
function shotsAround({ shots, ships }: ArenaWorld, slot: number | undefined): number {
  if (slot === undefined) return 0;
  const near = [...shots.slots()].filter((shot) => {
    const dx = shots.columns.x[shot]! - ships.columns.x[slot]!;
    return Math.hypot(dx, shots.columns.y[shot]! - ships.columns.y[slot]!) < 450;
  });
  return near.length;
}

test("the page connects, says so, and its console stays clean", async () => {
  await withServer(async ({ room, port }) => {
    const opened = await openPage(browser, port, { name: "Ada" });

    const playerId = await playerIdOf(opened);

    expect(await opened.page.getByRole("status").textContent()).toMatch(/connected/i);
    expect(await opened.page.title()).toContain("Arena");
    await expect.poll(() => shipOf(room.world, playerId), { timeout: WAIT_MS }).toBeDefined();
    expect(opened.complaints).toEqual([]);
  });
});

test("a key moves the own ship on the server, another client sees it move, and letting go ends the thrust", async () => {
  await withServer(async ({ room, port }) => {
    const opened = await openPage(browser, port, { name: "Ada" });
    const playerId = await playerIdOf(opened);
    const watcher = watchArena(port);
    await expect.poll(() => watcher.client.playerId, { timeout: WAIT_MS }).toBeDefined();
    await expect.poll(() => shipOf(room.world, playerId), { timeout: WAIT_MS }).toBeDefined();
    await expect.poll(() => shipOf(room.world, watcher.client.playerId!), { timeout: WAIT_MS }).toBeDefined();
    bringTogether(room.world, playerId, watcher.client.playerId!);
    await expect.poll(() => shipOf(watcher.client.world, playerId), { timeout: WAIT_MS }).toBeDefined();
    expect(speedOf(room.world, playerId)).toBe(0);

    await opened.page.locator("canvas").focus();
    await opened.page.keyboard.down("KeyW");

    await expect.poll(() => speedOf(room.world, playerId), { timeout: WAIT_MS }).toBeGreaterThan(3);
    await expect.poll(() => speedOf(watcher.client.world, playerId), { timeout: WAIT_MS }).toBeGreaterThan(3);

    await opened.page.keyboard.up("KeyW");

    const isThrusting = (): number | undefined => room.world.ships.columns.thrusting[shipOf(room.world, playerId)!];
    await expect.poll(isThrusting, { timeout: WAIT_MS }).toBe(0);
    watcher.stop();
    expect(opened.complaints).toEqual([]);
  });
});

test("both buttons of the mouse together fire shots and the beam; without the left one only the beam goes on", async () => {
  await withServer(async ({ room, port }) => {
    const opened = await openPage(browser, port, { name: "Ada" });
    const { mouse } = opened.page;
    const playerId = await playerIdOf(opened);
    await expect.poll(() => shipOf(room.world, playerId), { timeout: WAIT_MS }).toBeDefined();
    const { shots, beams, ships } = room.world;
    const beamCooldown = (): number => ships.columns.beamCooldown[shipOf(room.world, playerId)!]!;
    const fires = (): boolean => shots.count > 0 && beams.count > 0;
    await mouse.move(400, 200);

    await mouse.down({ button: "left" });
    await mouse.down({ button: "right" });
    await expect.poll(fires, { timeout: WAIT_MS, interval: 20 }).toBe(true);

    await mouse.up({ button: "left" });
    await expect.poll(() => shots.count, { timeout: WAIT_MS }).toBe(0);
    await expect.poll(() => beams.count, { timeout: WAIT_MS, interval: 20 }).toBe(1);

    await mouse.up({ button: "right" });
    await expect.poll(beamCooldown, { timeout: WAIT_MS, interval: 20 }).toBe(0);
    expect([shots.count, beams.count]).toEqual([0, 0]);
    expect(opened.complaints).toEqual([]);
  });
});

test("a page of an older version is refused with a text that says to reload", async () => {
  const { version, hash } = arenaRules.protocol;
  const versions = [{ version: version + 1, hash }];
  const newer = { ...arenaRules, protocol: { ...arenaRules.protocol, version: version + 1, versions } };

  await withServer(async ({ room, port }) => {
    const { page } = await openPage(browser, port, { name: "Ada" });
    await page.locator('html[data-phase="lost"]').waitFor();

    expect(await page.getByRole("status").textContent()).toMatch(/too old.*Reload the page/);
    expect(room.playerCount).toBe(0);
  }, newer);
});

test("a page that was built from another schema is refused with a text that says what to do", async () => {
  const { version } = arenaRules.protocol;
  const hash = (arenaRules.protocol.hash ^ 1) >>> 0;
  const other = { ...arenaRules, protocol: { ...arenaRules.protocol, hash, versions: [{ version, hash }] } };

  await withServer(async ({ room, port }) => {
    const { page } = await openPage(browser, port, { name: "Ada" });
    await page.locator('html[data-phase="lost"]').waitFor();

    expect(await page.getByRole("status").textContent()).toMatch(/different game schemas.*Reload the page/);
    expect(room.playerCount).toBe(0);
  }, other);
});

test("when the server stops, the page says why and offers to reconnect", async () => {
  const server = await startArena();
  const opened = await openPage(browser, server.port, { name: "Ada" });
  await playerIdOf(opened);

  await server.close("The server has been stopped.");

  await opened.page.locator('html[data-phase="lost"]').waitFor();
  expect(await opened.page.getByRole("status").textContent()).toContain("The server has been stopped.");
  expect(await opened.page.getByRole("button", { name: "Reconnect" }).isVisible()).toBe(true);
  await opened.page.context().close();
});

test("a server that starts again gets its player back by itself, under its name; one who says stop stays away", async () => {
  const first = await startArena();
  const [ada, bob] = await Promise.all(["Ada", "Bob"].map((name) => openPage(browser, first.port, { name })));
  await Promise.all([playerIdOf(ada!), playerIdOf(bob!)]);

  await first.close("The server has been stopped.");
  await bob!.page.getByRole("button", { name: "Stop" }).click();
  await ada!.page.getByText(/Joining again in \d s/).waitFor();
  await ada!.page.screenshot({ path: artifactPath("arena-rejoin.png") });
  const second = await startArena({ port: first.port });
  await ada!.page.locator('html[data-phase="connected"]').waitFor();

  await expect.poll(() => [...second.room.world.ships.slots()].length, { timeout: WAIT_MS }).toBe(1);
  await expect
    .poll(() => ada!.page.locator("#leaderboard .is-own .who").textContent(), { timeout: WAIT_MS })
    .toBe("Ada");
  expect(await bob!.page.locator("html").getAttribute("data-phase")).toBe("lost");
  expect(await bob!.page.getByText(/Joining again/).isVisible()).toBe(false);
  for (const { page } of [ada!, bob!]) await page.context().close();
  await second.close("The test is over.");
});

test("of 8 quick lines 3 are said and the fourth stays in the field with a word to wait; 100 euro signs do as well", async () => {
  await withServer(async ({ port }) => {
    const opened = await openPage(browser, port, { name: "Ada" });
    const { page } = opened;
    await playerIdOf(opened);
    const line = page.getByLabel("Chat message");

    await page.keyboard.press("Enter");
    await page.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>("#chat-form")!;
      const field = document.querySelector<HTMLInputElement>("#chat-text")!;
      for (let count = 1; count <= 8 && (count === 1 || field.value === ""); count++) {
        form.hidden = false;
        field.focus();
        field.value = `line ${count}`;
        form.requestSubmit();
      }
    });
    expect(await line.inputValue()).toBe("line 4");
    expect(await page.locator("#chat-note").textContent()).toMatch(/^Too fast: wait [12] s/);
    await expect
      .poll(() => page.locator("#chat .text").allTextContents(), { timeout: WAIT_MS })
      .toEqual(["line 1", "line 2", "line 3"]);

    await line.fill("€".repeat(100));
    await page.keyboard.press("Enter");

    expect(await page.locator("#chat-note").textContent()).toBe("Too long: 300 of 160 bytes");
    expect(await line.inputValue()).toBe("€".repeat(100));
    expect(opened.complaints).toEqual([]);
  });
});

test("a page whose connection is torn says so, tries until it has another one, and flies the same ship on", async () => {
  await withServer(async ({ room, port }) => {
    const link = await startSlowLink(port, NAMED_LINKS.lan!);
    const opened = await openPage(browser, link.port, { name: "Ada" });
    const { page } = opened;
    const playerId = await playerIdOf(opened);
    await expect.poll(() => shipOf(room.world, playerId), { timeout: WAIT_MS }).toBeDefined();
    const slot = shipOf(room.world, playerId)!;
    const generation = room.world.ships.generationOf(slot);

    link.isDark = true;
    link.cut();
    await page.locator('html[data-phase="reconnecting"]').waitFor();
    const textWhileLost = await page.getByRole("status").textContent();
    await page.screenshot({ path: artifactPath("arena-reconnecting.png") });
    link.isDark = false;
    await page.locator('html[data-phase="connected"]').waitFor();

    expect(textWhileLost).toContain("Connection lost, trying again");
    expect(await page.getByRole("status").textContent()).toMatch(/connected/i);
    expect(await playerIdOf(opened)).toBe(playerId);
    expect(room.world.ships.isLive(slot)).toBe(true);
    expect(room.world.ships.generationOf(slot)).toBe(generation);
    await page.locator("canvas").focus();
    await page.keyboard.down("KeyW");
    await expect.poll(() => speedOf(room.world, playerId), { timeout: WAIT_MS }).toBeGreaterThan(3);
    expect(room.playerCount).toBe(1);
    await link.close();
  });
});

test("a window that changes its size is drawn anew each time, and the console stays clean", async () => {
  await withServer(async ({ port }) => {
    const { page, complaints } = await openPage(browser, port, { name: "Ada" });
    await page.locator('html[data-phase="connected"]').waitFor();

    for (const size of [
      { width: 800, height: 600 },
      { width: 390, height: 844 },
      { width: 1440, height: 900 },
    ]) {
      await page.setViewportSize(size);
      await page.waitForFunction(({ width }) => document.querySelector("canvas")!.width === width, size);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    }

    expect(complaints).toEqual([]);
  });
});

test.each([
  { picture: "arena.png", size: { width: 1440, height: 900 } },
  { picture: "arena-phone.png", size: { width: 390, height: 844 } },
])("a living arena is photographed: $picture", { timeout: 2 * FIGHT_MS_MAX }, async ({ picture, size }) => {
  await withServer(async ({ room, port }) => {
    const stopBots = playBots(port, 16);
    await expect.poll(() => room.playerCount, { timeout: WAIT_MS }).toBe(16);
    const opened = await openPage(browser, port, { name: "Ada", size });
    const playerId = await playerIdOf(opened);
    await opened.page.locator("canvas").focus();
    // It stays where it came, in the open, and fires all around: straight ahead there may soon be rock.
    await opened.page.keyboard.down("KeyD");
    await opened.page.keyboard.down("Space");
    // Foes may lose it: until shots are around it, the fight is started anew.
    let nextFightTick = 0;
    const shotsInFight = (): number => {
      const own = shipOf(room.world, playerId);
      // Five against one is soon over: it is healed until the picture is taken.
      if (own !== undefined) room.world.ships.columns.health[own] = SHIP_HEALTH_MAX;
      const shots = shotsAround(room.world, own);
      if (shots < SHOTS_MIN && room.tick >= nextFightTick) {
        startFight(room.world, playerId);
        nextFightTick = room.tick + FIGHT_TICKS;
      }
      return shots;
    };
    await expect.poll(shotsInFight, { timeout: FIGHT_MS_MAX, interval: 100 }).toBeGreaterThanOrEqual(SHOTS_MIN);

    await opened.page.screenshot({ path: artifactPath(picture) });

    stopBots();
    expect(statSync(artifactPath(picture)).size).toBeGreaterThan(40_000);
    expect(opened.complaints).toEqual([]);
  });
});
