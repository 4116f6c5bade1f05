const SAMPLES_KEPT = 600;

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
  /** Display frames since the first snapshot, and how many of them lacked a snapshot behind what they drew. */
  frames = 0;
  underruns = 0;
  /** How long after the quickest snapshots arrive the others were drawn as they say: the newest 600 frames, in ms. */
  readonly interpolationDelaysMs: number[] = [];
  /** By how much each snapshot's state moved each entity that is the player's own and predicted: the newest 600, in units. */
  readonly corrections: number[] = [];
  /** The newest round trips, at most 600, in milliseconds. */
  readonly rttSamplesMs: number[] = [];

  /** The median of the last 5 round trips: steady enough to be shown. */
  get rttMs(): number | undefined {
    const last = this.rttSamplesMs.slice(-5).sort((a, b) => a - b);
    return last[last.length >> 1];
  }

  addRtt(rttMs: number): void {
    keep(this.rttSamplesMs, rttMs);
  }

  addFrame(isUnderrun: boolean, interpolationDelayMs: number): void {
    this.frames += 1;
    if (isUnderrun) this.underruns += 1;
    keep(this.interpolationDelaysMs, interpolationDelayMs);
  }

  addCorrection(units: number): void {
    keep(this.corrections, units);
  }
}

function keep(samples: number[], sample: number): void {
  samples.push(sample);
  if (samples.length > SAMPLES_KEPT) samples.shift();
}
