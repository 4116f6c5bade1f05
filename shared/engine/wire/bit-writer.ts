import type { CodeBook } from "./code-book.ts";
import { RESIDUAL_DIRECT, RESIDUAL_DIRECT_BITS } from "./residual.ts";

/**
 * Bits into bytes, least significant bit first.
 *
 * Whole 32-bit words are stored as they fill. Writing trusts its caller to stay within the capacity: whoever fills a
 * writer knows the most bits of what it puts there.
 */
export class BitWriter {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  /** Where the next whole word goes, in bytes. */
  private at = 0;
  private word = 0;
  /** Bits of `word` that are taken, 0 to 31. */
  private used = 0;

  constructor(capacityBytes: number) {
    // A last word that is not full is stored whole.
    this.bytes = new Uint8Array(capacityBytes + 4);
    this.view = new DataView(this.bytes.buffer);
  }

  /** How many bits have been written. */
  get bits(): number {
    return this.at * 8 + this.used;
  }

  /** Forgets what was written. */
  clear(): void {
    this.at = 0;
    this.word = 0;
    this.used = 0;
  }

  /** Writes the lowest `count` bits, 0 to 32, of a value that has no others. */
  put(value: number, count: number): void {
    this.word |= value << this.used;
    const used = this.used + count;
    if (used < 32) {
      this.used = used;
      return;
    }
    this.view.setInt32(this.at, this.word, true);
    this.at += 4;
    this.used = used - 32;
    // A shift by 32 would be one by 0.
    this.word = this.used === 0 ? 0 : value >>> (count - this.used);
  }

  /** Writes a symbol in the code of one of a book's tables. */
  symbol(book: CodeBook, table: number, symbol: number): void {
    const entry = book.codes[table * book.symbols + symbol]!;
    this.put(entry >>> 5, entry & 31);
  }

  /** Writes any 32-bit integer: the smallest are symbols of their own, others a symbol for their size and their bits. */
  residual(book: CodeBook, table: number, residual: number): void {
    const folded = ((residual << 1) ^ (residual >> 31)) >>> 0;
    if (folded < RESIDUAL_DIRECT) {
      this.symbol(book, table, folded);
      return;
    }
    const size = 31 - Math.clz32(folded);
    this.symbol(book, table, RESIDUAL_DIRECT + size - RESIDUAL_DIRECT_BITS);
    this.put(folded - 2 ** size, size);
  }

  /** Exponential Golomb code of order `k`, 0 to 15, for a value from 0 to 65,535. */
  golomb(value: number, k: number): void {
    const shifted = value + (1 << k);
    const size = 31 - Math.clz32(shifted);
    this.put(((1 << (size - k)) - 1) >>> 0, size - k + 1);
    this.put(shifted - (1 << size), size);
  }

  /** Goes on at a whole word; returns where that is, in bytes. */
  align(): number {
    if (this.used > 0) this.put(0, 32 - this.used);
    return this.at;
  }

  /** Copies `count` bits that `source` holds from byte `start` on: a place that `align` returned. */
  copy(source: BitWriter, start: number, count: number): void {
    let at = start;
    let left = count;
    for (; left > 32; left -= 32, at += 4) this.put(source.view.getInt32(at, true), 32);
    this.put(source.view.getInt32(at, true), left);
  }

  /** Ends at a whole byte; returns how many bytes there are. `align` and `put` go on behind them only after `clear`. */
  finish(): number {
    this.view.setInt32(this.at, this.word, true);
    return this.at + ((this.used + 7) >>> 3);
  }
}
