import type { CodeBook } from "./code-book.ts";
import { RESIDUAL_DIRECT, RESIDUAL_DIRECT_BITS } from "./residual.ts";

/** Bytes behind the end that a reader may look at before it is asked whether it is `ok`. */
const SLACK_BYTES = 8192;
/** Bits of the largest exponential Golomb code behind its ones. */
const GOLOMB_SIZE_MAX = 16;

/**
 * Bits out of a peer's bytes, least significant bit first.
 *
 * Nothing throws: reads behind the end give zeros, and `ok` says afterwards that there were some. It must be asked at
 * least once every 8,000 bytes. The bytes are copied in, once, so that reads need not look where the end is.
 */
export class BitReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;
  private end = 0;
  private isBroken = false;
  /** Bytes that are not 0 for certain. */
  private filled = 0;

  constructor(capacityBytes: number) {
    this.bytes = new Uint8Array(capacityBytes + SLACK_BYTES);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Begins with the first bit of `bytes[start]`; what is longer than the capacity is not `ok`. */
  load(bytes: Uint8Array, start = 0): void {
    const size = Math.min(bytes.length, this.bytes.length - SLACK_BYTES);
    // Behind the end there are zeros.
    if (size < this.filled) this.bytes.fill(0, size, this.filled);
    this.filled = size;
    this.bytes.set(size === bytes.length ? bytes : bytes.subarray(0, size));
    this.at = start * 8;
    this.end = size * 8;
    this.isBroken = size < bytes.length;
  }

  /** False when something was read that is not there, or that means nothing. */
  get ok(): boolean {
    return this.at <= this.end && !this.isBroken;
  }

  /** Bits read so far. */
  get bits(): number {
    return this.at;
  }

  /** Whether nothing is left but the zeros that fill up the last byte. */
  get isAtEnd(): boolean {
    const left = this.end - this.at;
    return left >= 0 && left < 8 && this.take(left) === 0;
  }

  /** Says that what was read means nothing: it is not `ok` from now on. */
  refuse(): void {
    this.isBroken = true;
  }

  /** The next `count` bits, 0 to 32, as a whole number from 0. */
  take(count: number): number {
    if (count > 25) return (this.take(16) | (this.take(count - 16) << 16)) >>> 0;
    const value = this.next() & ((1 << count) - 1);
    this.at += count;
    return value;
  }

  /** The next `count` bits, 1 to 32, as two's complement. */
  takeSigned(count: number): number {
    return (this.take(count) << (32 - count)) >> (32 - count);
  }

  /** A symbol that was written with the same table. */
  symbol(book: CodeBook, table: number): number {
    const entry = book.lookup[(table << book.lookupBits) | (this.next() & ((1 << book.lookupBits) - 1))]!;
    this.at += entry & 15;
    const symbol = entry >>> 4;
    return symbol === book.symbols ? this.escaped(book) : symbol;
  }

  /** A 32-bit integer that was written as a residual with the same table. */
  residual(book: CodeBook, table: number): number {
    const symbol = this.symbol(book, table);
    if (symbol < RESIDUAL_DIRECT) return (symbol >>> 1) ^ -(symbol & 1);
    const size = symbol - RESIDUAL_DIRECT + RESIDUAL_DIRECT_BITS;
    const folded = this.take(size) + 2 ** size;
    return (folded >>> 1) ^ -(folded & 1);
  }

  /** An exponential Golomb code of order `k`: 0 to 65,535. */
  golomb(k: number): number {
    // One of 32 ones ends them, so that these are too many as well.
    const notOnes = ~this.next() | (1 << 31);
    const size = k + 31 - Math.clz32(notOnes & -notOnes);
    this.at += size - k + 1;
    const value = size > GOLOMB_SIZE_MAX ? Infinity : this.take(size) + (1 << size) - (1 << k);
    if (value <= 0xffff) return value;
    this.refuse();
    return 0;
  }

  private escaped(book: CodeBook): number {
    const symbol = this.take(book.numberBits);
    if (symbol < book.symbols) return symbol;
    this.refuse();
    return 0;
  }

  /** At least the next 25 bits, in the lowest places. */
  private next(): number {
    return this.view.getInt32(this.at >>> 3, true) >>> (this.at & 7);
  }
}
