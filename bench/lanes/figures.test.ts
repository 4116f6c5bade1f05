import { expect, test } from "vitest";
import type { ArrivalLog } from "./arrivals.ts";
import { figuresOf } from "./figures.ts";
import type { OfferLog } from "./offering.ts";

/** Snapshots offered every 50 ms from 0 on, with the bulk beginning at 1000 ms. */
function offersUntil(endMs: number): OfferLog {
  const offeredAtMs = Array.from({ length: endMs / 50 }, (_, sequence) => 50 * sequence);
  return { offeredAtMs, bulkBeganAtMs: 1000, kernelBytesMax: 7 };
}

/** Each snapshot arrives so much later than it was offered. */
function arrivalsOf({ offeredAtMs }: OfferLog, latencyMs: (offeredAtMs: number) => number): ArrivalLog["snapshots"] {
  return offeredAtMs.map((atMs, sequence) => ({ sequence, atMs: atMs + latencyMs(atMs) }));
}

test("latencies before the bulk are idle, those of what was offered until it had arrived are loaded", () => {
  const offers = offersUntil(6000);
  const snapshots = arrivalsOf(offers, (atMs) => (atMs < 1000 ? 25 : atMs < 5000 ? 100 : 9999));
  const arrivals = { snapshots, bulk: [{ bytes: 4_000_000, atMs: 5000 }], linkCounts: [] };

  expect(figuresOf(offers, { ...arrivals, linkCounts: [{ bytes: 0, atMs: 0 }] }, 0.5)).toMatchObject({
    idleP50Ms: 25,
    idleP99Ms: 25,
    idleMaxMs: 25,
    loadedP50Ms: 100,
    loadedP99Ms: 100,
    loadedMaxMs: 100,
    bulkMbit: 8,
    superseded: 0,
    kernelBytesMax: 7,
    latePart: 0.5,
  });
});

test("a snapshot that is left out is late until a newer one arrives", () => {
  const offers = offersUntil(1200);
  const all = arrivalsOf(offers, () => 20);
  const snapshots = all.filter(({ sequence }) => sequence !== 20 && sequence !== 21);
  const bulk = [{ bytes: 1000, atMs: 1150 }];

  const figures = figuresOf(offers, { snapshots, bulk, linkCounts: [{ bytes: 0, atMs: 0 }] }, null);

  // Offered at 1000 and 1050; the next one arrives at 1120.
  expect(figures).toMatchObject({ loadedP50Ms: 70, loadedMaxMs: 120, superseded: 2, idleMaxMs: 20 });
});

test("a snapshot that never arrives is an error", () => {
  const offers = offersUntil(1200);
  const snapshots = arrivalsOf(offers, () => 20).slice(0, 21);

  expect(() => figuresOf(offers, { snapshots, bulk: [{ bytes: 1, atMs: 1150 }], linkCounts: [] }, null)).toThrow(
    "a snapshot never arrived",
  );
});

test("the settled rate begins 2 s after the bulk did, inside of a message that arrives whole as well", () => {
  const offers = offersUntil(6000);
  const snapshots = arrivalsOf(offers, () => 20);
  const bulk = [{ bytes: 4_000_000, atMs: 5000 }];
  // A quarter has come out of the link by 3000 ms.
  const linkCounts = [
    { bytes: 100, atMs: 900 },
    { bytes: 100, atMs: 1000 },
    { bytes: 1100, atMs: 3000 },
    { bytes: 4100, atMs: 5000 },
  ];

  expect(figuresOf(offers, { snapshots, bulk, linkCounts }, null).settledBulkMbit).toBe(12);
});

test("without a straddling message the settled rate is that of what arrived since", () => {
  const offers = offersUntil(6000);
  const snapshots = arrivalsOf(offers, () => 20);
  const linkCounts = [
    { bytes: 0, atMs: 0 },
    { bytes: 1_000_000, atMs: 3000 },
    { bytes: 1_000_000, atMs: 3900 },
    { bytes: 3_000_000, atMs: 5000 },
  ];
  const bulk = [
    { bytes: 1_000_000, atMs: 3000 },
    { bytes: 1_000_000, atMs: 4000 },
    { bytes: 1_000_000, atMs: 5000 },
  ];

  expect(figuresOf(offers, { snapshots, bulk, linkCounts }, null).settledBulkMbit).toBeCloseTo(8, 6);
});

test("bulk that is there within 2 s has no settled rate", () => {
  const offers = offersUntil(6000);
  const snapshots = arrivalsOf(offers, () => 20);

  const figures = figuresOf(offers, { snapshots, bulk: [{ bytes: 1000, atMs: 3000 }], linkCounts: [] }, null);

  expect(figures.settledBulkMbit).toBeNull();
});
