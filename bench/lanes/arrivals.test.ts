import { expect, test } from "vitest";
import { VirtualNetwork } from "../../tools/simulator/engine/virtual-network.ts";
import { Arrivals } from "./arrivals.ts";
import { bulkOf, SNAPSHOT_BYTES } from "./workload.ts";

/** What takes 1000 bytes of bulk, and how often it was done. */
function arrivalsOverNothing(): { arrivals: Arrivals; network: VirtualNetwork; done: () => number } {
  const network = new VirtualNetwork();
  let times = 0;
  const clock = {
    nowMs: () => network.nowMs,
    schedule: (atMs: number, run: () => void) => network.schedule(atMs, run),
  };
  const onDone = (): void => {
    times += 1;
  };
  return {
    arrivals: new Arrivals({ clock, bulkBytes: 1000, linkBytes: () => 0, onDone }),
    network,
    done: () => times,
  };
}

function snapshot(sequence: number): Uint8Array {
  const bytes = new Uint8Array(SNAPSHOT_BYTES);
  bytes[0] = sequence;
  return bytes;
}

test("it is done once, 1.5 s after the last byte of the bulk", () => {
  const { arrivals, network, done } = arrivalsOverNothing();

  arrivals.onBulk(bulkOf(1000).subarray(0, 600), 0);
  network.advanceTo(2000);
  arrivals.onBulk(bulkOf(1000).subarray(600), 2000);
  network.advanceTo(3499);
  expect(done()).toBe(0);
  network.advanceTo(9000);

  expect(done()).toBe(1);
  expect(arrivals.log.bulk).toEqual([
    { bytes: 600, atMs: 0 },
    { bytes: 400, atMs: 2000 },
  ]);
});

test("bulk with a byte changed, or one too many, is refused", () => {
  const { arrivals } = arrivalsOverNothing();
  const changed = bulkOf(1000);
  changed[999]! ^= 1;

  expect(() => {
    arrivals.onBulk(changed, 0);
  }).toThrow("the bulk arrived changed");
  expect(() => {
    arrivals.onBulk(bulkOf(1001), 0);
  }).toThrow("the bulk arrived changed");
});

test("a snapshot may be left out, and never comes after a newer one", () => {
  const { arrivals } = arrivalsOverNothing();
  arrivals.onSnapshot(snapshot(0), 5);
  arrivals.onSnapshot(snapshot(2), 7);

  expect(() => {
    arrivals.onSnapshot(snapshot(1), 9);
  }).toThrow("snapshot 1 arrived behind a newer one");
  expect(arrivals.log.snapshots).toEqual([
    { sequence: 0, atMs: 5 },
    { sequence: 2, atMs: 7 },
  ]);
});
