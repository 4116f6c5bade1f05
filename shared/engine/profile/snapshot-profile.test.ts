import { expect, test } from "vitest";
import { EntityTable } from "../replication/entity-table.ts";
import { PeerView } from "../replication/peer-view.ts";
import { RowHistory } from "../replication/row-history.ts";
import { SharedDeltas } from "../replication/shared-deltas.ts";
import { SnapshotWriter } from "../replication/snapshot-writer.ts";
import { ViewChanges } from "../replication/view-changes.ts";
import type { EntityCodec } from "../wire/protocol.ts";
import { codecsOfText } from "../../../tools/codegen/outputs/fresh-codecs.ts";
import { SnapshotProfile } from "./snapshot-profile.ts";

type Columns = Readonly<Record<string, Float64Array>>;

const { module } = await codecsOfText(
  `protocol game 1;
   entity Ship {
     f32 vx, vy [[quantize(-8, 8, 1/32)]];
     f32 x, y [[quantize(0, 512, 1/32), predict(vx, vy)]];
     u8 ammo [[owner]];
   };
   entity Rock { const u8 shape; u8 size; };`,
  (url) => import(url),
);
const CODECS = [module.Ship, module.Rock] as readonly EntityCodec<Columns>[];
const CAPACITY = 16;
const SHIP = 0;
const ROCK = 1;

/** A room with one player, whose view a test changes by hand. */
class Room {
  readonly tables = CODECS.map((codec) => new EntityTable(codec, CAPACITY));
  readonly profile = new SnapshotProfile(this.tables, 1, 1);
  bodyBits = 0;
  private readonly changes = CODECS.map(() => new ViewChanges(CAPACITY));
  private readonly shared = this.tables.map((table, kind) => {
    return new SharedDeltas(table, new RowHistory(table), CODECS[kind]!.snapshots[0]!);
  });
  private readonly peer = new PeerView([CAPACITY, CAPACITY]);
  private readonly writer = new SnapshotWriter(
    CODECS.map(({ snapshots }) => ({ capacity: CAPACITY, bitsMax: snapshots[0]!.bitsMax })),
  );
  private tick = 0;

  enter(kind: number, slot: number, isOwner = false): void {
    const changes = this.changes[kind]!;
    changes.enters[changes.enterCount++] = slot;
    changes.isOwner[slot] = isOwner ? 1 : 0;
  }

  leave(kind: number, slot: number): void {
    const changes = this.changes[kind]!;
    changes.leaves[changes.leaveCount++] = slot;
  }

  /** Writes a snapshot and lets the profile read it. */
  send(): boolean {
    this.tick += 1;
    for (const { history } of this.shared) history.record(this.tick);
    for (const each of this.shared) each.advance(this.tick, 1);
    const parts = this.shared.map((shared, kind) => {
      return { view: this.peer.kinds[kind]!, changes: this.changes[kind]!, shared };
    });
    const moment = { tick: this.tick, number: this.tick, ticks: 1 };
    const body = this.writer.write({ ...moment, peer: this.peer, parts, bytesMax: Infinity });
    for (const changes of this.changes) changes.clear();
    this.bodyBits += 8 * body.length;
    return this.profile.read(this.tick & 0xff, body);
  }
}

/** What was counted of a kind, apart from its bits. */
function countsOf({ profile }: Room, kind: number): Record<string, number> {
  const { entities, moved, enters, leaves } = profile.kinds[kind]!;
  return { entities, moved, enters, leaves };
}

/** All bits that were counted. */
function countedBitsOf({ profile }: Room): number {
  const kinds = profile.kinds.flatMap(({ bits }) => [...bits.values()]);
  return kinds.reduce((sum, bits) => sum + bits, profile.headerBits);
}

/** Three ships and a rock, of which the player owns ship 1 and sees all. */
function roomInPlay(): Room {
  const room = new Room();
  for (let slot = 0; slot < 3; slot++) {
    room.tables[SHIP]!.spawn();
    room.tables[SHIP]!.columns.x![slot] = 100 + slot;
    room.enter(SHIP, slot, slot === 1);
  }
  room.tables[ROCK]!.spawn();
  room.enter(ROCK, 0);
  room.send();
  return room;
}

test("of 4 entities in 3 snapshots, it counts who entered, who left, and whose row changed", () => {
  const room = roomInPlay();

  room.tables[SHIP]!.columns.x![0]! += 2;
  room.send();
  room.leave(SHIP, 2);
  room.send();

  expect(countsOf(room, SHIP)).toEqual({ entities: 3 + 3 + 2, moved: 1, enters: 3, leaves: 1 });
  expect(countsOf(room, ROCK)).toEqual({ entities: 3, moved: 0, enters: 1, leaves: 0 });
  expect(room.profile.snapshots).toBe(3);
});

test("the next entity in a slot has left and entered, and has not moved", () => {
  const room = roomInPlay();

  room.tables[ROCK]!.renew(0);
  room.leave(ROCK, 0);
  room.enter(ROCK, 0);
  room.send();

  expect(countsOf(room, ROCK)).toEqual({ entities: 2, moved: 0, enters: 2, leaves: 1 });
});

test("every bit of 100 snapshots is counted once, checksums and the ends of bytes as header", () => {
  const room = roomInPlay();

  for (let tick = 0; tick < 100; tick++) {
    room.tables[SHIP]!.columns.vx![tick % 3] = (tick % 7) / 4;
    room.tables[SHIP]!.columns.x![tick % 3]! += (tick % 5) / 32;
    expect(room.send()).toBe(true);
  }

  expect(countedBitsOf(room)).toBe(room.bodyBits);
  // A reset's tick, 3 checksums, and 3 flags of each snapshot; the rest fills up bytes.
  expect(room.profile.headerBits).toBeGreaterThanOrEqual(32 + 3 * 32 + 3 * 101);
  expect(room.profile.headerBits).toBeLessThanOrEqual(32 + 3 * 32 + 3 * 101 + 7 * 101);
});

test("newcomers are whole rows and lists, and 8 bits that their owner alone gets", () => {
  const { profile } = roomInPlay();

  const [ships, rocks] = profile.kinds.map(({ bits }) => Object.fromEntries(bits));
  expect(Object.keys(ships!).sort()).toEqual(["lists", "owner", "whole rows"]);
  expect(ships!.owner).toBe(8);
  expect(ships!["whole rows"]).toBeGreaterThanOrEqual(3 * (9 + 9 + 14 + 14));
  expect(Object.keys(rocks!).sort()).toEqual(["lists", "whole rows"]);
});

test("what goes on is counted for the fields that changed, in the kind that has them", () => {
  const room = roomInPlay();
  const before = new Map(room.profile.kinds[SHIP]!.bits);

  room.tables[ROCK]!.columns.size![0] = 7;
  room.send();

  const [ships, rocks] = room.profile.kinds.map(({ bits }) => bits);
  expect([...rocks!.keys()].sort()).toEqual(["lists", "size", "what changed", "whole rows"]);
  expect(ships!.get("whole rows")).toBe(before.get("whole rows"));
  expect([ships!.has("vx, vy"), ships!.has("what changed")]).toEqual([false, true]);
});

test("kinds without news are lists of a bit each", () => {
  const room = new Room();

  room.send();

  expect(room.profile.kinds.map(({ bits }) => Object.fromEntries(bits))).toEqual([{ lists: 1 }, { lists: 1 }]);
});

test("bytes that are no snapshot are refused, and count for nothing that can be seen", () => {
  const room = roomInPlay();

  expect(room.profile.read(2, Uint8Array.of(255, 255, 255, 255))).toBe(false);
  expect(room.profile.snapshots).toBe(1);
});
