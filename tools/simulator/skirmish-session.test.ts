import { expect, test } from "vitest";
import { CloseCode } from "#engine/shared";
import { encodeSnapshot } from "../../shared/schema/generated/engine.ts";
import { churnSkirmishers, moveSkirmishers, SHIP_KIND, type SkirmishVersion } from "./skirmish.ts";
import { snapshotsIn } from "./packets.ts";
import { SkirmishSession } from "./skirmish-session.ts";

const VERSIONS: readonly (readonly [SkirmishVersion, SkirmishVersion])[] = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
];

test.each(VERSIONS)(
  "a client of version %i and a server of version %i: after each of 150 lively ticks both hold what both know",
  async (clientVersion, serverVersion) => {
    const step = (world: SkirmishSession["room"]["world"]): void => {
      churnSkirmishers(world, 2);
      moveSkirmishers(world);
    };
    const session = await SkirmishSession.start({ clientVersion, serverVersion, step });
    session.run(4);
    let compared = 0;
    for (let tick = 0; tick < 150; tick++) {
      session.run(1);
      const { problems, values } = comparison(session, clientVersion === 2 && serverVersion === 2);
      expect(problems).toEqual([]);
      compared += values;
    }
    expect(session.client.status.phase).toBe("connected");
    expect(compared).toBeGreaterThan(10_000);
  },
);

/** What the client, player 0, holds of the world that it should not, or does not that it should. */
function comparison({ client, room }: SkirmishSession, knowsNew: boolean): { problems: string[]; values: number } {
  const { tables: ours, hidden } = room.world;
  const problems: string[] = [];
  let values = 0;
  client.world.tables.forEach((table, kind) => {
    const mine = ours[kind];
    const owner = mine?.columns.owner;
    const isKnown = kind < 3 || knowsNew;
    const visible = isKnown && mine !== undefined ? [...mine.slots()] : [];
    const inView = visible.filter((slot) => !hidden.has(kind * 65_536 + slot) || owner?.[slot] === 0);
    if (String([...table.slots()]) !== String(inView)) problems.push(`kind ${kind}: other slots`);
    for (const [name, column] of Object.entries(table.columns)) {
      const isOwners = name === "ammunition" || name === "fuel";
      const isNew = name === "colour" || name === "fuel";
      for (const slot of table.slots()) {
        const isSent = (!isOwners || owner![slot] === 0) && (!isNew || knowsNew);
        const expected = isSent ? mine!.columns[name]![slot] : 0;
        if (column![slot] !== expected) problems.push(`${name} of ${slot}: ${column![slot]}, not ${expected}`);
        values += 1;
      }
    }
  });
  return { problems, values };
}

/** A session with one ship in view that stands where it is put. */
async function oneShip(): Promise<{ session: SkirmishSession; to: (x: number) => () => void }> {
  const session = await SkirmishSession.start({ radius: 300, count: 1 });
  const { columns } = session.room.world.tables[SHIP_KIND]!;
  columns.owner![0] = 900;
  columns.vx![0] = columns.vy![0] = 0;
  const to = (x: number) => (): void => {
    columns.x![0] = x;
    columns.y![0] = 512;
  };
  to(512)();
  session.run(5);
  return { session, to };
}

const shownX = ({ client }: SkirmishSession): number | undefined => {
  const ships = client.view.tables[SHIP_KIND]!;
  return ships.isLive(0) ? ships.columns.x![0] : undefined;
};

/** Where the ship is drawn in the frames of some ticks: each tick begins with what `act` does. */
function drawnDuring(session: SkirmishSession, acts: readonly (() => void)[]): (number | undefined)[] {
  const drawn: (number | undefined)[] = [];
  for (const act of acts) {
    act();
    session.runFrames(() => drawn.push(shownX(session)));
  }
  return drawn;
}

const nothing = (): void => undefined;
const between = (drawn: readonly (number | undefined)[], from: number, to: number): (number | undefined)[] =>
  drawn.filter((x) => x !== undefined && x > from && x < to);

test("what goes on is drawn between two snapshots; what comes into view again never comes from where it was", async () => {
  const { session, to } = await oneShip();
  session.runFrames(nothing);

  const moved = drawnDuring(session, [to(520), nothing]);
  const returned = drawnDuring(session, [to(1000), to(700), nothing, nothing]);

  expect(between(moved, 512, 520).length).toBeGreaterThan(2);
  expect(between(returned, 520, 700)).toEqual([]);
  expect(returned).toContain(undefined);
  expect(returned.at(-1)).toBe(700);
});

test("a renewed entity in its slot is not drawn flying to its new place", async () => {
  const { session, to } = await oneShip();
  session.runFrames(nothing);
  const teleport = (): void => {
    to(700)();
    session.room.world.tables[SHIP_KIND]!.renew(0);
  };

  const drawn = drawnDuring(session, [teleport, nothing, nothing]);

  expect(between(drawn, 512, 700)).toEqual([]);
  expect(drawn.at(-1)).toBe(700);
});

test("a reset that lists an entity that was known goes on with it: it is drawn between the two", async () => {
  const { session, to } = await oneShip();
  session.serverEnd.stuckBytes = 1;
  session.run(70);
  session.serverEnd.stuckBytes = 0;

  const drawn = drawnDuring(session, [to(532), nothing]);

  expect(session.client.stats.resets).toBe(1);
  expect(session.client.world.tables[SHIP_KIND]!.columns.x![0]).toBe(532);
  expect(drawn).not.toContain(undefined);
  expect(between(drawn, 512, 532).length).toBeGreaterThan(1);
});

test("a body that is no snapshot is answered with a reset; a second one within 120 snapshots ends it with 4001", async () => {
  const session = await SkirmishSession.start();
  session.run(10);
  const sendNonsense = (): void => {
    const last = snapshotsIn(session.serverEnd.sent).at(-1)!;
    const garbled = encodeSnapshot({ ...last, tick: last.tick + 1, body: Uint8Array.of(254, 255, 255, 255) });
    session.connection.sendLatest(garbled);
    session.connection.flush(session.nowMs);
  };

  sendNonsense();
  session.run(10);
  expect(session.client.status.phase).toBe("connected");
  expect(session.client.stats).toMatchObject({ resets: 1, desyncs: 1 });

  sendNonsense();
  session.run(1);
  expect(session.client.status).toMatchObject({ phase: "lost", code: CloseCode.BAD_MESSAGE });
});
