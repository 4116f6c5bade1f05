import { expect, test } from "vitest";
import { linkNamed } from "./engine/link-conditions.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";
import {
  BALL_KIND,
  BALL_PORTAL,
  COOLDOWN_TICKS,
  DART_KIND,
  FLIGHT_SPEED,
  THROWER_KIND,
  THROWER_PORTAL,
  tossGame,
  type TossRules,
  type TossTypes,
  type Wish,
} from "./toss-game.ts";

/** The player does nothing until clocks have found their pace. */
const SETTLED_MS = 4_000;
/** The last that is thrown has been drawn to its end. */
const QUIET_MS = 4_000;
const ACTIVE_MS = 10_000;
/** In frames of a sixtieth of a second, at 30 ticks a second. */
const FRAME_STEP = FLIGHT_SPEED / 2;
/** Of two that were thrown one after the other, the later is never nearer than this to the earlier. */
const NEAR = (COOLDOWN_TICKS / 3) * FLIGHT_SPEED;
/** Those of the last tick, in which whatever is going to end, or to be renewed, waits where it is. */
const LAST_FRAMES = 3;
const IDLE: Wish = { dx: 0, throws: false, shoots: false };

/** What of one kind a player saw of its own. */
interface Seen {
  /** By slot and generation, the places from frame to frame. */
  readonly flights: number[][];
  /** Frames with two that are nearer to each other than any two that were thrown. */
  readonly doubledFrames: number;
  readonly thrown: number;
  /** Of all flights but their last frames: by how much a frame moved it. */
  readonly leastStep: number;
  readonly mostStep: number;
}

/** A player alone, who wants `wish` for ten seconds, and what it saw. */
async function seenOf(kind: number, wish: Wish, linkName: string, rules: TossRules = {}): Promise<Seen> {
  const game = await tossGame(rules);
  const session = new SimulatedSession<TossTypes>({ game, seed: 3, link: linkNamed(linkName)!, playersMax: 2 });
  const isActive = (): boolean => session.network.nowMs > SETTLED_MS && session.network.nowMs < SETTLED_MS + ACTIVE_MS;
  const { client } = session.join({ joinOptions: {}, readInput: () => (isActive() ? wish : IDLE) });
  session.join({ joinOptions: {}, readInput: () => (isActive() ? wish : IDLE) });
  const flights = new Map<string, number[]>();
  let doubledFrames = 0;
  session.watch({
    onFrame(player) {
      if (player !== 0) return;
      const table = client.view.tables[kind]!;
      const own = [...table.slots()].filter((slot) => table.columns.owner[slot] === client.playerId);
      for (const slot of own) {
        const name = `${slot} ${table.generationOf(slot)}`;
        const flight = flights.get(name) ?? [];
        flights.set(name, flight);
        flight.push(table.columns.x[slot]!);
      }
      const places = own.map((slot) => table.columns.x[slot]!).sort((a, b) => a - b);
      if (places.some((x, i) => i > 0 && x - places[i - 1]! < NEAR)) doubledFrames += 1;
    },
  });
  session.advanceTo(SETTLED_MS + ACTIVE_MS + QUIET_MS);
  const steps = [...flights.values()].flatMap((flight) => stepsOf(flight.slice(0, -LAST_FRAMES)));
  const [leastStep, mostStep] = [Math.min(...steps), Math.max(...steps)];
  const thrown = session.room.world.thrown[kind]! / 2;
  return { flights: [...flights.values()], doubledFrames, thrown, leastStep, mostStep };
}

function stepsOf(flight: readonly number[]): number[] {
  return flight.slice(1).map((x, i) => x - flight[i]!);
}

const LINKS = ["lan", "4g"];
/** Behind the portals: from here on everything flies straight on to its end. */
const OPEN_X = 1_050;

test.each(LINKS)(
  "%s: a ball, whose kind is predicted, is one from the input to its end: 30 thrown, 30 seen, none goes back",
  async (link) => {
    const seen = await seenOf(BALL_KIND, { ...IDLE, throws: true }, link, { startX: OPEN_X });

    expect([seen.thrown, seen.flights.length, seen.doubledFrames]).toEqual([30, 30, 0]);
    expect(seen.leastStep).toBeGreaterThan(FRAME_STEP - 0.5);
    expect(seen.mostStep).toBeLessThan(FRAME_STEP + 0.5);
  },
);

test.each([
  ["lan", 40],
  ["lan", BALL_PORTAL.from - 2 * FLIGHT_SPEED],
  ["4g", 40],
  ["4g", BALL_PORTAL.from - 2 * FLIGHT_SPEED],
])(
  "%s: a ball thrown at %i that goes through a portal is seen as two, one on each side, though the room renews it later",
  async (link, startX) => {
    const seen = await seenOf(BALL_KIND, { ...IDLE, throws: true }, link, { startX });

    expect([seen.thrown, seen.flights.length, seen.doubledFrames]).toEqual([30, 60, 0]);
    expect(seen.leastStep).toBeGreaterThan(FRAME_STEP - 0.5);
    expect(seen.mostStep).toBeLessThan(FRAME_STEP + 0.5);
  },
);

test.each(LINKS)(
  "%s: a player who walks through a portal is drawn once, on one side and then on the other",
  async (link) => {
    const seen = await seenOf(THROWER_KIND, { ...IDLE, dx: 1 }, link);

    expect([seen.flights.length, seen.doubledFrames]).toEqual([2, 0]);
    expect(seen.flights[0]!.at(-1)).toBeLessThan(THROWER_PORTAL.from);
    expect(seen.flights[1]![0]).toBeGreaterThanOrEqual(THROWER_PORTAL.to);
  },
);

test.each([
  ["lan", 8],
  ["4g", 24],
])(
  "%s: a dart, whose kind is not predicted, is one; where the room takes it for the others' time it flows back by up to %i a frame",
  async (link, backMax) => {
    const seen = await seenOf(DART_KIND, { ...IDLE, shoots: true }, link, { startX: OPEN_X });

    expect([seen.thrown, seen.flights.length, seen.doubledFrames]).toEqual([30, 30, 0]);
    expect(seen.leastStep).toBeGreaterThan(-backMax);
    expect(seen.leastStep).toBeLessThan(1 - backMax / 2);
    expect(seen.mostStep).toBeLessThan(FRAME_STEP + 0.5);
  },
);

test.each(LINKS)("%s: a dart that the room flies on to the present goes on without a halt", async (link) => {
  const seen = await seenOf(DART_KIND, { ...IDLE, shoots: true }, link, { startX: OPEN_X, fliesToPresent: true });

  expect([seen.thrown, seen.flights.length, seen.doubledFrames]).toEqual([30, 30, 0]);
  expect(seen.leastStep).toBeGreaterThan(FRAME_STEP / 2);
  expect(seen.mostStep).toBeLessThan(FRAME_STEP + 0.5);
});
