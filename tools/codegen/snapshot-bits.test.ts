/**
 * The very bits of snapshots, lowest first: what peers of other builds rely on. A change here needs a version of its own.
 */
import { expect, test } from "vitest";
import { BitReader, BitWriter } from "../../shared/engine/wire/index.ts";
import { Marker, Probe, Ship } from "./golden/kitchen.ts";

const ship = Ship.snapshots[0]!;
/** owner · vx, vy: 512 is a speed of 0 · x, y · health · ammo · fuel · mood · lit · warmth. */
const RESTING = [7, 512, 512, 16_000, 8_000, 100, 5, 500, 300, 1, 8];
/** Its speed grew by 32 steps, and x followed. */
const FASTER = [7, 544, 512, 16_032, 8_000, 100, 5, 500, 300, 1, 8];
/** It grew by 32 again, x went on by 64; y, health and fuel changed unforeseen. */
const HIT = [7, 576, 512, 16_096, 8_001, 99, 5, 499, 300, 1, 8];
/** The speed stays, x goes on by 64. */
const GOING = [7, 576, 512, 16_160, 8_001, 99, 5, 499, 300, 1, 8];

const writer = new BitWriter(200);

/** What was written: how many bits, and their bytes. */
function written(write: () => void): string {
  writer.clear();
  write();
  const { bits } = writer;
  const bytes = [...writer.bytes.subarray(0, writer.finish())];
  return `${bits}: ${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}`;
}

test("a ship that comes into view takes 106 bits, field by field, without what only its owner gets", () => {
  const write = (): void => {
    ship.writeRow(writer, Int32Array.from(RESTING), 0);
  };

  // owner 8 · vx 10 · vy 10 · x 16 · y 16 · health 8 · fuel 16 · mood 16 · lit 1 · warmth 5
  expect(written(write)).toBe("106: 07 00 02 08 e8 03 f4 41 46 1f c0 12 10 01");
});

test("deltas are the mask, then the residuals of the groups that it names, in codes that the state chooses", () => {
  const states = new Int32Array(ship.stateInts);
  const delta = (now: readonly number[], base: readonly number[]): string =>
    written(() => {
      ship.writeDelta(writer, Int32Array.from([...now, ...base]), 0, base.length, 1, states, 0);
    });

  // nothing: mask 0, the shortest code
  expect(delta(RESTING, RESTING)).toBe("1: 00");
  // mask 1 · the pair is not small · vx 32: a symbol for its size, and 6 bits · vy 0
  expect(delta(FASTER, RESTING)).toBe("18: 87 00 00");
  // the mask, a speed that grows, and by more than rounding leaves
  expect([...states]).toEqual([0b11_0001, 32, 0]);
  // mask 14, escaped · x, y 0 and 1 · fuel -1 · mood, lit, warmth 0 · health -1
  expect(delta(HIT, FASTER)).toBe("25: 9f 27 00 00");
  // the last mask and a speed that goes on growing · y was one step above its prediction
  expect([...states]).toEqual([(1 << 10) | 0b01_1110, 32, 0]);
  // mask 1: the speed stopped growing, by -32
  expect(delta(GOING, HIT)).toBe("16: f0 0f");
  expect([...states]).toEqual([(4 << 10) | 0b10_0001, 0, 0]);
});

test("a state takes a bit while all of it is 0, else the context and each last step", () => {
  const state = (...ints: number[]): string =>
    written(() => {
      ship.writeState(writer, Int32Array.from(ints), 0);
    });

  expect(state(0, 0, 0)).toBe("1: 00");
  expect(state(0b11_0001, 32, 0)).toBe("28: 63 80 00 00");
  expect(state((4 << 10) | 0b10_0001, 0, 0)).toBe("21: 43 20 00");
});

test("without history the same change is coded in the tables of its age: one tick, up to three, more", () => {
  const lagged = (now: readonly number[], ticks: number): string =>
    written(() => {
      ship.writeLagged(writer, Int32Array.from([...now, ...RESTING]), 0, RESTING.length, ticks);
    });

  expect(lagged(FASTER, 1)).toBe("16: 09 00");
  expect(lagged(HIT, 2)).toBe("37: df 04 a0 02 00");
  expect(lagged(GOING, 9)).toBe("57: af 00 f0 11 fe 38 00 00");
});

test("the owner gets 8 bits once, and then a bit while nothing of them changes", () => {
  const owner = (ammo: number, base: number): string =>
    written(() => {
      const now = RESTING.map((value, index) => (index === 6 ? ammo : value));
      ship.writeOwner(writer, Int32Array.from([...now, ...RESTING]), 0, base);
    });

  expect(owner(5, -1)).toBe("8: 05");
  expect(owner(5, RESTING.length)).toBe("1: 00");
  // changed 1 · which 1 · 4
  expect(owner(4, RESTING.length)).toBe("10: 13 00");
});

test("a difference of 32 bits is a symbol for its size and the bits behind the first", () => {
  const marker = Marker.snapshots[0]!;
  const delta = (now: number): string =>
    written(() => {
      marker.writeDelta(writer, Int32Array.of(now, 5), 0, 1, 1, new Int32Array(marker.stateInts), 0);
    });

  expect(delta(5)).toBe("1: 00");
  expect(delta(6)).toBe("5: 01");
  expect(delta(105)).toBe("24: fd 06 91");
  expect(delta(2 ** 31)).toBe("48: fd 66 ed ff ff ff");
});

test.each([
  ["an unknown member", 8, 8, 3],
  ["an unknown member of two bits", 162, 2, 2],
  ["a step behind the range", 151, 10, 1000],
])("%s is no row, and its neighbour is one", (_, at, count, value) => {
  const [probe] = Probe.snapshots;
  const reader = new BitReader(100);
  const isRow = (raw: number): boolean => {
    // seen · side · height · x · y · heading · drift · heat · lit · trend
    writer.clear();
    const rest = 164 - at - count;
    for (let bit = 0; bit < at; bit++) writer.put(0, 1);
    writer.put(raw, count);
    for (let bit = 0; bit < rest; bit++) writer.put(0, 1);
    reader.load(writer.bytes.subarray(0, writer.finish()));
    return probe!.readRow(reader, new Int32Array(Probe.rowInts), 0);
  };

  expect([isRow(value), isRow(value - 1)]).toEqual([false, true]);
});
