import { expect, test } from "vitest";
import type { QueueVisitor } from "#engine/shared";
import { tells } from "../../tells.ts";
import { QueuesAreBounded } from "./queues-are-bounded.ts";

const LINK_BYTES_MAX = 4 * 2 ** 20 + (64 + 256 + 128) * 2 ** 10;

/** What is told of a session in which a room, a client and a link hold so much of 10. */
function toldOf({ room = 0, client = 0, linkBytes = 0 }): readonly string[] {
  const holding = (held: number) => ({
    eachQueue: (visit: QueueVisitor) => {
      visit("a queue", held, 10);
    },
  });
  const links = [{ client: { bufferedBytes: 0 }, server: { bufferedBytes: linkBytes } }];
  const { tell, told } = tells();
  const invariant = new QueuesAreBounded({ room: holding(room), players: [{ client: holding(client), links }] }, tell);
  invariant.onTick(1);
  invariant.onFrame(0, 2);
  return told;
}

test("queues that hold 10 of 10, and a link with all that it may be given, are accepted", () => {
  expect(toldOf({ room: 10, client: 10, linkBytes: LINK_BYTES_MAX })).toEqual([]);
});

test.each([
  [{ room: 11 }, "1, undefined: expected at most 10 in a queue, found 11"],
  [{ client: 11 }, "2, 0: expected at most 10 in a queue, found 11"],
  [{ client: NaN }, "2, 0: expected at most 10 in a queue, found NaN"],
  [
    { linkBytes: LINK_BYTES_MAX + 1 },
    `1, 0: expected at most ${LINK_BYTES_MAX} in bytes that a link has not taken from the room, found ${LINK_BYTES_MAX + 1}`,
  ],
])("%o are not", (held, told) => {
  expect(toldOf(held)).toEqual([told]);
});
