import { expect, test } from "vitest";
import { MessageTimes } from "./message-times.ts";

test("the first to leave is the first to arrive", () => {
  const times = new MessageTimes();
  times.sent(0);
  times.sent(10);
  times.arrived(25);
  times.arrived(30);

  expect(times.latenciesMs).toEqual([25, 20]);
});

test("what is sent again over a new link counts from when it was first sent, and what follows from when it is", () => {
  const times = new MessageTimes();
  times.sent(0);
  times.sent(10);
  times.arrived(20);
  times.tellAgain();
  times.sent(100);
  times.sent(110);
  times.arrived(130);
  times.arrived(131);

  expect(times.latenciesMs).toEqual([20, 120, 21]);
});

test("what was lost with its link is no latency", () => {
  const times = new MessageTimes();
  times.sent(0);
  times.forget();
  times.sent(100);
  times.arrived(125);

  expect(times.latenciesMs).toEqual([25]);
});
