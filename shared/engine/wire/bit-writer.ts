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
  /** The same bytes: little-endian, wherever JavaScript runs. */
  private readonly words: Int32Array;
  /** Which word is being filled. */
  private at = 0;
  private word = 0;
  /** Bits of `word` that are taken, 0 to 31. */
  private used = 0;

  constructor(capacityBytes: number) {
    // A last word that is not full is stored whole.
    this.words = new Int32Array((capacityBytes >>> 2) + 2);
    this.bytes = new Uint8Array(this.words.buffer);
  }

  /** How many bits have been written. */
  get bits(): number {
    return this.at * 32 + this.used;
  }

  /** Forgets what was written. */
  clear(): void {
    this.at = 0;
    this.word = 0;
    this.used = 0;
  }

  /** Writes the lowest `count` bits, 0 to 32, of a value that has no others. */
  put(value: number, count: number): void {
    const { used } = this;
    const word = this.word | (value << used);
    const next = used + count;
    if (next < 32) {
      this.word = word;
      this.used = next;
    } else this.store(word, value, count, next - 32);
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

  /** Goes on at a whole word; returns which. */
  align(): number {
    if (this.used > 0) {
      this.words[this.at++] = this.word;
      this.word = 0;
      this.used = 0;
    }
    return this.at;
  }

  /**
   * Copies `count` bits that `source` holds from word `start` on, a place that `align` returned, up to the next such
   * place. None may be there: what stands at `start` then is something else's.
   */
  copy(source: BitWriter, start: number, count: number): void {
    const { words } = source;
    let at = start;
    let left = count;
    for (; left > 32; left -= 32) this.put(words[at++]!, 32);
    if (left > 0) this.put(words[at]!, left);
  }

  /** Ends at a whole byte; returns how many bytes there are. `align` and `put` go on behind them only after `clear`. */
  finish(): number {
    this.words[this.at] = this.word;
    return this.at * 4 + ((this.used + 7) >>> 3);
  }

  /** A word is full; `rest` bits of the value are left for the next one. */
  private store(word: number, value: number, count: number, rest: number): void {
    this.words[this.at++] = word;
    this.used = rest;
    // A shift by 32 would be one by 0.
    this.word = rest === 0 ? 0 : value >>> (count - rest);
  }
}
