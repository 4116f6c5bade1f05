import { expect, test } from "vitest";
import { type AnyEntityCodec, BitReader, BitWriter, type SnapshotCodec } from "../../shared/engine/wire/index.ts";
import * as arena from "../../shared/schema/generated/arena.ts";
import { anyRow, entitiesOf, isValidRow, rowAfter } from "./entity-rows.ts";
import * as kitchen from "./golden/kitchen.ts";
import { layoutOf } from "./golden-codecs.ts";
import type { EntityLayout } from "./layout.ts";
import type { Draw } from "./sample-values.ts";
import { drawsOf } from "./sample-values.ts";

interface Subject {
  readonly name: string;
  readonly record: EntityLayout;
  readonly codec: SnapshotCodec;
}

const SUBJECTS: readonly Subject[] = [
  ...entitiesOf<AnyEntityCodec>(layoutOf("../../shared/schema/arena.wire"), arena),
  ...entitiesOf<AnyEntityCodec>(layoutOf("golden/kitchen.wire"), kitchen),
].flatMap(({ name, record, codec }) =>
  codec.snapshots.map((each) => ({ name: `${name} since ${each.since}`, record, codec: each })),
);
const MUTATIONS = 20_000;
const SEEDS = 32;
const READERS = ["row", "state", "delta", "lagged", "owner", "owner whole"] as const;

/** What an honest peer holds, and the bytes that it is sent next. */
interface Honest {
  readonly row: Int32Array;
  readonly states: Int32Array;
  readonly bytes: Uint8Array;
}

/** An entity some ticks into its life, and every kind of bits that could follow, one behind the other. */
function honestOf({ record, codec }: Subject, draw: Draw): Honest {
  const writer = new BitWriter(1 << 14);
  const states = new Int32Array(codec.stateInts);
  let [row, base] = [anyRow(record, draw), anyRow(record, draw)];
  for (let tick = draw(9); tick >= 0; tick--) {
    base = row;
    row = rowAfter(row, record, 1, draw);
    writer.clear();
    codec.writeDelta(writer, Int32Array.from([...row, ...base]), 0, row.length, 1, states, 0);
  }
  const rows = Int32Array.from([...rowAfter(row, record, 1, draw), ...row]);
  writer.clear();
  const kind = draw(4);
  if (kind === 0) codec.writeRow(writer, rows, 0);
  else if (kind === 1) codec.writeDelta(writer, rows, 0, row.length, 1, states.slice(), 0);
  else if (kind === 2) codec.writeLagged(writer, rows, 0, row.length, 1 + draw(5));
  else codec.writeState(writer, states, 0);
  codec.writeOwner(writer, rows, 0, row.length);
  return { row, states, bytes: writer.bytes.slice(0, writer.finish() + 4) };
}

function mutated(bytes: Uint8Array, draw: Draw): Uint8Array {
  const changed = draw(8) === 0 ? Uint8Array.from({ length: draw(40) }, () => draw(256)) : bytes.slice();
  for (let change = draw(4); change > 0 && changed.length > 0; change--) changed[draw(changed.length)]! ^= 1 << draw(8);
  return draw(6) === 0 ? changed.subarray(0, draw(changed.length)) : changed;
}

function read(codec: SnapshotCodec, kind: (typeof READERS)[number], reader: BitReader, held: Honest, draw: Draw) {
  const { row, states } = held;
  switch (kind) {
    case "row":
      return codec.readRow(reader, row, 0);
    case "state":
      return codec.readState(reader, states, 0);
    case "delta":
      return codec.readDelta(reader, row, 0, 1 + draw(3), states, 0);
    case "lagged":
      return codec.readLagged(reader, row, 0, 1 + draw(63), states, 0);
    case "owner":
      return codec.readOwner(reader, row, 0, false);
    case "owner whole":
      return codec.readOwner(reader, row, 0, true);
  }
}

test.each(SUBJECTS)(
  "$name: 20,000 times any bits give a row of values that its fields can have, or are refused, and never throw",
  (subject) => {
    const { record, codec } = subject;
    const draw = drawsOf(8);
    const reader = new BitReader(1 << 14);
    const seeds = Array.from({ length: SEEDS }, () => honestOf(subject, draw));
    let accepted = 0;
    for (let run = 0; run < MUTATIONS; run++) {
      const seed = seeds[run % SEEDS]!;
      const held = { ...seed, row: seed.row.slice(), states: seed.states.slice() };
      const bytes = mutated(seed.bytes, draw);
      reader.load(bytes);
      // What is accepted is read on from: a state that was told is used by the next delta.
      for (let step = 0; step < 3; step++) {
        const before = reader.bits;
        const isRead = read(codec, READERS[draw(READERS.length)]!, reader, held, draw);
        if (reader.bits - before > codec.bitsMax) expect(reader.bits - before).toBeLessThanOrEqual(codec.bitsMax);
        if (!isRead || !reader.ok) break;
        accepted += 1;
        if (!isValidRow(record, held.row, codec.rowInts)) expect([...held.row]).toEqual("a row of its fields' values");
      }
    }

    expect(accepted).toBeGreaterThan(MUTATIONS / 20);
  },
);
