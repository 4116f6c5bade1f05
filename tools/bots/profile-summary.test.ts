import { expect, test } from "vitest";
import { BYTE_USES, type ByteUse } from "../../shared/engine/profile/packet-bytes.ts";
import type { ClientProfile } from "./byte-profile.ts";
import { summariseProfile } from "./profile-summary.ts";
import { profileText } from "./profile-text.ts";

function byUse(spent: Partial<Record<ByteUse, number>>): ClientProfile["byUse"] {
  return Object.fromEntries(BYTE_USES.map((use) => [use, spent[use] ?? 0])) as Record<ByteUse, number>;
}

/** 10 s: 300 snapshots of 3,000 B in all, and 600 B of chat, in packets of 4,000 B. */
const near: ClientProfile = {
  seconds: 10,
  bytes: 4000,
  byUse: byUse({ realtime: 3000, event: 600, acks: 80, "frame heads": 320 }),
  messages: [
    { name: "Snapshot", lane: "snapshot", count: 300, bytes: 3000 },
    { name: "ChatSaid", lane: "event", count: 10, bytes: 600 },
  ],
  snapshots: 300,
  headerBits: 8 * 600,
  kinds: [
    {
      name: "Ship",
      entities: 1200,
      moved: 600,
      enters: 20,
      leaves: 10,
      bits: new Map([
        ["lists", 8 * 300],
        ["vx, vy", 8 * 1500],
        ["x, y", 8 * 600],
      ]),
    },
    { name: "Rock", entities: 0, moved: 0, enters: 0, leaves: 0, bits: new Map() },
  ],
};
/** Half as long, and nothing but headers. */
const far: ClientProfile = {
  seconds: 5,
  bytes: 500,
  byUse: byUse({ realtime: 500 }),
  messages: [{ name: "Snapshot", lane: "snapshot", count: 150, bytes: 500 }],
  snapshots: 150,
  headerBits: 8 * 500,
  kinds: near.kinds.map(({ name }) => ({ name, entities: 0, moved: 0, enters: 0, leaves: 0, bits: new Map() })),
};
const silent: ClientProfile = {
  ...far,
  seconds: 0,
  bytes: 0,
  byUse: byUse({}),
  messages: [],
  snapshots: 0,
  headerBits: 0,
};

test("of one client each byte has its use, each byte of a snapshot its kind, and each of a kind its field", () => {
  const { bytesPerSecond, uses, messages, snapshots } = summariseProfile([near]);

  expect(bytesPerSecond).toEqual({ mean: 400, max: 400 });
  expect(uses).toEqual([
    { use: "realtime", bytesPerSecond: { mean: 300, max: 300 }, share: 0.75 },
    { use: "event", bytesPerSecond: { mean: 60, max: 60 }, share: 0.15 },
    { use: "acks", bytesPerSecond: { mean: 8, max: 8 }, share: 0.02 },
    { use: "frame heads", bytesPerSecond: { mean: 32, max: 32 }, share: 0.08 },
  ]);
  expect(messages).toEqual([
    { name: "Snapshot", lane: "snapshot", bytesPerSecond: { mean: 300, max: 300 }, share: 0.75 },
    { name: "ChatSaid", lane: "event", bytesPerSecond: { mean: 60, max: 60 }, share: 0.15 },
  ]);
  expect(snapshots).toMatchObject({ perSecond: 30, bytesPerSnapshot: 10 });
  expect(snapshots.header).toEqual({ bytesPerSecond: { mean: 60, max: 60 }, share: 0.2 });
  expect(snapshots.kinds[0]).toEqual({
    name: "Ship",
    bytesPerSecond: { mean: 240, max: 240 },
    share: 0.8,
    entitiesPerSnapshot: 4,
    movedPerSnapshot: 2,
    bytesPerEntity: 2,
    bytesPerMoved: 4,
    entersPerSecond: 2,
    leavesPerSecond: 1,
    fields: [
      { label: "vx, vy", bytesPerSecond: { mean: 150, max: 150 }, share: 0.625 },
      { label: "x, y", bytesPerSecond: { mean: 60, max: 60 }, share: 0.25 },
      { label: "lists", bytesPerSecond: { mean: 30, max: 30 }, share: 0.125 },
    ],
  });
});

test("of two clients rates are means of each one's own, however long it was there, and the most of any", () => {
  const { bytesPerSecond, messages, snapshots } = summariseProfile([near, far]);

  expect(bytesPerSecond).toEqual({ mean: 250, max: 400 });
  expect(messages[1]).toMatchObject({ name: "ChatSaid", bytesPerSecond: { mean: 30, max: 60 } });
  expect(snapshots.kinds[0]).toMatchObject({ bytesPerSecond: { mean: 120, max: 240 }, bytesPerEntity: 2 });
  expect(snapshots.header.bytesPerSecond).toEqual({ mean: 80, max: 100 });
});

test("a client that received nothing counts for nothing", () => {
  expect(summariseProfile([near, silent])).toEqual(summariseProfile([near]));
});

test("a kind that is never in view, and a summary of nobody, are all zeros", () => {
  const { snapshots } = summariseProfile([near]);

  expect(snapshots.kinds[1]).toMatchObject({ share: 0, entitiesPerSnapshot: 0, bytesPerEntity: 0, fields: [] });
  expect(summariseProfile([silent])).toEqual({
    bytesPerSecond: { mean: 0, max: 0 },
    uses: [],
    messages: [],
    snapshots: {
      perSecond: 0,
      bytesPerSnapshot: 0,
      header: { bytesPerSecond: { mean: 0, max: 0 }, share: 0 },
      kinds: [],
    },
  });
});

test("the text is four tables, with their columns one below the other", () => {
  expect(profileText(summariseProfile([near])).split("\n")).toEqual([
    "bytes/s of a client: 400.0 on average, 400.0 at most",
    "",
    "bytes           share    B/s  most B/s",
    "realtime       75.0 %  300.0     300.0",
    "event          15.0 %   60.0      60.0",
    "acks            2.0 %    8.0       8.0",
    "frame heads     8.0 %   32.0      32.0",
    "",
    "message   lane       share    B/s  most B/s",
    "Snapshot  snapshot  75.0 %  300.0     300.0",
    "ChatSaid  event     15.0 %   60.0      60.0",
    "",
    "snapshots: 30.0 a second, of 10.0 B",
    "",
    "kind       share    B/s  most B/s  in view  moved  B/entity  B/moved  enters/s  leaves/s",
    "Ship      80.0 %  240.0     240.0      4.0    2.0      2.00     4.00       2.0       1.0",
    "Rock       0.0 %    0.0       0.0      0.0    0.0      0.00     0.00       0.0       0.0",
    "header    20.0 %   60.0      60.0",
    "",
    "field   of     share    B/s  most B/s",
    "vx, vy  Ship  62.5 %  150.0     150.0",
    "x, y    Ship  25.0 %   60.0      60.0",
    "lists   Ship  12.5 %   30.0      30.0",
  ]);
});

test("the text of nothing is a line", () => {
  expect(profileText(summariseProfile([silent]))).toBe("no bytes were received");
});
