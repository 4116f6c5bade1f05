const SLAB_BYTES = 65_536;

/**
 * Where encoders write, one message behind the other.
 *
 * What `take` returns is a view of the slab that nobody writes to again: its owner may keep it. A view keeps its
 * whole slab alive, so that a few bytes kept for long are better copied with `slice()`. One view of a shared slab
 * costs a third of an array of its own, and half of what `subarray` costs.
 */
export class Slab {
  /** Changes with `reserve`. */
  bytes = new Uint8Array(SLAB_BYTES);
  /** Of `bytes`, and changes with them. */
  view = new DataView(this.bytes.buffer);
  private buffer = this.bytes.buffer;
  private used = 0;
  private capacity = SLAB_BYTES;

  /** The offset in `bytes` from which at least `bytesMax` bytes are free, until the next `reserve`. */
  reserve(bytesMax: number): number {
    if (this.used + bytesMax > this.capacity) this.renew(bytesMax);
    return this.used;
  }

  /** The bytes from `start`, which `reserve` returned, to `end`. They are taken for good. */
  take(start: number, end: number): Uint8Array {
    this.used = end;
    return new Uint8Array(this.buffer, start, end - start);
  }

  private renew(bytesMax: number): void {
    this.capacity = Math.max(bytesMax, SLAB_BYTES);
    this.bytes = new Uint8Array(this.capacity);
    this.buffer = this.bytes.buffer;
    this.view = new DataView(this.buffer);
    this.used = 0;
  }
}

/** The slab of all generated encoders. */
export const slab = /* @__PURE__ */ new Slab();
