import { BitWriter } from "../../shared/engine/wire/bit-writer.ts";
import type { CodeBook } from "../../shared/engine/wire/code-book.ts";

/** Counts the symbols that a codec writes, and writes nothing. */
export class CountingWriter extends BitWriter {
  /** Bits that follow from no table. */
  plainBits = 0;
  /** By label, then table: how often each symbol was met. */
  readonly counts = new Map<string, Float64Array[]>();

  constructor() {
    super(0);
  }

  override put(_value: number, count: number): void {
    this.plainBits += count;
  }

  override symbol(book: CodeBook, table: number, symbol: number): void {
    const tables = this.tablesOf(book);
    const counts = tables[table]!;
    counts[symbol] = counts[symbol]! + 1;
  }

  private tablesOf(book: CodeBook): Float64Array[] {
    const known = this.counts.get(book.label);
    if (known !== undefined) return known;
    const tables = book.codes.length / book.symbols;
    const fresh = Array.from({ length: tables }, () => new Float64Array(book.symbols));
    this.counts.set(book.label, fresh);
    return fresh;
  }
}
