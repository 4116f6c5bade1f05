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

test("after a loss it runs out at 256, 512, 1024, 2048 ms and so on, and every 2 minutes at least", () => {
  const network = new VirtualNetwork();
  const { timer, timeouts } = timerOver(network);

  timer.lose(100);
  network.advanceTo(4096);
  expect(timeouts).toEqual([256, 512, 1024, 2048, 4096]);

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

  expect(timeouts).toEqual([256, 512, 1056]);
});

test("it waits longer on a path that turns out to be slower: 306 ms after one acknowledgement that took 450", () => {
  const network = new VirtualNetwork();
  const { timer, timeouts } = timerOver(network);
  timer.acknowledge(1, 450);
  timer.lose(100);
  network.advanceTo(1000);

  expect(timeouts).toEqual([306, 612]);
});

test("a timer that is stopped does not run out", () => {
  const network = new VirtualNetwork();
  const { timer, timeouts } = timerOver(network);
  timer.lose(100);

  timer.stop();
  network.advanceTo(1000);

  expect(timeouts).toEqual([]);
});
