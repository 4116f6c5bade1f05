import { expect, test } from "vitest";
import { byteFiguresOf, encodeAndCheck, timeFiguresOf } from "./measure.ts";
import { fixedRecords } from "./peers/fixed-records.ts";
import { jsonDelta } from "./peers/json-delta.ts";
import { PEERS } from "./roster.ts";
import { createScene } from "./scene.ts";
import type { SnapshotCodec, SnapshotSession } from "./snapshot-codec.ts";

const CASES = (["all", "near"] as const).flatMap((view) =>
  (["1", "2-3"] as const).flatMap((lag) =>
    PEERS.filter(({ lags }) => lags.includes(lag)).map((codec) => ({ codec, name: codec.name, view, lag })),
  ),
);

/** JSON differences whose session is changed by `change`. */
function changed(change: (session: SnapshotSession) => Partial<SnapshotSession>): SnapshotCodec {
  const open = (clients: number): SnapshotSession => {
    const session = jsonDelta.open(clients);
    return { ...session, ...change(session) };
  };
  return { ...jsonDelta, name: "crooked", open };
}

test.each(CASES)("$name, $view, lag $lag: 10 ticks are decoded to what was in view", async ({ codec, view, lag }) => {
  const scene = createScene({ motion: "smooth", view, lag, ticks: 10 });

  const packets = await encodeAndCheck(codec, scene);

  expect(packets.flat()).toHaveLength(10 * scene.clients);
});

test("fixed records are 13 bytes for each of 500 entities, one for the tick and five for the frame", async () => {
  const scene = createScene({ motion: "smooth", view: "all", lag: "1", ticks: 10 });

  const figures = byteFiguresOf(await encodeAndCheck(fixedRecords, scene), scene);

  expect(figures).toEqual({
    snapshots: 2,
    entityTicks: 1000,
    bytes: 2 * 6501,
    framedBytes: 2 * 6506,
    bytesPerEntity: 13.002,
    framedBytesPerEntity: 13.012,
    bytesPerSnapshot: { mean: 6501, p50: 6501, p99: 6501, max: 6501 },
  });
});

test("a decoder that is wrong once is named with tick, client, entity and field", async () => {
  const scene = createScene({ motion: "smooth", view: "all", lag: "1", ticks: 10 });
  const codec = changed((session) => ({
    decode: (client, bytes, view) => {
      void session.decode(client, bytes, view);
      view.rows.hp[7] = 101;
    },
  }));

  await expect(encodeAndCheck(codec, scene)).rejects.toThrow(
    /^crooked, tick 0, client 0: entity 7: hp is 101, not \d+$/,
  );
});

test.each([
  ["forgets who left", { rm: [] }, /entity \d+ is still in view$/],
  ["forgets who changed", { e: [] }, /entity 0 is not in view$/],
])("a codec that %s is found", async (_, forgotten, says) => {
  const scene = createScene({ motion: "smooth", view: "near", lag: "1", ticks: 60 });
  const codec = changed((session) => ({
    decode: (client, bytes, view) => {
      const message = { ...(JSON.parse(new TextDecoder().decode(bytes)) as object), ...forgotten };
      void session.decode(client, new TextEncoder().encode(JSON.stringify(message)), view);
    },
  }));

  await expect(encodeAndCheck(codec, scene)).rejects.toThrow(says);
});

test("a codec that keeps a state in step is not asked for another baseline", async () => {
  const scene = createScene({ motion: "smooth", view: "all", lag: "2-3", ticks: 4 });
  const colyseus = PEERS.find(({ name }) => name === "colyseus")!;

  await expect(encodeAndCheck(colyseus, scene)).rejects.toThrow("colyseus has no way to say a lag of 2-3");
});

test("every round of 10 ticks times the 2 that count", async () => {
  const scene = createScene({ motion: "smooth", view: "all", lag: "1", ticks: 10 });
  const packets = await encodeAndCheck(jsonDelta, scene);

  const { encodeNsPerEntity, decodeNsPerEntity } = await timeFiguresOf(jsonDelta, scene, packets, 3);

  for (const { p50, max } of [encodeNsPerEntity, decodeNsPerEntity]) {
    expect(p50).toBeGreaterThan(0);
    expect(max).toBeGreaterThanOrEqual(p50);
  }
});
