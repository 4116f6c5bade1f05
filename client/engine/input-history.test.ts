import { expect, test } from "vitest";
import { decodeInputs } from "../../shared/schema/generated/engine.ts";
import { InputHistory } from "./input-history.ts";

/** Inputs of one byte each. */
const BYTE = {
  bytes: 1,
  encodeInto(value: number, bytes: Uint8Array, offset: number) {
    bytes[offset] = value;
    return offset + 1;
  },
  decode: (bytes: Uint8Array, offset = 0) => bytes[offset],
};

/** A history at 30 Hz, of which the input of each tick is the tick. */
function historyOf(...ticks: number[]): InputHistory<number> {
  const history = new InputHistory(BYTE, 30);
  for (const tick of ticks) history.add(tick, tick & 255);
  return history;
}

function taken(history: InputHistory<number>, viewAgeMs = 0) {
  const message = history.take(viewAgeMs);
  const inputs = message && decodeInputs(message);
  return inputs && { tick: inputs.tick, viewAge: inputs.viewAge, inputs: [...inputs.inputs] };
}

test("a message carries what waits, of ticks in a row, and the tick of the first; then nothing waits", () => {
  const history = historyOf(7, 8, 9);

  expect(taken(history)).toEqual({ tick: 7, viewAge: 0, inputs: [7, 8, 9] });
  expect(taken(history)).toBeUndefined();

  history.add(10, 10);
  expect(taken(history)).toEqual({ tick: 10, viewAge: 0, inputs: [10] });
});

test("behind a gap the message begins anew: ticks 7, 8 and 11 send 11", () => {
  expect(taken(historyOf(7, 8, 11))).toEqual({ tick: 11, viewAge: 0, inputs: [11] });
});

test("of what waits longer than 250 ms, 8 ticks at 30 Hz, the newest is sent: of 1 to 20 those of 13 to 20", () => {
  const history = historyOf(...Array.from({ length: 20 }, (_, i) => i + 1));

  expect(taken(history)).toEqual({ tick: 13, viewAge: 0, inputs: [13, 14, 15, 16, 17, 18, 19, 20] });
});

test("a message says the lowest 16 bits of its tick: 4 for 65,540", () => {
  expect(taken(historyOf(65_540))?.tick).toBe(4);
});

test.each([
  [-30, 0],
  [99, 50],
  [510, 255],
  [4_000, 255],
])("others seen %i ms ago are told as %i steps of 2 ms", (viewAgeMs, steps) => {
  expect(taken(historyOf(1), viewAgeMs)?.viewAge).toBe(steps);
});

test("on a new connection what waits is not wanted any more, but is known still", () => {
  const history = historyOf(7, 8);

  history.discardWaiting();

  expect(taken(history)).toBeUndefined();
  expect(history.at(8)).toBe(8);
});

test("a tick without an input has the one before: of 7 and 10 tick 9 has 7's, tick 12 has 10's, and tick 6 none", () => {
  const history = historyOf(7, 10);

  expect([6, 7, 9, 10, 12].map((tick) => history.at(tick))).toEqual([undefined, 7, 7, 10, 10]);
});

test("what a snapshot has is forgotten, but for the newest, which may stand for the tick behind", () => {
  const history = historyOf(7, 8, 12);
  taken(history);

  history.acknowledge(9);
  expect([7, 8, 10, 12].map((tick) => history.at(tick))).toEqual([undefined, 8, 8, 12]);

  history.acknowledge(40);
  expect([11, 41].map((tick) => history.at(tick))).toEqual([undefined, 12]);
});

test("what a snapshot of a later tick has, and has not left yet, leaves all the same: it is late", () => {
  const history = historyOf(7, 8, 9);

  history.acknowledge(20);

  expect(taken(history)?.inputs).toEqual([7, 8, 9]);
});

test("without snapshots the inputs of 2 s are kept, 60 ticks at 30 Hz", () => {
  const history = historyOf(...Array.from({ length: 200 }, (_, i) => i + 1));

  expect([140, 141, 200].map((tick) => history.at(tick))).toEqual([undefined, 141, 200]);
});
