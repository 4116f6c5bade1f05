import { BitReader } from "../wire/bit-reader.ts";
import type { CodeBook } from "../wire/code-book.ts";

/** What bits are read for that no code book has a label for. */
export const PART = { HEADER: "header", LISTS: "lists", WHOLE_ROWS: "whole rows", OWNER: "owner" } as const;

/** A name of a kind for bits that belong to none. */
export const NO_KIND = "";

/**
 * Reads bits, and counts what they are read for: for a kind, and in it for a part or for what a code book is about.
 *
 * Bits count for what was named last. A code book names itself; everything else is named by who reads.
 */
export class MeteringReader extends BitReader {
  private readonly counts = new Map<string, Map<string, number>>();
  private kind = NO_KIND;
  private label: string = PART.HEADER;
  /** Up to here all bits are counted. */
  private counted = 0;

  /** Bits by kind, then by label. */
  get bitsOf(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    this.count();
    return this.counts;
  }

  override get isAtEnd(): boolean {
    this.name(PART.HEADER, NO_KIND);
    return super.isAtEnd;
  }

  override load(bytes: Uint8Array, start = 0): void {
    this.name(PART.HEADER, NO_KIND);
    super.load(bytes, start);
    this.counted = this.bits;
  }

  /** Says what the next bits are read for. */
  name(label: string, kind = this.kind): void {
    this.count();
    this.label = label;
    this.kind = kind;
  }

  override symbol(book: CodeBook, table: number): number {
    this.name(book.label);
    return super.symbol(book, table);
  }

  override residual(book: CodeBook, table: number): number {
    this.name(book.label);
    return super.residual(book, table);
  }

  private count(): void {
    const bits = this.bits - this.counted;
    if (bits === 0) return;
    this.counted = this.bits;
    const labels = this.counts.get(this.kind) ?? new Map<string, number>();
    this.counts.set(this.kind, labels);
    labels.set(this.label, (labels.get(this.label) ?? 0) + bits);
  }
}
