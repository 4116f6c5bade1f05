import { expect, test } from "vitest";
import type { BulkSink, BulkSource, BulkTransfer } from "#engine/shared";
import { countedBytes, countedSource, KeptBytes } from "./numbered-game.ts";
import { NumberedSession } from "./numbered-session.ts";

const MEGABYTE = 1_000_000;
const LINK = { downMbit: 20, upMbit: 20, rttMs: 40 };

/** A client in a room that takes uploads as `receive` says; nobody talks. */
function joined(receive: () => BulkSink | undefined): NumberedSession {
  const session = new NumberedSession({ link: LINK, receiveUpload: receive });
  session.isTalking = false;
  session.run(200);
  return session;
}

function runUntil(session: NumberedSession, isSo: () => boolean): void {
  for (let ms = 0; ms < 30_000 && !isSo(); ms += 10) session.run(10);
}

/** A source that counts what it is asked for. */
function meteredSource(size: number): BulkSource & { readBytes: number; firstOffset: number | undefined } {
  const source = countedSource(size);
  return {
    ...source,
    readBytes: 0,
    firstOffset: undefined,
    read(offset, bytesMax) {
      const bytes = source.read(offset, bytesMax)!;
      this.firstOffset ??= offset;
      this.readBytes += bytes.length;
      return bytes;
    },
  };
}

test("a megabyte that is cancelled half-way goes on later where it was: only the rest of it is sent", () => {
  const sinks = [new KeptBytes()];
  const session = joined(() => sinks.at(-1));
  const first = session.client.sendBulk(countedSource(MEGABYTE));
  runUntil(session, () => first.deliveredBytes > MEGABYTE / 2);
  first.cancel();
  session.run(200);
  const half = sinks[0]!;
  expect(first.state).toBe("cancelled");
  expect(half.outcome).toBe("cancelled");
  expect(half.bytes.length % 4096).toBe(0);
  expect(half.bytes.length).toBeLessThan(0.7 * MEGABYTE);

  sinks.push(new KeptBytes(half.bytes));
  const source = meteredSource(MEGABYTE);
  const second = session.client.sendBulk(source);
  runUntil(session, () => second.state !== "running");

  expect(second).toMatchObject({ state: "done", sentBytes: MEGABYTE, deliveredBytes: MEGABYTE });
  expect(sinks[1]!.outcome).toBe("done");
  expect(sinks[1]!.bytes).toEqual(countedBytes(0, MEGABYTE));
  expect(source.firstOffset).toBe(half.bytes.length);
  expect(source.readBytes).toBe(MEGABYTE - half.bytes.length);
});

test("progress only rises, and what is called delivered is there, also over a connection that is cut", () => {
  const sink = new KeptBytes();
  const session = joined(() => sink);
  const transfer = session.client.sendBulk(countedSource(MEGABYTE));
  for (const cutMs of [120, 300, 450]) session.cutIn(cutMs);
  const seen: { sent: number; delivered: number; kept: number }[] = [];
  session.onFrame = () => {
    seen.push({ sent: transfer.sentBytes, delivered: transfer.deliveredBytes, kept: sink.bytes.length });
  };
  runUntil(session, () => transfer.state !== "running");

  expect(transfer.state).toBe("done");
  expect(sink.bytes).toEqual(countedBytes(0, MEGABYTE));
  expect(session.links).toHaveLength(4);
  for (const [i, { sent, delivered, kept }] of seen.entries()) {
    expect(sent).toBeGreaterThanOrEqual(seen[i - 1]?.sent ?? 0);
    expect(delivered).toBeGreaterThanOrEqual(seen[i - 1]?.delivered ?? 0);
    expect(delivered).toBeLessThanOrEqual(Math.min(kept, sent));
  }
});

test("an upload that the room's game refuses is cancelled, and nothing of it is read; one that it takes is not", () => {
  const sink = new KeptBytes();
  const answers = [undefined, sink];
  const session = joined(() => answers.shift());
  const source = meteredSource(10_000);
  const [refused, taken] = [session.client.sendBulk(source), session.client.sendBulk(countedSource(10_000))];
  session.run(500);

  expect(refused).toMatchObject({ state: "cancelled", sentBytes: 0, deliveredBytes: 0 });
  expect(source.readBytes).toBe(0);
  expect(taken.state).toBe("done");
  expect(session.client.status.phase).toBe("connected");
});

test("a sink that wants no more after 100,000 bytes ends the transfer at both ends, and is given no more", () => {
  const sinks = [new KeptBytes(undefined, 100_000), new KeptBytes(undefined, 100_000)];
  const sink = sinks[0]!;
  const session = joined(() => sinks.shift());
  const transfer = session.client.sendBulk(countedSource(MEGABYTE));
  runUntil(session, () => transfer.state !== "running");
  const next = session.client.sendBulk(countedSource(100_000));
  session.run(500);

  expect(transfer.state).toBe("cancelled");
  expect(sink.outcome).toBe("cancelled");
  expect(sink.bytes).toEqual(countedBytes(0, 102_400));
  expect(transfer.sentBytes).toBeLessThan(MEGABYTE / 2);
  expect(next.state).toBe("done");
});

test.each([0, 1, 4_096, 10_000])("a stream without a size arrives when it ends after %i bytes", (bytes) => {
  const sink = new KeptBytes();
  const session = joined(() => sink);
  const whole = countedSource(bytes, true);
  let available = 0;
  const transfer = session.client.sendBulk({
    ...whole,
    read: (offset, bytesMax) => {
      if (offset >= bytes) return undefined;
      return countedBytes(offset, Math.min(available, offset + bytesMax));
    },
  });
  session.run(300);
  expect(transfer.sentBytes).toBe(0);
  while (available < bytes) {
    available += Math.min(1_500, bytes - available);
    session.run(50);
  }
  session.run(200);

  expect(transfer).toMatchObject({ state: "done", sentBytes: bytes, deliveredBytes: bytes });
  expect(sink.bytes).toEqual(countedBytes(0, bytes));
  expect(sink.outcome).toBe("done");
});

test("a source that ends before the size it said is cancelled at both ends; the next transfer arrives", () => {
  const sinks = [new KeptBytes(), new KeptBytes()];
  const [short] = sinks;
  const session = joined(() => sinks.shift());
  const source = { ...countedSource(50_000, true), size: 60_000 };

  const transfer = session.client.sendBulk(source);
  runUntil(session, () => transfer.state !== "running");
  const next = session.client.sendBulk(countedSource(10_000));
  session.run(500);

  expect(transfer.state).toBe("cancelled");
  expect(short!.outcome).toBe("cancelled");
  expect(next.state).toBe("done");
  expect(session.client.status.phase).toBe("connected");
});

test("a source of 0 bytes arrives, and is never read", () => {
  const sink = new KeptBytes();
  const session = joined(() => sink);
  const source = meteredSource(0);
  const transfer = session.client.sendBulk(source);
  session.run(300);

  expect(transfer.state).toBe("done");
  expect(sink).toMatchObject({ outcome: "done", bytes: new Uint8Array(0) });
  expect(source.firstOffset).toBeUndefined();
});

test("of 40 transfers 16 are under way, the others wait for theirs to end, and all arrive", () => {
  const sinks: KeptBytes[] = [];
  const session = joined(() => {
    const sink = new KeptBytes();
    sinks.push(sink);
    return sink;
  });
  let openAt = Infinity;
  const held = (): BulkSource => ({
    name: "held",
    size: 4_096,
    read: (offset, bytesMax) =>
      session.network.nowMs < openAt ? new Uint8Array(0) : countedBytes(offset, Math.min(4_096, offset + bytesMax)),
  });
  const transfers = Array.from({ length: 40 }, () => session.client.sendBulk(held()));
  session.run(500);
  expect(sinks).toHaveLength(16);

  transfers[20]!.cancel(); // it waits: nobody has heard of it
  openAt = session.network.nowMs;
  session.run(2_000);

  expect(transfers.map(({ state }) => state)).toEqual(transfers.map((_, i) => (i === 20 ? "cancelled" : "done")));
  expect(sinks.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 39 }, () => "done"));
});

test("1,024 transfers may wait behind the 16; one more is refused", () => {
  const session = joined(() => new KeptBytes());
  const send = (): BulkTransfer => session.client.sendBulk(countedSource(0));
  for (let i = 0; i < 16 + 1_024; i++) send();

  expect(send).toThrow(RangeError);
});

test("a transfer of a session that is over is lost, whether it began before or after the end", () => {
  const sink = new KeptBytes();
  const session = joined(() => sink);
  const before = session.client.sendBulk(countedSource(MEGABYTE));
  session.run(200);
  session.client.close();
  const after = session.client.sendBulk(countedSource(MEGABYTE));
  session.run(200);

  expect([before.state, after.state, sink.outcome]).toEqual(["lost", "lost", "lost"]);
});
