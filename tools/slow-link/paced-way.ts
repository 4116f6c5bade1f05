/** What one direction of a link is like. */
export interface PacedWayOptions {
  /** Mbit/s, with the headers of IP and TCP. */
  readonly mbit: number;
  /** What light and routers take, in milliseconds. */
  readonly delayMs: number;
  /** More than this waiting at the bottleneck, and nothing more should be given to it. */
  readonly queueBytesMax: number;
}

/** A part of what is under way, and when its last byte arrives. */
export interface Segment {
  readonly dueMs: number;
  readonly bytes: Uint8Array;
}

/** What fits into one packet of the usual network, and the headers of IP and of TCP with its timestamps. */
const SEGMENT_BYTES = 1448;
const SEGMENT_HEAD_BYTES = 52;

/**
 * One direction of a slow link: bytes leave at a rate, in segments, and arrive a delay later.
 *
 * When each segment is due follows from when it was given and from what was before it, never from when somebody looked:
 * a late timer delays one segment, and not all that follow.
 */
export class PacedWay {
  private readonly options: PacedWayOptions;
  private readonly flying: Segment[] = [];
  /** When the bottleneck has let through all that it was given. */
  private idleAtMs = -Infinity;

  constructor(options: PacedWayOptions) {
    this.options = options;
  }

  /** When the next segment arrives; Infinity when nothing is under way. */
  get nextDueMs(): number {
    return this.flying[0]?.dueMs ?? Infinity;
  }

  /** What waits at the bottleneck, in bytes with their headers. */
  queuedBytes(nowMs: number): number {
    return Math.max(0, this.idleAtMs - nowMs) * this.bytesPerMs;
  }

  isFull(nowMs: number): boolean {
    return this.queuedBytes(nowMs) > this.options.queueBytesMax;
  }

  /** Nothing leaves before `untilMs`: a connection takes a round trip before it carries anything. */
  hold(untilMs: number): void {
    this.idleAtMs = Math.max(this.idleAtMs, untilMs);
  }

  /** Takes bytes, which must not change any more. */
  push(bytes: Uint8Array, nowMs: number): void {
    for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
      const segment = bytes.subarray(at, at + SEGMENT_BYTES);
      const onWireMs = (segment.length + SEGMENT_HEAD_BYTES) / this.bytesPerMs;
      this.idleAtMs = Math.max(nowMs, this.idleAtMs) + onWireMs;
      this.flying.push({ dueMs: this.idleAtMs + this.options.delayMs, bytes: segment });
    }
  }

  /** The next segment, if it has arrived by now. */
  take(nowMs: number): Segment | undefined {
    return this.nextDueMs <= nowMs ? this.flying.shift() : undefined;
  }

  private get bytesPerMs(): number {
    return (this.options.mbit * 1000) / 8;
  }
}
