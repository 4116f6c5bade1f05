const RTT_SAMPLES_KEPT = 600;

/** What a client has seen of its connection since it began. */
export class ClientStats {
  /** Snapshots received. */
  snapshots = 0;
  /** Of them, those that said the whole view anew, without the first. */
  resets = 0;
  /** Checks that found a view that is not what the room sent; it was repaired then. */
  desyncs = 0;
  /** Bytes of all packets, without the WebSocket's own framing. */
  bytesReceived = 0;
  bytesSent = 0;
  /** Entities in the newest snapshot. */
  entitiesInView = 0;
  /** The newest round trips, at most 600, in milliseconds. */
  readonly rttSamplesMs: number[] = [];

  /** The median of the last 5 round trips: steady enough to be shown. */
  get rttMs(): number | undefined {
    const last = this.rttSamplesMs.slice(-5).sort((a, b) => a - b);
    return last[last.length >> 1];
  }

  addRtt(rttMs: number): void {
    this.rttSamplesMs.push(rttMs);
    if (this.rttSamplesMs.length > RTT_SAMPLES_KEPT) this.rttSamplesMs.shift();
  }
}
