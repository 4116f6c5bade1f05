/** What a token lets a connection do, and when a session ends. */
import { expect, test } from "vitest";
import { CloseCode } from "#engine/shared";
import { encodeFreeForm } from "../../shared/engine/transport/free-form.ts";
import { HANDSHAKE_LANE, readPacket } from "../../shared/engine/transport/packet.ts";
import {
  decodeResumed,
  decodeWelcome,
  encodeHello,
  encodeResume,
  PROTOCOL_HASH,
} from "../../shared/schema/generated/engine.ts";
import type { LinkPair } from "./engine/virtual-network.ts";
import { NumberedSession } from "./numbered-session.ts";
import { packetWith } from "./packets.ts";

const IDENTITY = { version: 1, engineHash: PROTOCOL_HASH, gameHash: 1 };
const NOTHING = { control: 0, event: 0, bulk: 0 };
const ANSWER_ALL = Uint8Array.of(7, 1, 0); // an ack of one byte, held for 0 ms
const DELAY_MS = 1;

/** A room without a client of its own, and links to it whose packets a test writes. */
class RoomOfLinks {
  readonly session = new NumberedSession({ link: DELAY_MS, phaseMs: Infinity });

  /** Says something over a new link, and waits until it is answered. */
  say(message: Uint8Array, waitMs = 40): Raw {
    const raw = new Raw(this.session.open(DELAY_MS));
    raw.link.client.send(packetWith(message));
    this.session.run(waitMs);
    return raw;
  }

  hello(): Raw {
    return this.say(encodeHello({ ...IDENTITY, options: encodeFreeForm({}) }));
  }

  resume(token: Uint8Array, identity = IDENTITY, received = NOTHING): Raw {
    return this.say(encodeResume({ ...identity, token, received }));
  }

  get playerCount(): number {
    return this.session.room.playerCount;
  }
}

/** The client's end of such a link. */
class Raw {
  readonly link: LinkPair;
  ending: { code: number; reason: string } | undefined;
  private readonly packets: Uint8Array[] = [];

  constructor(link: LinkPair) {
    this.link = link;
    link.client.listen({
      onOpen: () => undefined,
      onPacket: (packet) => this.packets.push(packet),
      onTurn: () => undefined,
      onClose: (code, reason) => (this.ending = { code, reason }),
    });
  }

  /** The token of the room's first message; empty when it has said none. */
  get token(): Uint8Array {
    let token = new Uint8Array(0);
    for (const packet of this.packets.slice(0, 1)) {
      readPacket(packet, {
        onAck: () => true,
        onFrame: ({ lane, payload }) => {
          if (lane !== HANDSHAKE_LANE) return false;
          token = (decodeWelcome(payload) ?? decodeResumed(payload))!.token.slice();
          return false;
        },
      });
    }
    return token;
  }

  /** Says that the room's first byte has arrived, and so the token. */
  confirm(): void {
    this.link.client.send(ANSWER_ALL);
  }
}

test("a token is good once it is followed by a newer one only until that is confirmed; then both connections close", () => {
  const room = new RoomOfLinks();
  const first = room.hello();
  const second = room.resume(first.token);
  const third = room.resume(first.token); // the answer to the second may have been lost
  const fourth = room.resume(first.token); // and the third
  expect([first, second, third].map(({ ending }) => ending?.code)).toEqual([4008, 4008, 4008]);
  expect(fourth.ending).toBeUndefined();
  expect(new Set([first, second, third, fourth].map(({ token }) => token.join())).size).toBe(4);

  fourth.confirm();
  room.session.run(40);
  const fifth = room.resume(first.token);
  room.session.run(40);

  expect([fourth.ending?.code, fifth.ending?.code]).toEqual([CloseCode.SESSION_LOST, CloseCode.SESSION_LOST]);
  expect(fifth.ending?.reason).toContain("Somebody else");
  expect(room.playerCount).toBe(0);
  expect(room.resume(fourth.token).ending?.code).toBe(CloseCode.SESSION_LOST);
});

test("the newest token is good before it is confirmed, and ends the one that was used for it", () => {
  const room = new RoomOfLinks();
  const first = room.hello();
  const second = room.resume(first.token);
  const third = room.resume(second.token);
  expect(third.ending).toBeUndefined();
  expect(third.token).toHaveLength(16);

  const stale = room.resume(first.token);
  room.session.run(40);
  expect([third.ending?.code, stale.ending?.code]).toEqual([CloseCode.SESSION_LOST, CloseCode.SESSION_LOST]);
});

test("a stale token ends the session of a client that is away, too", () => {
  const room = new RoomOfLinks();
  const first = room.hello();
  const second = room.resume(first.token);
  second.confirm();
  room.session.run(40);
  second.link.client.cut();
  room.session.run(40);
  expect(room.playerCount).toBe(1);

  room.resume(first.token);

  expect(room.playerCount).toBe(0);
});

test("a Resume over a link from before the present one was given up: it is closed with 4008, and the session goes on", () => {
  const room = new RoomOfLinks();
  const first = room.hello();
  const late = new Raw(room.session.open(DELAY_MS));
  const second = room.resume(first.token);
  second.confirm();
  room.session.run(40);

  late.link.client.send(packetWith(encodeResume({ ...IDENTITY, token: first.token, received: NOTHING })));
  room.session.run(40);

  expect(late.ending?.code).toBe(CloseCode.REPLACED);
  expect(second.ending).toBeUndefined();
  expect(room.playerCount).toBe(1);
});

test.each([
  ["a token that nobody has", { ...IDENTITY }, CloseCode.SESSION_LOST, "There is no such session"],
  ["one of a page with another schema", { ...IDENTITY, gameHash: 2 }, CloseCode.PROTOCOL_MISMATCH, "schema"],
  ["one of another engine", { ...IDENTITY, engineHash: 2 }, CloseCode.PROTOCOL_MISMATCH, ""],
])("%s is refused with %3$s", (_, identity, code, text) => {
  const room = new RoomOfLinks();
  const refused = room.resume(new Uint8Array(16), identity);

  expect(refused.ending?.code).toBe(code);
  expect(refused.ending?.reason.toLowerCase()).toContain(text.toLowerCase());
  expect(room.playerCount).toBe(0);
});

test("a session waits 30 s for its player from when it fell silent: 29 s later it goes on, 31 s later it is over", () => {
  const [early, late] = [new RoomOfLinks(), new RoomOfLinks()];
  // What a room says meanwhile is kept, and would be too much.
  for (const { session } of [early, late]) session.isTalking = false;
  const tokens = [early, late].map((room) => {
    const { token, link } = room.hello();
    link.client.send(ANSWER_ALL);
    room.session.run(100);
    link.client.cut();
    return token;
  });
  early.session.run(29_000);
  late.session.run(31_000);

  expect(early.resume(tokens[0]!).ending).toBeUndefined();
  expect(late.resume(tokens[1]!).ending?.code).toBe(CloseCode.SESSION_LOST);
  expect([early.playerCount, late.playerCount]).toEqual([1, 0]);
});

test("a session goes on over a new link while the room still takes the old one for alive", () => {
  const room = new RoomOfLinks();
  const first = room.hello();
  const second = room.resume(first.token);

  expect(first.ending).toEqual({ code: CloseCode.REPLACED, reason: "The session goes on over a newer connection." });
  expect(second.token).toHaveLength(16);
  expect(room.session.room.world.left).toEqual([]);
});

test("a Resume that claims messages which were never sent ends the session with 4001", () => {
  const room = new RoomOfLinks();
  const first = room.hello();
  const second = room.resume(first.token, IDENTITY, { ...NOTHING, control: 1_000_000 });
  room.session.run(40);

  expect(second.ending?.code).toBe(CloseCode.BAD_MESSAGE);
  expect(room.playerCount).toBe(0);
});

test("a player that leaves with 1000 is gone by the next tick; one whose link breaks off is not", () => {
  const [left, torn] = [new NumberedSession(), new NumberedSession()];
  for (const session of [left, torn]) session.run(300);
  left.client.close();
  torn.link.client.cut();
  left.run(60);

  expect(left.room.playerCount).toBe(0);
  expect(torn.room.playerCount).toBe(1);
});

test("a room that stops ends its sessions with 1001 and its text, also that of a client which is coming back", () => {
  const [here, back] = [new NumberedSession(), new NumberedSession()];
  for (const session of [here, back]) session.run(300);
  back.link.client.cut();
  back.run(20);
  for (const session of [here, back]) {
    session.room.close("Stopped for the night.");
    session.run(300);
    const lost = { phase: "lost", code: CloseCode.GOING_AWAY, reason: "Stopped for the night." };
    expect(session.client.status).toEqual(lost);
  }
});
