import { expect, test } from "vitest";
import { Shot } from "../../schema/generated/arena.ts";
import { BitWriter } from "../wire/bit-writer.ts";
import { SnapshotReader } from "./snapshot-reader.ts";

const CAPACITY = 65_535;

/** A reader that holds `count` entities, in the first slots. */
function readerOf(count: number): SnapshotReader {
  const reader = new SnapshotReader([{ codec: Shot, capacity: CAPACITY }], 1, 1);
  const { view } = reader.kinds[0]!;
  const slots = Uint16Array.from({ length: count }, (_, slot) => slot);
  for (const slot of slots) view.enter(slot, 0, 0, false);
  view.merge(slots, count);
  reader.peer.number = 0;
  return reader;
}

/** A partial snapshot of tick 1 that claims to code so many entities, and ends there. */
function claimOf(coded: number): Uint8Array {
  const writer = new BitWriter(64);
  writer.put(2, 3);
  writer.put(0, 1);
  writer.golomb(coded, 6);
  writer.put(15, 4);
  return writer.bytes.slice(0, writer.finish());
}

test("5 bytes that claim 65,000 gaps between 65,535 entities are no snapshot, and nothing throws", () => {
  expect(readerOf(CAPACITY).read(1, claimOf(65_000))).toBeUndefined();
});

test("the same bytes that claim none are one", () => {
  expect(readerOf(CAPACITY).read(1, claimOf(0))).toMatchObject({ tick: 1, isReset: false });
});
