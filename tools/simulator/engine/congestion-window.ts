import { SEGMENT_BYTES_MAX } from "./segment.ts";

/** What Linux sends before the first acknowledgement. */
const INITIAL_BYTES = 10 * SEGMENT_BYTES_MAX;

/**
 * How many bytes TCP lets be on their way: it doubles each round trip until path and bottleneck are full, and starts
 * again from one segment after a timeout.
 *
 * A real one loses a segment when the bottleneck overflows, and steps back; this one knows where that is and stops.
 */
export class CongestionWindow {
  bytes: number;
  /** The most it has been. */
  peakBytes: number;
  private readonly bytesMax: number;

  /** `pathBytes`: what path and bottleneck hold together; Infinity for a path without a bottleneck. */
  constructor(pathBytes: number) {
    this.bytesMax = Math.max(INITIAL_BYTES, pathBytes);
    this.bytes = pathBytes === Infinity ? Infinity : INITIAL_BYTES;
    this.peakBytes = this.bytes;
  }

  /** It grows only while it is needed: `inFlightBytes` were on their way when the acknowledgement came. */
  acknowledge(bytes: number, inFlightBytes: number): void {
    if (2 * inFlightBytes >= this.bytes) this.bytes = Math.min(this.bytes + bytes, this.bytesMax);
    this.peakBytes = Math.max(this.peakBytes, this.bytes);
  }

  timeOut(): void {
    this.bytes = SEGMENT_BYTES_MAX;
  }
}
