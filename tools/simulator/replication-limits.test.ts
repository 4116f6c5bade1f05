import { expect, test } from "vitest";
import { type ReplicationPeer, ReplicationSession } from "./replication-session.ts";
import { churnSkirmishers, moveSkirmishers, SHIP_KIND, skirmishGame, spawnSkirmisher } from "./skirmish.ts";

const game = await skirmishGame();
const everywhere = await skirmishGame(2, Infinity);

function fill(session: ReplicationSession, kind: number, count: number): void {
  for (let i = 0; i < count; i++) spawnSkirmisher(session.world, kind);
}

/** Runs snapshots for one peer, and says for each which slots of ships it coded. */
function run(session: ReplicationSession, peer: ReplicationPeer, snapshots: number, bytesMax: number): void {
  for (let i = 0; i < snapshots; i++) {
    session.record(() => {
      moveSkirmishers(session.world);
    });
    session.write([peer], bytesMax);
  }
}

test("200 bytes for 500 moving ships: no packet is larger, the own one is in each, and each comes once in 2 s at 20 Hz", () => {
  const session = new ReplicationSession(everywhere, 1);
  fill(session, SHIP_KIND, 499);
  const own = spawnSkirmisher(session.world, SHIP_KIND, 0)!;
  const peer = session.join(0);
  run(session, peer, 400, 200);
  const { view } = peer.view.parts[SHIP_KIND]!;
  expect(view.count).toBe(500);

  const ages: number[] = [];
  for (let snapshot = 0; snapshot < 200; snapshot++) {
    run(session, peer, 1, 200);
    expect(peer.body.length).toBeLessThanOrEqual(200);
    expect(view.codedAtOf(own)).toBe(session.tick);
    ages.push(Math.max(...view.slots.subarray(0, view.count).map((slot) => session.tick - view.codedAtOf(slot))));
    expect(session.differences(peer)).toEqual([]);
  }
  expect(Math.max(...ages)).toBeLessThanOrEqual(40);
});

test("newcomers come nearest first when not all fit, and all of them in the end", () => {
  const session = new ReplicationSession(game, 2);
  const { columns } = session.world.tables[SHIP_KIND]!;
  for (let i = 0; i < 40; i++) {
    const slot = spawnSkirmisher(session.world, SHIP_KIND)!;
    columns.x![slot] = 512 + ((i * 7) % 40) * 6;
    columns.y![slot] = 512;
    columns.vx![slot] = columns.vy![slot] = 0;
  }
  const peer = session.join(0);
  const { view } = peer.view.parts[SHIP_KIND]!;
  const distanceOf = (slot: number): number => Math.abs(columns.x![slot]! - 512);

  session.record(() => undefined);
  session.write([peer], 150);
  const inView = [...view.slots.subarray(0, view.count)].map(distanceOf);
  const outside = [...session.world.tables[SHIP_KIND]!.slots()].filter((slot) => view.isIn[slot] === 0).map(distanceOf);

  expect(inView.length).toBeGreaterThan(3);
  expect(outside.length).toBeGreaterThan(3);
  expect(Math.max(...inView)).toBeLessThanOrEqual(Math.min(...outside));
  run(session, peer, 40, 150);
  expect(view.count).toBe(40);
});

test.each([
  { missed: 62, isReset: false },
  { missed: 63, isReset: true },
  { missed: 300, isReset: true },
])(
  "after $missed missed snapshots the next one is a reset: $isReset; and all is right again",
  ({ missed, isReset }) => {
    const session = new ReplicationSession(game, 4);
    fill(session, SHIP_KIND, 30);
    const peer = session.join(0);
    run(session, peer, 5, 60_000);

    for (let i = 0; i < missed; i++) {
      session.record(() => {
        churnSkirmishers(session.world, 2);
        moveSkirmishers(session.world);
      });
      session.write([]);
    }
    run(session, peer, 1, 60_000);

    expect((peer.body[0]! & 1) === 1).toBe(isReset);
    expect(session.differences(peer)).toEqual([]);
  },
);

test("255 ticks may lie between two snapshots, 256 may not: with 51 ticks each, 5 snapshots and 6", () => {
  const flagsAfter = (missed: number): number => {
    const session = new ReplicationSession(game, 4, 51);
    fill(session, SHIP_KIND, 5);
    const peer = session.join(0);
    run(session, peer, 3, 60_000);
    for (let i = 0; i < missed; i++) session.record(() => undefined);
    run(session, peer, 1, 60_000);
    expect(session.differences(peer)).toEqual([]);
    return peer.body[0]! & 1;
  };

  expect([flagsAfter(4), flagsAfter(5)]).toEqual([0, 1]);
});

test("an entity that was left out for longer than rows are kept is sent as a whole row, and is right", () => {
  const session = new ReplicationSession(everywhere, 6);
  fill(session, SHIP_KIND, 600);
  const peer = session.join(0);
  run(session, peer, 60, 2000);
  run(session, peer, 300, 64);
  const { view } = peer.view.parts[SHIP_KIND]!;
  const oldest = Math.min(...view.slots.subarray(0, view.count).map((slot) => view.codedAtOf(slot)));
  expect(session.tick - oldest).toBeGreaterThan(64);

  run(session, peer, 1, 60_000);

  expect(session.differences(peer)).toEqual([]);
});

test("an entity at the edge does not come and go: in at 300, out beyond 324", () => {
  const session = new ReplicationSession(game, 1);
  const slot = spawnSkirmisher(session.world, SHIP_KIND)!;
  const { columns } = session.world.tables[SHIP_KIND]!;
  const peer = session.join(0);
  const isInAt = (distance: number): boolean => {
    columns.x![slot] = 512 + distance;
    columns.y![slot] = 512;
    columns.vx![slot] = columns.vy![slot] = 0;
    run(session, peer, 1, 60_000);
    return peer.view.parts[SHIP_KIND]!.view.isIn[slot] === 1;
  };
  session.world.rng.below(1);

  expect([310, 300, 310, 324, 325, 310, 299].map(isInAt)).toEqual([false, true, true, true, false, false, true]);
});

test("each kind may have a radius of its own: ships up to 100, rocks anywhere, nothing but rocks without a viewpoint", async () => {
  const byKind = await skirmishGame(2, [100, Infinity, 5, 100]);
  const session = new ReplicationSession(byKind, 1);
  for (const kind of [0, 1, 2, 3]) fill(session, kind, 200);
  const peer = session.join(0);
  const countsOf = (): number[] => peer.view.parts.map((part) => part!.view.count);
  run(session, peer, 1, 60_000);
  const [ships, rocks, scores, beams] = countsOf();
  expect([rocks, scores]).toEqual([200, 200]);
  for (const near of [ships!, beams!]) expect(near).toBeLessThan(30);

  byKind.interest.viewpoint = () => undefined;
  run(session, peer, 1, 60_000);

  expect(countsOf()).toEqual([0, 200, 200, 0]);
});

test("hidden entities change no byte of a client: two runs that differ in nothing but their values", () => {
  const bodiesOf = (offset: number): Uint8Array[] => {
    const session = new ReplicationSession(game, 9);
    fill(session, SHIP_KIND, 40);
    fill(session, 1, 20);
    const { tables, hidden } = session.world;
    for (let slot = 0; slot < 40; slot += 3) hidden.add(slot);
    for (let slot = 0; slot < 20; slot += 2) hidden.add(65_536 + slot);
    const peer = session.join(0);
    return Array.from({ length: 100 }, (_, snapshot) => {
      session.record(() => {
        moveSkirmishers(session.world);
        for (const key of hidden) {
          const { columns } = tables[key >> 16]!;
          for (const name of ["health", "shape", "x", "y", "big"]) {
            const column = columns[name];
            if (column !== undefined) column[key & 0xffff] = (offset * (snapshot + key)) % 100;
          }
        }
      });
      session.write([peer]);
      return peer.body;
    });
  };

  const first = bodiesOf(1);

  expect(bodiesOf(77)).toEqual(first);
  expect(first.some((body) => body.length > 20)).toBe(true);
});

test("an owner gets its fields and nobody else does; a new owner gets them with the change", () => {
  const session = new ReplicationSession(game, 5);
  const slot = spawnSkirmisher(session.world, SHIP_KIND, 0)!;
  const { columns } = session.world.tables[SHIP_KIND]!;
  const [a, b] = [session.join(0), session.join(1)];
  const ammunitionOf = ({ reader }: ReplicationPeer): number => {
    const mirror = game.createWorld(0).tables[SHIP_KIND]!;
    reader.show(SHIP_KIND, mirror);
    return mirror.columns.ammunition![slot]!;
  };
  const step = (ammunition: number): number[] => {
    session.record(() => {
      columns.x![slot] = columns.y![slot] = 512;
      columns.ammunition![slot] = ammunition;
    });
    session.write([a, b]);
    return [ammunitionOf(a), ammunitionOf(b)];
  };

  expect(step(5)).toEqual([5, 0]);
  expect(step(9)).toEqual([9, 0]);
  columns.owner![slot] = 1;
  expect(step(10)).toEqual([0, 10]);
  expect(step(11)).toEqual([0, 11]);
});

test("bytes are counted for each kind and each player, and add up", () => {
  const session = new ReplicationSession(game, 8);
  fill(session, SHIP_KIND, 20);
  fill(session, 1, 20);
  const [a, b] = [session.join(0), session.join(1)];
  let bytes = 0;
  for (let i = 0; i < 20; i++) {
    session.record(() => {
      moveSkirmishers(session.world);
    });
    session.write([a, b]);
    bytes += a.body.length + b.body.length;
  }

  const report = session.replicator.counters.report();
  expect(report).toMatchObject({ snapshots: 40, bytes, resets: 2, desyncs: 0 });
  const kinds = Object.values(report.kindBytes).reduce((sum, each) => sum + each, 0);
  expect(Object.keys(report.kindBytes)).toEqual(["Ship", "Rock", "Score", "Beam"]);
  expect(kinds).toBeLessThanOrEqual(bytes);
  // Flags and the last bits of each body belong to no kind.
  expect(bytes - kinds).toBeLessThan(40 * 3);
  expect(a.view.counters.cost().bytes + b.view.counters.cost().bytes).toBe(bytes);
});
