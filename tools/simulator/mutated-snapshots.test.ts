import { expect, test } from "vitest";
import { Rng } from "#engine/shared";
import type { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import { ReplicationSession } from "./replication-session.ts";
import { churnSkirmishers, moveSkirmishers, skirmishGame, spawnSkirmisher } from "./skirmish.ts";

const CAPACITY = 24;
const MUTATIONS = 1_000_000;
const RUNS = 4;
const MOMENTS = 200;
const INTERESTING = [0, 1, 2, 0x7f, 0x80, 0xf0, 0xfe, 0xff];

const game = await skirmishGame(2, 300, CAPACITY);

/** A snapshot, and what its reader holds before it reads it. */
interface Moment {
  readonly tick: number;
  readonly body: Uint8Array;
  readonly restore: () => void;
}

/** Arrays and counts of a reader: all that a snapshot changes. */
function keep(reader: SnapshotReader): () => void {
  const arrays = reader.kinds.flatMap((held) => {
    const { slots, isIn, generations, codedAt, streaks, isOwner, wasDestroyed } = held!.view;
    return [slots, isIn, generations, codedAt, streaks, isOwner, wasDestroyed, held!.rows, held!.states];
  });
  const copies = arrays.map((array) => array.slice());
  const counts = reader.kinds.map((held) => held!.view.count);
  const unisons = reader.kinds.map((held) => held!.view.unison);
  const { number } = reader.peer;
  return () => {
    for (let i = 0; i < arrays.length; i++) arrays[i]!.set(copies[i]!);
    for (let kind = 0; kind < counts.length; kind++) {
      reader.kinds[kind]!.view.count = counts[kind]!;
      reader.kinds[kind]!.view.unison = unisons[kind]!;
    }
    reader.peer.number = number;
  };
}

/** Snapshots of a lively session: deltas, late ones, such that leave something out, resets, checks. */
function momentsOf(seed: number): { reader: SnapshotReader; moments: readonly Moment[] } {
  const session = new ReplicationSession(game, seed);
  for (let i = 0; i < 50; i++) spawnSkirmisher(session.world, i % 4, i % 3);
  const peer = session.join(0);
  const chance = new Rng(seed);
  const moments: Moment[] = [];
  while (moments.length < MOMENTS) {
    session.record(() => {
      churnSkirmishers(session.world, 3);
      moveSkirmishers(session.world);
    });
    if (chance.below(6) === 0) continue;
    if (chance.below(50) === 0) peer.view.peer.clear();
    const restore = keep(peer.reader);
    session.write([peer], chance.below(4) === 0 ? 40 : 60_000);
    moments.push({ tick: session.tick & 0xff, body: peer.body, restore });
  }
  return { reader: peer.reader, moments };
}

/** Changes a few bits or bytes of `work`, whose first `length` count; returns how many then do. */
function mutate(work: Uint8Array, length: number, chance: Rng): number {
  for (let change = chance.below(3); change >= 0; change--) {
    const at = chance.below(length);
    work[at] =
      chance.below(3) === 0 ? INTERESTING[chance.below(INTERESTING.length)]! : work[at]! ^ (1 << chance.below(8));
  }
  const kind = chance.below(16);
  if (kind === 0) return chance.below(length + 1);
  return kind === 1 ? Math.min(work.length, length + 1 + chance.below(8)) : length;
}

/** Whether what is held still makes sense: views in order, nothing outside of its bounds. */
function isConsistent(reader: SnapshotReader): boolean {
  return reader.kinds.every((held) => {
    const { slots, count, isIn } = held!.view;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      if (slot <= last || slot >= CAPACITY || isIn[slot] !== 1 || held!.view.codedAtOf(slot) > reader.peer.number)
        return false;
      last = slot;
    }
    return isIn.reduce((sum, each) => sum + each, 0) === count;
  });
}

test.each(Array.from({ length: RUNS }, (_, index) => index + 1))(
  "run %i: 250,000 mutated snapshots in the middle of a session are refused, or leave what is held consistent",
  { timeout: 60_000 },
  (seed) => {
    const { reader, moments } = momentsOf(seed);
    const mirror = game.createWorld(0).tables;
    const work = new Uint8Array(64 + Math.max(...moments.map(({ body }) => body.length)));
    const chance = new Rng(seed * 31);
    let accepted = 0;
    for (let i = 0; i < MUTATIONS / RUNS; i++) {
      const { tick, body, restore } = moments[i % MOMENTS]!;
      restore();
      work.fill(0);
      work.set(body);
      const length = mutate(work, body.length, chance);
      const news = reader.read(chance.below(20) === 0 ? chance.below(256) : tick, work.subarray(0, length));
      if (news === undefined) continue;
      accepted += 1;
      if (!isConsistent(reader)) throw new Error(`moment ${i % MOMENTS} of seed ${seed}: mutation ${i}`);
      if (accepted % 64 === 0)
        mirror.forEach((table, kind) => {
          reader.show(kind, table);
        });
    }

    expect(accepted).toBeGreaterThan(1000);
    expect(accepted).toBeLessThan(MUTATIONS / RUNS);
  },
);

test("a reader that has refused a snapshot still throws at nothing", () => {
  const { reader, moments } = momentsOf(9);
  const chance = new Rng(10);
  for (let i = 0; i < 100_000; i++) {
    const { tick, body } = moments[i % MOMENTS]!;
    const work = new Uint8Array(body.length + 8);
    work.set(body);
    reader.read(tick, work.subarray(0, mutate(work, body.length, chance)));
  }
  expect(reader.peer.number).toBeGreaterThan(0);
});

test("the snapshots themselves are read: the mutations have sound neighbours", () => {
  const { reader, moments } = momentsOf(2);
  for (const { tick, body, restore } of moments) {
    restore();
    expect(reader.read(tick, body)).toBeDefined();
    expect(isConsistent(reader)).toBe(true);
  }
});
