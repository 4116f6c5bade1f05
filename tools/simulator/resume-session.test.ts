import { expect, test } from "vitest";
import type { BulkTransfer } from "#engine/shared";
import { countedBytes, countedSource, KeptBytes } from "./numbered-game.ts";
import { NumberedSession } from "./numbered-session.ts";

const TICK_MS = 1000 / 30;
/** Everything that was said has arrived by then. */
const REST_MS = 4_000;
const TRANSFER_BYTES = 20_000;

/** When a session is cut, by its own clock, and how often its client looks at it; in milliseconds. */
interface Cuts {
  readonly atMs: readonly number[];
  readonly frameMs: number;
  /** A transfer begins each way then. */
  readonly transferAtMs: number;
}

/** Lets a cut session come to rest, and says all that is wrong then. */
function mistakesAfter({ atMs, frameMs, transferAtMs }: Cuts): string[] {
  const [up, down] = [new KeptBytes(), new KeptBytes()];
  const session = new NumberedSession({ frameMs, receiveUpload: () => up, receiveDownload: () => down });
  const transfers: (BulkTransfer | undefined)[] = [];
  session.network.schedule(transferAtMs, () => {
    transfers.push(session.client.sendBulk(countedSource(TRANSFER_BYTES)));
    transfers.push(session.room.world.outbox!.sendBulk(0, countedSource(TRANSFER_BYTES, true)));
  });
  for (const ms of atMs) session.cutIn(ms);
  session.run(atMs.at(-1)! + 5 * frameMs + 300);
  session.isTalking = false;
  const mistakes = (): string[] => [
    ...session.mistakes(),
    ...transfers.flatMap((transfer) => (transfer?.state === "done" ? [] : [`a transfer is ${transfer?.state}`])),
  ];
  for (let waited = 0; waited < REST_MS && mistakes().length > 0; waited += 100) session.run(100);
  session.run(2 * frameMs + 100);

  const found = [...mistakes(), ...mistakesOfSession(session, frameMs)];
  const whole = countedBytes(0, TRANSFER_BYTES);
  if (!isEqual(up.bytes, whole) || !isEqual(down.bytes, whole)) found.push("a transfer arrived otherwise than it was");
  return found.map((mistake) => `cuts at ${atMs.join(", ")} ms, frames of ${frameMs} ms: ${mistake}`);
}

function mistakesOfSession({ client, room, links }: NumberedSession, frameMs: number): string[] {
  const mistakes: string[] = [];
  const { joined, left, inputs } = room.world;
  if (client.status.phase !== "connected") mistakes.push(`the client is ${JSON.stringify(client.status)}`);
  if (client.playerId !== 0 || room.playerCount !== 1) mistakes.push(`${room.playerCount} players`);
  if (joined.length !== 1 || left.length !== 0) mistakes.push("the player joined anew, or left");
  if ((room.tick - client.tick) * TICK_MS > frameMs + 2 * TICK_MS) {
    mistakes.push(`snapshots stop at tick ${client.tick} of ${room.tick}`);
  }
  if (links.length < 2) mistakes.push("the session never went on over another connection");
  if (inputs.some((input, i) => i > 0 && input <= inputs[i - 1]!)) mistakes.push("inputs were replayed");
  return mistakes;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
}

test.each([
  // The client asks some 40 ms after a cut, and has its answer 60 to 90 ms later.
  { frameMs: 1000 / 60, toMs: 140, stepMs: 1 },
  // It looks seldom, so that an answer has long been received, and confirmed, when it is read.
  { frameMs: 1000 / 7, toMs: 600, stepMs: 10 },
])("a session that is cut, and again at any of $toMs ms, with frames of $frameMs ms", ({ frameMs, toMs, stepMs }) => {
  const mistakes = range(0, toMs, stepMs).flatMap((ms) =>
    mistakesAfter({ atMs: [400, 400 + ms], frameMs, transferAtMs: 390 }),
  );
  expect(mistakes).toEqual([]);
});

test("a session that is cut at any of the first 100 ms behind its Welcome", () => {
  const mistakes = range(100, 200, 1).flatMap((ms) =>
    mistakesAfter({ atMs: [ms], frameMs: 1000 / 60, transferAtMs: ms - 20 }),
  );
  expect(mistakes).toEqual([]);
});

test("a session that is cut three times, the second and third time at any 13th of 140 ms", () => {
  const mistakes = range(0, 140, 13).flatMap((second) =>
    range(0, 140, 13).flatMap((third) =>
      mistakesAfter({ atMs: [400, 400 + second, 400 + second + third], frameMs: 1000 / 60, transferAtMs: 390 }),
    ),
  );
  expect(mistakes).toEqual([]);
});
