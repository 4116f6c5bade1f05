import { EMPTY_HASH, hashOn } from "./block-hash.ts";
import { BULK_BLOCK_BYTES, type BulkSource } from "./bulk.ts";

const HASH_BYTES = 4;

/** Reads a source as blocks with a hash behind each: what a transfer is on the wire. */
export class HashedBlocks {
  /** The source has nothing now. */
  isDry = false;
  private readonly source: BulkSource;
  /** Bytes of the source that have been told. */
  private told = 0;
  private hash = EMPTY_HASH;
  private owesHash = false;
  private isAtEnd = false;

  constructor(source: BulkSource) {
    this.source = source;
  }

  get offset(): number {
    return this.told;
  }

  /** Bytes of the source whose hashes have been told too. */
  get wholeBytes(): number {
    return this.owesHash ? Math.floor((this.told - 1) / BULK_BLOCK_BYTES) * BULK_BLOCK_BYTES : this.told;
  }

  /** Everything has been told. */
  get isOver(): boolean {
    return !this.owesHash && (this.isAtEnd || this.told === this.source.size);
  }

  /** The source has ended before the size that it said. */
  get isShort(): boolean {
    const { size } = this.source;
    return this.isAtEnd && size !== undefined && this.told < size;
  }

  /** Goes on at the beginning of a block, or at the end. */
  startAt(offset: number): void {
    this.told = offset;
    this.hash = EMPTY_HASH;
    this.owesHash = false;
    this.isAtEnd = false;
    this.isDry = false;
  }

  /** Writes what comes next from `start` on, as much as there is room for; returns where that ends. */
  fill(target: Uint8Array, start: number): number {
    let end = start;
    for (;;) {
      const next = this.isBlockOver ? this.tellHash(target, end) : this.tellBytes(target, end);
      // A stream that has just ended still owes the hash of its last block.
      if (next === end && !(this.isAtEnd && this.owesHash && end + HASH_BYTES <= target.length)) return end;
      end = next;
    }
  }

  private get isBlockOver(): boolean {
    const isFull = this.told % BULK_BLOCK_BYTES === 0 || this.told === this.source.size;
    return this.owesHash && (isFull || this.isAtEnd);
  }

  private tellHash(target: Uint8Array, at: number): number {
    if (at + HASH_BYTES > target.length) return at;
    for (let i = 0; i < HASH_BYTES; i++) target[at + i] = this.hash >>> (8 * i);
    this.hash = EMPTY_HASH;
    this.owesHash = false;
    return at + HASH_BYTES;
  }

  private tellBytes(target: Uint8Array, at: number): number {
    const inBlock = this.told % BULK_BLOCK_BYTES;
    const left = (this.source.size ?? Infinity) - this.told;
    const room = Math.min(target.length - at, BULK_BLOCK_BYTES - inBlock, left);
    if (room === 0 || this.isAtEnd) return at;
    const bytes = this.source.read(this.told, room);
    if (bytes === undefined) this.isAtEnd = true;
    else if (bytes.length === 0) this.isDry = true;
    else return this.tell(bytes.length > room ? bytes.subarray(0, room) : bytes, target, at);
    return at;
  }

  private tell(bytes: Uint8Array, target: Uint8Array, at: number): number {
    target.set(bytes, at);
    this.hash = hashOn(this.hash, bytes);
    this.told += bytes.length;
    this.owesHash = true;
    return at + bytes.length;
  }
}
