import { expect, test } from "vitest";
import { type AnyEntityTable, Rng } from "#engine/shared";
import { type ReplicationPeer, ReplicationSession } from "./replication-session.ts";
import { churnSkirmishers, moveSkirmishers, skirmishGame, spawnSkirmisher } from "./skirmish.ts";

const game = await skirmishGame();
const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** A session with some 60 entities, half the ships with owners. */
function sessionOf(seed: number, ticksPerSnapshot = 1, definition = game): ReplicationSession {
  const session = new ReplicationSession(definition, seed, ticksPerSnapshot);
  for (let i = 0; i < 60; i++) {
    spawnSkirmisher(session.world, session.world.rng.below(session.world.tables.length), i % 12);
  }
  return session;
}

function wander(session: ReplicationSession, players: number): void {
  const { viewpoints, rng } = session.world;
  for (let player = 0; player < players; player++) {
    const { x, y } = viewpoints.get(player) ?? { x: rng.between(0, 1024), y: rng.between(0, 1024) };
    viewpoints.set(player, { x: (x + 7) % 1024, y: (y + rng.between(0, 9)) % 1024 });
  }
}

/** What may be and what must be in view, found by looking at everything. */
function viewProblems(session: ReplicationSession, { view }: ReplicationPeer): string[] {
  const { tables, hidden, viewpoints } = session.world;
  const from = viewpoints.get(view.playerId)!;
  return view.parts.flatMap((part, kind) => {
    if (part === undefined) return [];
    const table: AnyEntityTable = tables[kind]!;
    const columns = tables[kind]!.columns;
    return Array.from({ length: table.capacity }, (_, slot) => {
      const distance = columns.x === undefined ? 0 : Math.hypot(columns.x[slot]! - from.x, columns.y![slot]! - from.y);
      const isLive = table.isLive(slot);
      const isOwn = isLive && columns.owner?.[slot] === view.playerId;
      const isShown = isLive && !hidden.has(kind * 65_536 + slot);
      const mustBe = isOwn || (isShown && distance < 299.9);
      const mayBe = isOwn || (isShown && distance < 300 * 1.08 + 0.1);
      const isIn = part.view.isIn[slot] === 1;
      if (isIn ? mayBe : !mustBe) return "";
      return `tick ${session.tick} player ${view.playerId} kind ${kind} slot ${slot}: ${isIn ? "in view" : "not in view"}`;
    }).filter((problem) => problem !== "");
  });
}

test.each(seeds(40))(
  "seed %i: under churn, skips, budgets and reused slots every client holds what the server says, field by field",
  (seed) => {
    const session = sessionOf(seed, 1 + (seed % 3));
    const peers = [0, 1, 2, 3].map((player) => session.join(player, player === 2 ? 1 : 2));
    const chance = new Rng(seed * 7);
    for (let snapshot = 0; snapshot < 150; snapshot++) {
      session.record(() => {
        churnSkirmishers(session.world, 4);
        moveSkirmishers(session.world);
      });
      wander(session, 4);
      session.write([peers[0]!]);
      const [small, skipping] = [40 + chance.below(200), chance.below(30) === 0 ? 0 : 3];
      session.write([peers[1]!], small);
      session.write(peers.slice(2).filter(() => chance.below(4) < skipping));

      expect(peers.flatMap((peer) => session.differences(peer))).toEqual([]);
      expect(viewProblems(session, peers[0]!)).toEqual([]);
    }
  },
);

test("what a client is shown equals the server's columns, for all that it was just sent", () => {
  const session = sessionOf(3);
  const peer = session.join(0);
  const mirror = game.createWorld(0);
  for (let snapshot = 0; snapshot < 40; snapshot++) {
    session.record(() => {
      moveSkirmishers(session.world);
    });
    session.write([peer]);
  }

  mirror.tables.forEach((table, kind) => {
    peer.reader.show(kind, table);
    for (const slot of table.slots()) {
      for (const [name, column] of Object.entries(table.columns)) {
        const isHidden =
          (name === "ammunition" || name === "fuel") && session.world.tables[0]!.columns.owner![slot] !== 0;
        expect(column![slot], `${name} of ${slot}`).toBe(
          isHidden ? 0 : session.world.tables[kind]!.columns[name]![slot],
        );
      }
    }
  });
  expect(mirror.tables[0]!.count).toBeGreaterThan(3);
});

/** Whether the two hold the same entities. */
const seeTheSame = (a: ReplicationPeer, b: ReplicationPeer): boolean =>
  a.view.parts.every((part, kind) => {
    const other = b.view.parts[kind]!.view;
    const mine = part!.view;
    if (mine.count !== other.count) return false;
    return mine.slots
      .subarray(0, mine.count)
      .every((slot, i) => slot === other.slots[i] && mine.generations[slot] === other.generations[slot]);
  });

test.each(seeds(20))(
  "seed %i: three snapshots after it missed one, was cut short, looked away or was repaired, a player gets the bytes of one that never was",
  (seed) => {
    const session = sessionOf(seed);
    // Players 20 and 21 own nothing, and look from the same place.
    const [steady, other] = [session.join(20), session.join(21)];
    const chance = new Rng(seed * 11);
    let [good, compared] = [0, 0];
    for (let snapshot = 0; snapshot < 300; snapshot++) {
      session.record(() => {
        if (chance.below(3) === 0) churnSkirmishers(session.world, 4);
        moveSkirmishers(session.world);
      });
      const wereSame = seeTheSame(steady, other);
      const before = good;
      session.write([steady]);
      const fate = chance.below(24);
      // Looks elsewhere for one snapshot: what it left enters again.
      if (fate === 3) session.world.viewpoints.set(21, { x: 0, y: 0 });
      else session.world.viewpoints.delete(21);
      if (fate === 0) good = -2;
      else if (fate === 1) {
        session.write([other], 60);
        good = (other.body[0]! & 2) !== 0 ? -2 : good + 1;
      } else {
        const { view } = other.view.parts[0]!;
        const slot = view.slots[chance.below(Math.max(1, view.count))]!;
        if (fate === 2 && view.count > 0) other.view.anew[0]!.add(slot);
        session.write([other]);
        // The snapshot that catches up is the first one; the two that follow are without history.
        good = fate === 2 ? Math.min(0, good + 1) : good + 1;
      }
      if (before < 1 || good !== before + 1 || !wereSame || !seeTheSame(steady, other)) continue;
      compared += 1;
      expect(other.body).toEqual(steady.body);
    }
    expect(compared).toBeGreaterThan(60);
  },
);

test.each(seeds(10))("seed %i: a packet that several share is to the byte what each would get alone", (seed) => {
  const session = sessionOf(seed);
  const alone = new ReplicationSession(game, seed, 1, session.world);
  const players = [30, 31, 32, 33, 0];
  const [shared, single] = [session, alone].map((each) => players.map((player) => each.join(player)));
  for (let snapshot = 0; snapshot < 60; snapshot++) {
    session.record(() => {
      if (snapshot % 3 === 0) churnSkirmishers(session.world, 4);
      moveSkirmishers(session.world);
    });
    alone.record(() => undefined);
    const count = snapshot % 17 === 5 ? 3 : 5;
    const bytesMax = snapshot % 23 === 7 ? 60 : 60_000;
    session.write(shared!.slice(0, count), bytesMax);
    for (const peer of single!.slice(0, count)) alone.write([peer], bytesMax);

    expect(shared!.map(({ body }) => body)).toEqual(single!.map(({ body }) => body));
    expect(shared!.flatMap((peer) => session.differences(peer))).toEqual([]);
  }
  expect(session.replicator.counters.shared).toBeGreaterThan(100);
  expect(alone.replicator.counters.shared).toBe(0);
});
