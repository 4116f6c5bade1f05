import { expect, test, vi } from "vitest";
import { type AnyEntityCodec, BitReader, BitWriter, type SnapshotCodec } from "../../shared/engine/wire/index.ts";
import * as arena from "../../shared/schema/generated/arena.ts";
import { anyRow, entitiesOf, isValidRow, layoutOfText, rowAfter } from "./entity-rows.ts";
import * as kitchen from "./golden/kitchen.ts";
import { layoutOf } from "./golden-codecs.ts";
import type { EntityLayout } from "./layout.ts";
import { codecsOf } from "./outputs/fresh-codecs.ts";
import { randomEntities } from "./random-entities.ts";
import type { Draw } from "./sample-values.ts";
import { drawsOf } from "./sample-values.ts";
import { rowInts } from "./snapshot/row.ts";

// Dozens of entities are compiled, and each is walked through for hundreds of ticks.
vi.setConfig({ testTimeout: 60_000 });

const RANDOM = layoutOfText(randomEntities(30, drawsOf(2)));
const random = await codecsOf(RANDOM, (url) => import(/* @vite-ignore */ url));

/** One entity as one version of its schema has it. */
interface Subject {
  readonly name: string;
  readonly record: EntityLayout;
  readonly codec: SnapshotCodec;
}

const SUBJECTS: readonly Subject[] = [
  ...entitiesOf<AnyEntityCodec>(layoutOf("../../shared/schema/arena.wire"), arena),
  ...entitiesOf<AnyEntityCodec>(layoutOf("golden/kitchen.wire"), kitchen),
  ...entitiesOf<AnyEntityCodec>(RANDOM, random),
].flatMap(({ name, record, codec }) =>
  codec.snapshots.map((each) => ({ name: `${name} since ${each.since}`, record, codec: each })),
);

const TICKS = 300;
const LAGS = [1, 2, 3, 4, 7, 20, 63];

const writer = new BitWriter(1 << 16);
const reader = new BitReader(1 << 16);

/** Carries bits from a writer to a reader, who must take exactly those. */
function carry<Read>(codec: SnapshotCodec, write: () => void, read: () => Read): Read {
  writer.clear();
  write();
  const { bits } = writer;
  reader.load(writer.bytes.subarray(0, writer.finish()));
  const result = read();
  expect(bits).toBeLessThanOrEqual(codec.bitsMax);
  expect([reader.bits, reader.ok, reader.isAtEnd]).toEqual([bits, true, true]);
  return result;
}

/** What the version says to all who see the entity. */
function publicOf({ publicInts }: SnapshotCodec, row: Int32Array): number[] {
  return publicInts.map((index) => row[index]!);
}

/** A row that was read whole: what only the owner gets, and what newer versions added, have their defaults. */
function readWhole({ record, codec }: Subject, row: Int32Array): Int32Array {
  const read = new Int32Array(row.length).fill(-7);
  const isRead = carry(
    codec,
    () => {
      codec.writeRow(writer, row, 0);
    },
    () => codec.readRow(reader, read, 0),
  );
  expect(isRead).toBe(true);
  expect(publicOf(codec, read)).toEqual(publicOf(codec, row));
  expect(isValidRow(record, read)).toBe(true);
  return read;
}

test.each(SUBJECTS)("$name: rows are read as they were written, to the bit", (subject) => {
  const draw = drawsOf(3);
  for (let run = 0; run < 50; run++) readWhole(subject, anyRow(subject.record, draw));
});

/** The same entity on both sides of the wire: rows, and states. */
class Pair {
  readonly subject: Subject;
  now: Int32Array;
  base: Int32Array;
  readonly read: Int32Array;
  readonly states: Int32Array;
  readonly readStates: Int32Array;

  constructor(subject: Subject, draw: Draw) {
    this.subject = subject;
    this.now = anyRow(subject.record, draw);
    this.base = this.now;
    this.read = readWhole(subject, this.now);
    this.states = new Int32Array(subject.codec.stateInts);
    this.readStates = new Int32Array(subject.codec.stateInts);
  }

  move(ticks: number, draw: Draw): void {
    this.base = this.now;
    this.now = rowAfter(this.now, this.subject.record, ticks, draw);
  }

  /** Both rows side by side, for one is an offset of the other to a codec. */
  get rows(): Int32Array {
    return Int32Array.from([...this.now, ...this.base]);
  }

  carryDelta(ticks: number): boolean {
    const { codec } = this.subject;
    return carry(
      codec,
      () => {
        codec.writeDelta(writer, this.rows, 0, this.now.length, ticks, this.states, 0);
      },
      () => codec.readDelta(reader, this.read, 0, ticks, this.readStates, 0),
    );
  }

  carryLagged(base: Int32Array, ticks: number, read = this.read, states = this.readStates): boolean {
    const { codec } = this.subject;
    const rows = Int32Array.from([...this.now, ...base]);
    return carry(
      codec,
      () => {
        codec.writeLagged(writer, rows, 0, this.now.length, ticks);
      },
      () => codec.readLagged(reader, read, 0, ticks, states, 0),
    );
  }

  expectInStep(): void {
    const { codec } = this.subject;
    expect(publicOf(codec, this.read)).toEqual(publicOf(codec, this.now));
    expect(this.readStates).toEqual(this.states);
  }
}

test.each(SUBJECTS)("$name: both ends stay in step for 300 snapshots, rows and states", (subject) => {
  const draw = drawsOf(4);
  const pair = new Pair(subject, draw);
  for (let tick = 0; tick < TICKS; tick++) {
    const ticks = 1 + (tick >> 7);
    pair.move(ticks, draw);

    expect(pair.carryDelta(ticks)).toBe(true);
    pair.expectInStep();
  }
});

test.each(SUBJECTS)("$name: a state is told to whoever begins to see the entity", (subject) => {
  const { codec } = subject;
  const draw = drawsOf(5);
  const pair = new Pair(subject, draw);
  for (let tick = 0; tick < 60; tick++) {
    const told = new Int32Array(codec.stateInts).fill(-7);
    const isRead = carry(
      codec,
      () => {
        codec.writeState(writer, pair.states, 0);
      },
      () => codec.readState(reader, told, 0),
    );

    expect(isRead).toBe(true);
    expect(told).toEqual(pair.states);
    pair.move(1, draw);
    pair.carryDelta(1);
  }
});

test.each(SUBJECTS)(
  "$name: who missed any number of snapshots is told without history, and is in step after two more",
  (subject) => {
    const draw = drawsOf(6);
    const pair = new Pair(subject, draw);
    for (const lag of LAGS) {
      const before = pair.now;
      const [late, lateStates] = [pair.read.slice(), pair.readStates.slice()];
      for (let missed = 0; missed < lag; missed++) {
        pair.move(1, draw);
        pair.carryDelta(1);
      }
      expect(pair.carryLagged(before, lag, late, lateStates)).toBe(true);
      expect(publicOf(subject.codec, late)).toEqual(publicOf(subject.codec, pair.now));
      for (const time of ["first", "second"]) {
        pair.move(1, draw);
        pair.carryDelta(1);
        expect([time, pair.carryLagged(pair.base, 1, late, lateStates)]).toEqual([time, true]);
        expect(publicOf(subject.codec, late)).toEqual(publicOf(subject.codec, pair.now));
      }
      expect(lateStates).toEqual(pair.states);
    }
  },
);

test.each(SUBJECTS)("$name: the owner is told what is the owner's, whole and by changes", (subject) => {
  const { codec, record } = subject;
  const draw = drawsOf(7);
  const owned = rowInts(record).flatMap(({ index }) =>
    index < codec.rowInts && !codec.publicInts.includes(index) ? [index] : [],
  );
  expect(owned).toEqual(
    rowInts(record).flatMap(({ index, field }) => (index < codec.rowInts && field.isOwnerOnly ? [index] : [])),
  );
  let row = anyRow(record, draw);
  const read = readWhole(subject, row);
  for (let tick = 0; tick < 40; tick++) {
    const base = row;
    if (tick > 0) row = rowAfter(row, record, 1, draw);
    const rows = Int32Array.from([...row, ...base]);
    const before = publicOf(codec, read);
    const isRead = carry(
      codec,
      () => {
        codec.writeOwner(writer, rows, 0, tick === 0 ? -1 : row.length);
      },
      () => codec.readOwner(reader, read, 0, tick === 0),
    );

    expect(isRead).toBe(true);
    expect(owned.map((index) => read[index])).toEqual(owned.map((index) => row[index]));
    expect(publicOf(codec, read)).toEqual(before);
  }
});

test("an entity that rests costs the bits of its mask alone, and one whose fields never change none", () => {
  const bitsOf = (codec: SnapshotCodec, row: readonly number[]): number => {
    const rows = Int32Array.from([...row, ...row]);
    writer.clear();
    codec.writeDelta(writer, rows, 0, codec.rowInts, 1, new Int32Array(codec.stateInts), 0);
    return writer.bits;
  };

  // Raw 512 is a speed of 0.
  expect(bitsOf(kitchen.Ship.snapshots[0]!, [7, 512, 512, 100, 100, 9, 0, 500, 300, 1, 8])).toBe(1);
  expect(bitsOf(kitchen.Stone.snapshots[0]!, [1, 1])).toBe(0);
  expect(bitsOf(kitchen.Purse.snapshots[0]!, [0, 0])).toBe(0);
});
