/** Links as bad as they come: whatever happens on the way, a stream arrives whole, once and in its order. */
import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import type { LinkConditions } from "./link-conditions.ts";
import { type VirtualLink, VirtualNetwork } from "./virtual-network.ts";

const CALM_MS = 60_000;

/** Conditions with a few outages before `CALM_MS`, some of them shorter than a round trip. */
function badLink(rng: Rng): LinkConditions {
  const outages = Array.from({ length: rng.below(6) }, () => ({
    atMs: rng.between(0, CALM_MS),
    lastsMs: rng.below(2) === 0 ? rng.between(0, 100) : rng.between(0, 5000),
  }));
  return {
    downMbit: [0.5, 8, 100, Infinity][rng.below(4)]!,
    upMbit: [0.5, 8, 100, Infinity][rng.below(4)]!,
    rttMs: rng.between(0, 300),
    jitterMs: rng.below(2) * rng.between(0, 50),
    queueMs: rng.between(0, 300),
    stall: { ms: rng.between(0, 500), meanEveryMs: rng.between(500, 20_000) },
    outages: outages.toSorted((a, b) => a.atMs - b.atMs),
  };
}

/** What arrives at an end: the number that each packet carries in its first four bytes. */
function numbersAt(end: VirtualLink): number[] {
  const numbers: number[] = [];
  end.listen({
    onOpen: () => undefined,
    onPacket: (packet) => numbers.push(new DataView(packet.buffer).getUint32(0)),
    onTurn: () => undefined,
    onClose: () => undefined,
  });
  return numbers;
}

/** Sends `count` numbered packets at random moments, and freezes the end now and then, until the calm. */
function scheduleStorm(network: VirtualNetwork, end: VirtualLink, rng: Rng, count: number): void {
  const moments = Array.from({ length: count }, () => rng.between(0, CALM_MS)).sort((a, b) => a - b);
  for (const [number, atMs] of moments.entries()) {
    const packet = new Uint8Array(rng.below(20) === 0 ? rng.below(200_000) + 4 : rng.below(2000) + 4);
    new DataView(packet.buffer).setUint32(0, number);
    network.schedule(atMs, () => {
      end.send(packet);
    });
  }
  for (let i = rng.below(4); i > 0; i--) {
    const atMs = rng.between(0, CALM_MS);
    network.schedule(atMs, () => {
      end.freeze();
    });
    network.schedule(Math.min(atMs + rng.between(0, 20_000), CALM_MS), () => {
      end.thaw();
    });
  }
}

test.each(Array.from({ length: 60 }, (_, i) => i + 1))(
  "seed %i: 300 packets each way arrive, and nothing is left",
  (seed) => {
    const rng = new Rng(seed);
    const network = new VirtualNetwork(seed);
    const { client, server } = network.createLinks(badLink(rng));
    const ends = [client, server];
    const arrived = ends.map(numbersAt);
    for (const end of ends) scheduleStorm(network, end, rng, 300);

    network.advanceTo(20 * CALM_MS);

    const all = Array.from({ length: 300 }, (_, i) => i);
    expect(arrived).toEqual([all, all]);
    for (const { bufferedBytes, kernelBytes, queuedBytes, unreadBytes } of ends) {
      expect([bufferedBytes, kernelBytes, queuedBytes, unreadBytes]).toEqual([0, 0, 0, 0]);
    }
  },
);
