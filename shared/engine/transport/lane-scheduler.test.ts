import { expect, test } from "vitest";
import { LaneScheduler } from "./lane-scheduler.ts";

const CHUNK = 1000;

/** Lanes with so many bytes each; `drain` sends them in chunks and says which lane each was of. */
function lanesWith(priorities: readonly number[], weights: readonly number[], bytes: readonly number[]) {
  const scheduler = new LaneScheduler(priorities.map((priority, lane) => ({ priority, weight: weights[lane]! })));
  const left = [...bytes];
  const waits = (lane: number): boolean => left[lane]! > 0;
  const send = (may: (lane: number) => boolean = () => true): number | "none" | "held" => {
    const lane = scheduler.next(waits, may);
    if (typeof lane !== "number") return lane;
    const sent = Math.min(CHUNK, left[lane]!);
    scheduler.spend(lane, sent);
    left[lane]! -= sent;
    return lane;
  };
  const drain = (): number[] => {
    const order: number[] = [];
    for (let lane = send(); typeof lane === "number"; lane = send()) order.push(lane);
    return order;
  };
  return { left, send, drain };
}

test("four lanes of priorities 2, 0, 1, 1 and weights 1, 1, 25, 75 drain in that order, 25 to 75 exact to a chunk", () => {
  const { drain } = lanesWith([2, 0, 1, 1], [1, 1, 25, 75], [20_000, 20_000, 50_000, 150_000]);

  const order = drain();

  expect(order.slice(0, 20)).toEqual(new Array(20).fill(1));
  expect(order.slice(220)).toEqual(new Array(20).fill(0));
  const shared = order.slice(20, 220);
  expect(new Set(shared)).toEqual(new Set([2, 3]));
  for (let sent = 1; sent <= shared.length; sent++) {
    const ofThree = shared.slice(0, sent).filter((lane) => lane === 3).length;
    expect(Math.abs(ofThree - 0.75 * sent)).toBeLessThanOrEqual(1);
  }
});

test("a lane that was idle has no credit: from when it wakes it gets its half, not what it missed", () => {
  const { left, send } = lanesWith([0, 0], [1, 1], [100_000, 0]);
  for (let i = 0; i < 40; i++) send();

  left[1] = 100_000;
  const order = Array.from({ length: 20 }, () => send());

  expect(order.filter((lane) => lane === 1).length).toBe(10);
});

test("a lane that may not send is passed over, and nobody else is held up", () => {
  const { send } = lanesWith([0, 1, 2], [1, 1, 1], [1000, 1000, 1000]);

  expect(send((lane) => lane !== 0)).toBe(1);
  expect(send((lane) => lane === 2)).toBe(2);
  expect(send(() => false)).toBe("none");
  expect(send()).toBe(0);
});

test("beside an urgent lane that never stops, the last one gets a tenth of its bytes once 64 KB are owed", () => {
  const { send } = lanesWith([0, 1, 2], [1, 1, 1], [0, Infinity, Infinity]);

  const order = Array.from({ length: 10_000 }, () => send());

  expect(order.indexOf(2)).toBe(656); // 65,536 bytes are owed when ten times as many were sent
  const paid = order.slice(656);
  const last = paid.filter((lane) => lane === 2).length;
  expect(last / (paid.length - last)).toBeCloseTo(0.1, 2);
});

test("what is owed is paid first, and only priority 0 goes before it; when it may not be paid, the others wait", () => {
  const { left, send } = lanesWith([0, 1, 2], [1, 1, 1], [0, 700_000, 5000]);
  for (let i = 0; i < 656; i++) expect(send()).toBe(1);

  expect(send((lane) => lane !== 2)).toBe("held");
  left[0] = 1000;
  expect(send((lane) => lane !== 2)).toBe(0);
  expect(send()).toBe(2);
});
