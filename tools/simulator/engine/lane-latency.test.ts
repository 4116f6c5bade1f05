import { expect, test } from "vitest";
import { arenaRules, type ArenaRulesTypes } from "../../../server/arena/arena-rules.ts";
import { IDLE_INPUT } from "../../../shared/arena/movement.ts";
import { encodeChatSay } from "../../../shared/schema/generated/arena.ts";
import { LaneLatency } from "./lane-latency.ts";
import type { LinkConditions } from "./link-conditions.ts";
import type { SimulatedPlayer } from "./simulated-player.ts";
import { SimulatedSession } from "./simulated-session.ts";

function sessionOver(link: LinkConditions | number): {
  session: SimulatedSession<ArenaRulesTypes>;
  player: SimulatedPlayer<ArenaRulesTypes>;
  latency: LaneLatency;
} {
  const latency = new LaneLatency(arenaRules.protocol.lanes);
  const session = new SimulatedSession({ game: arenaRules, seed: 1, link, playersMax: 2, watchers: [latency] });
  const player = session.join({ joinOptions: { name: "Vega" }, readInput: () => IDLE_INPUT });
  return { session, player, latency };
}

test("over 20 ms each way a snapshot, an input and what the room says take 20 ms, chat a frame more at most", () => {
  const { session, player, latency } = sessionOver(20);
  session.advanceTo(1_005);
  player.say(encodeChatSay({ text: "hello" }));
  session.advanceTo(2_000);

  const { snapshot, input, event } = latency.latenciesMs;
  expect(snapshot.length).toBeGreaterThan(50);
  for (const ms of [...snapshot, ...input]) expect(ms).toBeCloseTo(20, 6);
  // The roster, the leaderboard, who joined, and the line of chat on its way down and up.
  expect(event.length).toBeGreaterThanOrEqual(5);
  expect(Math.min(...event)).toBeCloseTo(20, 6);
  expect(Math.max(...event)).toBeGreaterThan(21);
  expect(Math.max(...event)).toBeLessThan(20 + 1_000 / 60);
});

test("a line of chat that waits in the dark counts from when it was said", () => {
  const outages = [{ atMs: 2_000, lastsMs: 800 }];
  const { session, player, latency } = sessionOver({ downMbit: 8, upMbit: 2, rttMs: 40, outages });
  session.advanceTo(2_500);
  player.say(encodeChatSay({ text: "is anybody there?" }));
  session.advanceTo(4_000);

  const slowest = Math.max(...latency.latenciesMs.event);
  expect(slowest).toBeGreaterThan(300);
  expect(slowest).toBeLessThan(1_000);
});

test("after a link is cut the same players' messages go on over another one, each counted once", () => {
  const { session, player, latency } = sessionOver(20);
  session.advanceTo(2_000);
  player.say(encodeChatSay({ text: "one" }));
  player.links[0]!.client.cut();
  session.advanceTo(3_000);
  const { length } = latency.latenciesMs.event;
  player.say(encodeChatSay({ text: "two" }));
  session.advanceTo(4_000);

  expect(player.links.length).toBe(2);
  expect(player.client.takeMessages().filter(({ type }) => type === "ChatSaid").length).toBe(2);
  expect(latency.latenciesMs.event.length).toBe(length + 2);
  for (const ms of latency.latenciesMs.snapshot) expect(ms).toBeCloseTo(20, 6);
});
