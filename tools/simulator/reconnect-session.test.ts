/** When a client tries another connection, and when it does not. */
import { expect, test } from "vitest";
import { CloseCode } from "#engine/shared";
import type { LinkConditions } from "./engine/link-conditions.ts";
import { NumberedSession } from "./numbered-session.ts";

const LINK: LinkConditions = { downMbit: 20, upMbit: 20, rttMs: 40 };
const JOINED_MS = 500;

/** A session over links of which the first is dark for a while, and the others are not; the time is the session's. */
function sessionDark(atMs: number, lastsMs: number): NumberedSession {
  let links = 0;
  return new NumberedSession({
    link: () => ({ ...LINK, ...(links++ === 0 ? { outages: [{ atMs, lastsMs }] } : {}) }),
  });
}

test("a link that breaks off is followed by another one in the next frame, and the session goes on within 150 ms", () => {
  const session = new NumberedSession({ link: LINK });
  session.run(JOINED_MS);
  session.cutIn(0);
  session.run(17);
  expect(session.links).toHaveLength(2);
  expect(session.client.status.phase).toBe("reconnecting");

  session.run(150);
  expect(session.client.status.phase).toBe("connected");
});

test("a link that goes dark for 10 s is given up after a second: the session goes on over another one, and loses nothing", () => {
  const session = sessionDark(JOINED_MS, 10_000);
  session.run(JOINED_MS + 950);
  expect(session.links).toHaveLength(1);
  session.run(350);
  expect(session.links).toHaveLength(2);
  expect(session.client.status.phase).toBe("connected");

  session.run(15_000); // the first link answers its close, long after
  session.isTalking = false;
  session.run(2_000);
  expect(session.links).toHaveLength(2);
  expect(session.mistakes()).toEqual([]);
});

test("a link that answers again before another one is open is kept", () => {
  let links = 0;
  const session = new NumberedSession({
    link: () => {
      const isFirst = links++ === 0;
      return isFirst ? { ...LINK, outages: [{ atMs: JOINED_MS, lastsMs: 900 }] } : { ...LINK, rttMs: 2_000 };
    },
  });
  session.run(JOINED_MS + 4_000);
  session.isTalking = false;
  session.run(1_000);

  expect(session.links).toHaveLength(2);
  expect(session.client.status.phase).toBe("connected");
  expect(session.room.world.left).toEqual([]);
  expect(session.mistakes()).toEqual([]);
});

test("a way of 1.5 s there and back is long, and no stall", () => {
  const session = new NumberedSession({ link: { ...LINK, rttMs: 1_500 } });
  session.run(20_000);

  expect(session.client.status.phase).toBe("connected");
  expect(session.links).toHaveLength(1);
});

test("where nothing answers, attempts become rarer, and end after 30 s with 4009", () => {
  let isDead = false;
  const session = new NumberedSession({
    link: () => ({ ...LINK, outages: isDead ? [{ atMs: 0, lastsMs: Infinity }] : [] }),
  });
  session.run(JOINED_MS);
  isDead = true;
  session.isTalking = false;
  session.cutIn(0);
  session.run(29_000);
  expect(session.client.status.phase).toBe("reconnecting");
  expect(session.links.length).toBeGreaterThan(4);
  expect(session.links.length).toBeLessThan(9);

  session.run(1_500);
  expect(session.client.status).toMatchObject({ phase: "lost", code: CloseCode.SESSION_LOST });
  session.run(5_000);
  expect(session.room.playerCount).toBe(0);
});

test("a client that stops is silent to the room within 5 s, keeps its seat, and goes on when it comes back after 25 s", () => {
  const session = new NumberedSession({ link: LINK });
  session.run(JOINED_MS);
  const inputs = (): number => session.room.world.inputs.length;
  session.freezeClient(25_000);
  session.run(5_000);
  const sentBytes = session.link.server.carriedBytes;
  const inputsThen = inputs();
  session.isTalking = false;
  session.run(5_000);
  expect(session.link.server.carriedBytes - sentBytes).toBeLessThan(2_000);
  expect(inputs()).toBe(inputsThen);
  session.run(5_000);
  expect(session.room.playerCount).toBe(1);

  session.run(12_000);
  expect(session.client.status.phase).toBe("connected");
  expect(session.room.world.left).toEqual([]);
  expect(session.mistakes()).toEqual([]);
});

test("a client that stops for 40 s has lost its seat, and is told so", () => {
  const session = new NumberedSession({ link: LINK });
  session.run(JOINED_MS);
  session.isTalking = false;
  session.freezeClient(40_000);
  session.run(36_000);
  expect(session.room.playerCount).toBe(0);

  session.run(6_000);
  expect(session.client.status).toMatchObject({ phase: "lost", code: CloseCode.SESSION_LOST });
});

test.each([
  { frozenMs: 4_000, status: { phase: "lost", code: CloseCode.SESSION_LOST }, left: [0] },
  { frozenMs: 1_000, status: { phase: "connected" }, left: [] },
])("a Welcome that is read 8 s late, and another $frozenMs ms, is one of a session that is so: $status", (row) => {
  const session = sessionDark(67, 6_000);
  session.run(7_900); // it has not come yet; 9.6 s after it was said the room gives up who has never answered
  session.freezeClient(row.frozenMs);
  session.run(10_000);

  expect(session.client.status).toMatchObject(row.status);
  expect(session.room.world).toMatchObject({ joined: [0], left: row.left });
});
