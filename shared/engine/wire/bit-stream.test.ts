import fc from "fast-check";
import { expect, test } from "vitest";
import { BitReader } from "./bit-reader.ts";
import { BitWriter } from "./bit-writer.ts";
import { CodeBook } from "./code-book.ts";
import { residualSymbols } from "./residual.ts";

const CAPACITY_BYTES = 4096;
const SYMBOLS = residualSymbols(32);
/** Two tables: nothing but 0 has a code, and a few symbols have, of up to 7 bits. */
const BOOK = new CodeBook("test", SYMBOLS, ["11", "7123456000000007"]);

/** Something that can be written and read again. */
interface Item {
  readonly write: (writer: BitWriter) => void;
  readonly read: (reader: BitReader) => number;
  readonly value: number;
}

function plain(value: number, count: number): Item {
  return {
    write: (writer) => {
      writer.put(value, count);
    },
    read: (reader) => reader.take(count),
    value: value >>> 0,
  };
}

function signed(value: number, count: number): Item {
  return { ...plain(count === 32 ? value : value & (2 ** count - 1), count), read: (r) => r.takeSigned(count), value };
}

function golomb(value: number, order: number): Item {
  return {
    write: (writer) => {
      writer.golomb(value, order);
    },
    read: (reader) => reader.golomb(order),
    value,
  };
}

function symbol(value: number, table: number): Item {
  return {
    write: (writer) => {
      writer.symbol(BOOK, table, value);
    },
    read: (reader) => reader.symbol(BOOK, table),
    value,
  };
}

function residual(value: number, table: number): Item {
  return {
    write: (writer) => {
      writer.residual(BOOK, table, value);
    },
    read: (reader) => reader.residual(BOOK, table),
    value,
  };
}

const int32 = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: -200, max: 200 }));
const table = fc.nat(1);
const item: fc.Arbitrary<Item> = fc.oneof(
  fc.tuple(int32, fc.nat(32)).map(([value, count]) => plain(lowest(value, count), count)),
  fc.tuple(int32, fc.integer({ min: 1, max: 32 })).map(([value, count]) => signed(value >> (32 - count), count)),
  fc.tuple(fc.nat(65_535), fc.nat(15)).map(([value, order]) => golomb(value, order)),
  fc.tuple(fc.nat(SYMBOLS - 1), table).map(([value, at]) => symbol(value, at)),
  fc.tuple(int32, table).map(([value, at]) => residual(value, at)),
);

function lowest(value: number, count: number): number {
  return count === 0 ? 0 : value & (0xffffffff >>> (32 - count));
}

/** A reader of what was written. */
function readerOf(write: (writer: BitWriter) => void): BitReader {
  const writer = new BitWriter(CAPACITY_BYTES);
  write(writer);
  return readerOfBytes(writer.bytes.subarray(0, writer.finish()));
}

function readerOfBytes(bytes: Uint8Array): BitReader {
  const reader = new BitReader(CAPACITY_BYTES);
  reader.load(bytes);
  return reader;
}

/** The bits that were written, the first one first. */
function bitsOf(write: (writer: BitWriter) => void): string {
  const writer = new BitWriter(CAPACITY_BYTES);
  write(writer);
  const { bits, bytes } = writer;
  writer.finish();
  return Array.from({ length: bits }, (_, bit) => (bytes[bit >> 3]! >> (bit & 7)) & 1).join("");
}

test("whatever is written in a row is read in a row, and then the reader is at its end", () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 60 }), (items) => {
      const reader = readerOf((writer) => {
        for (const each of items) each.write(writer);
      });

      expect(items.map((each) => each.read(reader))).toEqual(items.map(({ value }) => value));
      expect([reader.ok, reader.isAtEnd]).toEqual([true, true]);
    }),
    { numRuns: 500 },
  );
});

test("every Golomb code of orders 0 to 15 gives its number back, from 0 to 65,535", () => {
  const writer = new BitWriter(40);
  const reader = new BitReader(40);
  let wrong = 0;

  for (let order = 0; order < 16; order++) {
    for (let value = 0; value < 65_536; value++) {
      writer.clear();
      writer.golomb(value, order);
      reader.load(writer.bytes.subarray(0, writer.finish()));
      if (reader.golomb(order) !== value || reader.bits !== writer.bits || !reader.ok) wrong += 1;
    }
  }

  expect(wrong).toBe(0);
});

test.each([0, 1, -1, 31, -32, 32, -33, 127, -128, 65_535, 2 ** 30, -(2 ** 30) - 1, 2 ** 31 - 1, -(2 ** 31)])(
  "the residual %i is read again from each of 2 tables",
  (value) => {
    const reader = readerOf((writer) => {
      writer.residual(BOOK, 0, value);
      writer.residual(BOOK, 1, value);
    });

    expect([reader.residual(BOOK, 0), reader.residual(BOOK, 1)]).toEqual([value, value]);
    expect(reader.isAtEnd).toBe(true);
  },
);

test.each([
  [
    "5 in 3 bits",
    (writer: BitWriter) => {
      writer.put(5, 3);
    },
    "101",
  ],
  [
    "1 in 4 bits",
    (writer: BitWriter) => {
      writer.put(1, 4);
    },
    "1000",
  ],
  [
    "Golomb 0 of order 0",
    (writer: BitWriter) => {
      writer.golomb(0, 0);
    },
    "0",
  ],
  [
    "Golomb 1 of order 0",
    (writer: BitWriter) => {
      writer.golomb(1, 0);
    },
    "100",
  ],
  [
    "Golomb 6 of order 0",
    (writer: BitWriter) => {
      writer.golomb(6, 0);
    },
    "11011",
  ],
  [
    "Golomb 5 of order 2",
    (writer: BitWriter) => {
      writer.golomb(5, 2);
    },
    "10100",
  ],
])("%s are the bits that the protocol says", (_, write, bits) => {
  expect(bitsOf(write)).toBe(bits);
});

test("what stands from a whole word on is copied to any place, whatever its length from 0 to 200 bits", () => {
  fc.assert(
    fc.property(fc.nat(31), fc.array(fc.nat(1), { maxLength: 200 }), fc.nat(70), (before, copied, ahead) => {
      const source = new BitWriter(CAPACITY_BYTES);
      source.put(0, before);
      const start = source.align();
      for (const bit of copied) source.put(bit, 1);
      source.align();
      source.put(-1, 32);
      source.align();

      const reader = readerOf((writer) => {
        for (let bit = 0; bit < ahead; bit++) writer.put(bit & 1, 1);
        writer.copy(source, start, copied.length);
        writer.put(2, 2);
      });

      for (let bit = 0; bit < ahead; bit++) reader.take(1);
      expect(copied.map(() => reader.take(1))).toEqual(copied);
      expect([reader.take(2), reader.isAtEnd]).toEqual([2, true]);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [0, 0],
  [1, 1],
  [8, 1],
  [9, 2],
  [31, 4],
  [32, 4],
  [33, 5],
  [64, 8],
  [65, 9],
])("%i bits end as %i bytes", (bits, bytes) => {
  const writer = new BitWriter(CAPACITY_BYTES);

  for (let bit = 0; bit < bits; bit++) writer.put(1, 1);

  expect([writer.bits, writer.finish()]).toEqual([bits, bytes]);
});

test("align goes on at the next whole word, and stays where one begins", () => {
  const writer = new BitWriter(CAPACITY_BYTES);

  const places = [
    writer.align(),
    (writer.put(1, 1), writer.align()),
    writer.align(),
    (writer.put(1, 32), writer.align()),
  ];

  expect(places).toEqual([0, 1, 1, 2]);
  expect(writer.bits).toBe(64);
});

test("a writer that was cleared writes as a new one does", () => {
  const writer = new BitWriter(CAPACITY_BYTES);
  writer.put(-1, 32);
  writer.put(0x7f, 7);

  writer.clear();
  writer.put(1, 9);

  expect([...writer.bytes.subarray(0, writer.finish())]).toEqual([1, 0]);
});

test("reads behind the end give zeros and are not ok; the last bit that is there is", () => {
  const reader = readerOfBytes(Uint8Array.of(0xff));

  expect([reader.take(8), reader.ok]).toEqual([255, true]);
  expect([reader.take(1), reader.take(32), reader.takeSigned(32), reader.golomb(3)]).toEqual([0, 0, 0, 0]);
  expect([reader.ok, reader.isAtEnd]).toEqual([false, false]);
});

test("what was loaded before is not read behind the end of what is shorter", () => {
  const reader = readerOfBytes(new Uint8Array(64).fill(255));

  reader.load(Uint8Array.of(255));

  expect([reader.take(8), reader.take(32), reader.ok]).toEqual([255, 0, false]);
});

test("bytes beyond the capacity of 4 are not ok, and 4 are", () => {
  const reader = new BitReader(4);

  reader.load(Uint8Array.of(1, 2, 3, 4));
  expect([reader.take(32), reader.ok, reader.isAtEnd]).toEqual([0x04030201, true, true]);
  reader.load(Uint8Array.of(1, 2, 3, 4, 5));
  expect(reader.ok).toBe(false);
  reader.load(Uint8Array.of(1));
  expect(reader.ok).toBe(true);
});

test.each([
  ["7 zeros are left", [1], 1, true],
  ["a one is left among 7", [3], 1, false],
  ["8 zeros are left", [1, 0], 8, false],
  ["nothing is left", [1, 0], 16, true],
  ["more was read than there is", [1], 9, false],
])("%s: %j after %i bits is the end: %s", (_, bytes, bits, isAtEnd) => {
  const reader = readerOfBytes(Uint8Array.from(bytes));

  reader.take(bits);

  expect(reader.isAtEnd).toBe(isAtEnd);
});

test.each(Array.from({ length: 16 }, (_, order) => order))(
  "order %i: a code of too many ones is refused wherever it begins, and the one of 65,535 is not",
  (order) => {
    const ones = 16 - order;
    const largest = readerOf((writer) => {
      writer.golomb(65_535, order);
    });
    expect([largest.golomb(order), largest.ok]).toEqual([65_535, true]);

    for (let start = 0; start < 16; start++) {
      for (const count of [ones + 1, 24, 25, 26, 31, 32, 33, 64]) {
        const reader = readerOf((writer) => {
          writer.put(0, start);
          for (let one = 0; one < count; one++) writer.put(1, 1);
          writer.put(0, 32);
        });
        reader.take(start);

        expect([start, count, reader.golomb(order), reader.ok]).toEqual([start, count, 0, false]);
      }
    }
  },
);

test("a Golomb code beyond 65,535 is refused, though it has no more ones than that of 65,535", () => {
  const reader = readerOf((writer) => {
    writer.put(2 ** 16 - 1, 17);
    writer.put(2, 16);
  });

  expect([reader.golomb(0), reader.ok]).toEqual([0, false]);
});

test("an escape with a number that is no symbol is refused, and one with the last symbol's is not", () => {
  const escaped = (number: number): BitReader =>
    readerOf((writer) => {
      writer.put(1, 1);
      writer.put(number, BOOK.numberBits);
    });
  const [last, stranger] = [escaped(SYMBOLS - 1), escaped(SYMBOLS)];

  expect([last.symbol(BOOK, 0), last.ok]).toEqual([SYMBOLS - 1, true]);
  expect([stranger.symbol(BOOK, 0), stranger.ok]).toEqual([0, false]);
});

test("what was refused is not ok until other bytes are loaded", () => {
  const reader = readerOfBytes(Uint8Array.of(0, 0));

  reader.refuse();
  reader.take(1);
  expect(reader.ok).toBe(false);
  reader.load(Uint8Array.of(0));
  expect(reader.ok).toBe(true);
});

test("no bytes make a reader throw, and no number leaves its range", () => {
  const reads: ((reader: BitReader) => boolean)[] = [
    (reader) => isWithin(reader.take(32), 0, 2 ** 32 - 1),
    (reader) => isWithin(reader.take(7), 0, 127),
    (reader) => isWithin(reader.takeSigned(9), -256, 255),
    (reader) => isWithin(reader.golomb(0), 0, 65_535),
    (reader) => isWithin(reader.golomb(15), 0, 65_535),
    (reader) => isWithin(reader.symbol(BOOK, 1), 0, SYMBOLS - 1),
    (reader) => isWithin(reader.residual(BOOK, 0), -(2 ** 31), 2 ** 31 - 1),
  ];
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.array(fc.constantFrom(0, 255, 254, 127), { maxLength: 64 }).map((each) => Uint8Array.from(each)),
  );
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(reads.length - 1), { maxLength: 200 }), (given, order) => {
      const reader = readerOfBytes(given);

      expect(order.filter((read) => !reads[read]!(reader))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
