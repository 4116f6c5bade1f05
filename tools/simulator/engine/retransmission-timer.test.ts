import { expect, test } from "vitest";
import { RetransmissionTimer } from "./retransmission-timer.ts";
import { VirtualNetwork } from "./virtual-network.ts";

/** A timer of a path of 50 ms there and back, and the moments at which it ran out. */
function timerOver(network: VirtualNetwork): { timer: RetransmissionTimer; timeouts: number[] } {
  const timeouts: number[] = [];
  const timer = new RetransmissionTimer(network, 50, () => {
    timeouts.push(network.nowMs);
  });
  return { timer, timeouts };
}

test("after a loss it runs out after 250 ms, then after 500, 1000, 2000 more, and at most every 2 minutes", () => {
  const network = new VirtualNetwork();
  const { timer, timeouts } = timerOver(network);

  timer.lose(100);
  network.advanceTo(4000);
  expect(timeouts).toEqual([250, 750, 1750, 3750]);

  network.advanceTo(1_000_000);
  expect(timeouts.at(-1)! - timeouts.at(-2)!).toBe(120_000);
});

test("a sign of life starts it anew and ends the back-off; when all has come, it stops", () => {
  const network = new VirtualNetwork();
  const { timer, timeouts } = timerOver(network);
  timer.lose(100);
  network.advanceTo(800);

  timer.acknowledge(99, 50);
  network.advanceTo(1060);
  timer.acknowledge(100, 50);
  network.advanceTo(60_000);

  expect(timeouts).toEqual([250, 750, 1050]);
});

test("it waits longer on a path that turns out to be slower: 300 ms after one acknowledgement that took 450", () => {
  const network = new VirtualNetwork();
  const { timer, timeouts } = timerOver(network);
  timer.acknowledge(1, 450);
  timer.lose(100);
  network.advanceTo(1000);

  expect(timeouts).toEqual([300, 900]);
});

test("a timer that is stopped does not run out", () => {
  const network = new VirtualNetwork();
  const { timer, timeouts } = timerOver(network);
  timer.lose(100);

  timer.stop();
  network.advanceTo(1000);

  expect(timeouts).toEqual([]);
});
