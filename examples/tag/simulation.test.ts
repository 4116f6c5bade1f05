import { expect, test } from "vitest";
import { Rng } from "tickwire/shared";
import { linkNamed, SimulatedSession } from "tickwire/testing";
import { FIELD_SIZE } from "./generated/tag.ts";
import {
  BREATH_MAX,
  IDLE,
  RUNNER_RADIUS,
  slotOf,
  STUNNED_TICKS,
  tag,
  type TagTypes,
  VIEW_RADIUS,
} from "./simulation.ts";

type Session = SimulatedSession<TagTypes>;
type ReadInput = Parameters<Session["join"]>[0]["readInput"];

const TICK_MS = 1000 / tag.tickRate;

/** A room with players 0, 1 … on mobile links, each with wishes of its own, after their first second. */
function sessionOf(seed: number, wishes: readonly ReadInput[], link = linkNamed("4g")!): Session {
  const session: Session = new SimulatedSession({ game: tag, seed, link, playersMax: 8 });
  for (const readInput of wishes) session.join({ joinOptions: {}, readInput });
  session.advanceTo(1000);
  return session;
}

/** Runs anywhere, and keeps to each way for half a second; sprints now and then. */
function wanderer(seed: number): ReadInput {
  const rng = new Rng(seed);
  let ticks = 0;
  let input = IDLE;
  return () => {
    if (ticks++ % 15 === 0) input = { dx: rng.below(3) - 1, dy: rng.below(3) - 1, sprint: rng.below(3) === 0 };
    return input;
  };
}

/** Runs to the middle of the field, where everybody is. */
const toTheMiddle: ReadInput = ({ view, playerId }) => {
  const slot = slotOf(view, playerId!);
  if (slot === undefined) return IDLE;
  const { x, y } = view.runners.columns;
  return { dx: Math.sign(FIELD_SIZE / 2 - x[slot]!), dy: Math.sign(FIELD_SIZE / 2 - y[slot]!), sprint: false };
};

/** Sets a player down in the room. */
function put({ room: { world } }: Session, playerId: number, x: number, y: number): void {
  const slot = slotOf(world, playerId)!;
  world.runners.columns.x[slot] = x;
  world.runners.columns.y[slot] = y;
}

test("four players run about on mobile links, nobody is touched: what each foresees of itself comes true, every time", () => {
  // A link that stands still brings inputs too late for their ticks: nobody can foresee that.
  const steady = { ...linkNamed("4g")!, stall: { ms: 0, meanEveryMs: Infinity } };
  const session = sessionOf(3, [() => IDLE, wanderer(1), wanderer(2), wanderer(3)], steady);
  put(session, 0, RUNNER_RADIUS, RUNNER_RADIUS);
  session.advanceTo(2000);
  for (const { client } of session.players) client.stats.corrections.length = 0;

  session.advanceTo(10_000);

  for (const { client } of session.players) {
    expect(client.takeMessages()).toEqual([]);
    expect(client.stats.corrections.length).toBeGreaterThan(200);
    expect(new Set(client.stats.corrections)).toEqual(new Set([0]));
    expect(client.stats.desyncs).toBe(0);
  }
});

test("all run to the middle: the tag goes from hand to hand, one is it at any time, and all hear the same", () => {
  const session = sessionOf(2, [toTheMiddle, toTheMiddle, toTheMiddle, toTheMiddle]);
  const { runners } = session.room.world;
  const its: number[] = [];
  for (let ms = 1000; ms < 9_000; ms += TICK_MS) {
    session.advanceTo(ms);
    its.push([...runners.slots()].filter((slot) => runners.columns.isIt[slot] === 1).length);
  }
  session.advanceTo(9_500);

  const heard = session.players.map(({ client }) => client.takeMessages().map(({ value }) => value));

  expect(its.every((count) => count === 1)).toBe(true);
  expect(heard[0]!.length).toBeGreaterThan(3);
  expect(new Set(heard.map((each) => JSON.stringify(each))).size).toBe(1);
  heard[0]!.slice(1).forEach(({ catcher }, index) => {
    expect(catcher).toBe(heard[0]![index]!.caught);
  });
});

test("who is it leaves: another one is it", () => {
  const session = sessionOf(1, [() => IDLE, () => IDLE]);
  session.players[0]!.client.close();
  session.advanceTo(3000);

  const { runners } = session.players[1]!.client.world;

  expect(runners.count).toBe(1);
  expect(runners.columns.isIt[slotOf(session.players[1]!.client.world, 1)!]).toBe(1);
});

test("a runner is told of who is 690 units away, and not of who is 900 away; of nobody's breath but its own", () => {
  const session = sessionOf(1, [() => IDLE, () => IDLE, () => IDLE]);
  put(session, 0, 500, 500);
  put(session, 1, 500 + VIEW_RADIUS - 10, 500);
  put(session, 2, 500, 500 + VIEW_RADIUS + 200);
  session.advanceTo(2000);

  const { world } = session.players[0]!.client;

  expect([...world.runners.slots()].map((slot) => world.runners.columns.owner[slot])).toEqual([0, 1]);
  expect(world.runners.columns.breath[slotOf(world, 0)!]).toBe(BREATH_MAX);
  expect(world.runners.columns.breath[slotOf(world, 1)!]).toBe(0);
});

test(`who is caught stands still for ${STUNNED_TICKS} ticks, and then runs`, () => {
  const session = sessionOf(1, [() => IDLE, () => ({ dx: 1, dy: 0, sprint: false })]);
  const { world } = session.room;
  const slot = slotOf(world, 1)!;
  const { x, y, stunned, vx } = world.runners.columns;
  put(session, 0, x[slot]! + RUNNER_RADIUS, y[slot]!);
  let ms = 1000;
  while (stunned[slot] === 0 && ms < 3000) session.advanceTo((ms += TICK_MS));
  session.advanceTo(ms + (STUNNED_TICKS - 1) * TICK_MS);
  const caughtAt = x[slot]!;
  const speed = vx[slot];
  session.advanceTo(ms + (STUNNED_TICKS + 30) * TICK_MS);

  expect(speed).toBe(0);
  expect(x[slot]! - caughtAt).toBeGreaterThan(100);
});
