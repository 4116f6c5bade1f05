import type { Connection } from "../../shared/engine/transport/connection.ts";
import type { ConnectionCounters } from "../../shared/engine/transport/connection-counters.ts";
import { LANE_COUNT, LANE_NAMES } from "../../shared/engine/transport/lane.ts";
import type { Lanes } from "../../shared/engine/transport/lanes.ts";

/** What a room's connections have carried, without the heads of frames and packets, and what they hold now, in bytes. */
export interface LaneReport {
  /** By lane: `control`, `realtime`, `event`, `bulk`, `stream`. */
  readonly sentBytes: Readonly<Record<string, number>>;
  readonly receivedBytes: Readonly<Record<string, number>>;
  /** Everything, with all heads and answers, as packets. */
  readonly packets: {
    readonly sent: number;
    readonly sentBytes: number;
    readonly received: number;
    readonly receivedBytes: number;
  };
  /** What reliable lanes keep because nobody has answered it yet, altogether and of the session that keeps most. */
  readonly keptBytes: number;
  readonly keptBytesMost: number;
  /** Under way. */
  readonly inflightBytes: number;
}

/** A session, as far as its traffic goes. */
interface Carrier {
  readonly connection: Connection;
  readonly lanes: Lanes;
}

/** Adds up what connections carry, those that have ended too. */
export class LaneTraffic {
  private readonly past: Sum = {
    sent: new Float64Array(LANE_COUNT),
    received: new Float64Array(LANE_COUNT),
    packets: { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 },
  };

  /** A connection is over, and counts no further. */
  add(counters: ConnectionCounters): void {
    addTo(this.past, counters);
  }

  report(carriers: Iterable<Carrier>): LaneReport {
    const { sent, received, packets: before } = this.past;
    const sum = { sent: sent.slice(), received: received.slice(), packets: { ...before } };
    let keptBytes = 0;
    let keptBytesMost = 0;
    let inflightBytes = 0;
    for (const { connection, lanes } of carriers) {
      addTo(sum, connection.counters);
      keptBytes += lanes.keptBytes;
      keptBytesMost = Math.max(keptBytesMost, lanes.keptBytes);
      inflightBytes += connection.inflightBytes;
    }
    const { packets } = sum;
    return {
      sentBytes: byName(sum.sent),
      receivedBytes: byName(sum.received),
      packets,
      keptBytes,
      keptBytesMost,
      inflightBytes,
    };
  }
}

interface Sum {
  readonly sent: Float64Array;
  readonly received: Float64Array;
  readonly packets: { sent: number; sentBytes: number; received: number; receivedBytes: number };
}

function addTo({ sent, received, packets }: Sum, counters: ConnectionCounters): void {
  for (let lane = 0; lane < LANE_COUNT; lane++) {
    sent[lane]! += counters.laneSentBytes[lane]!;
    received[lane]! += counters.laneReceivedBytes[lane]!;
  }
  packets.sent += counters.sentPackets;
  packets.sentBytes += counters.sentBytes;
  packets.received += counters.receivedPackets;
  packets.receivedBytes += counters.receivedBytes;
}

function byName(bytes: Float64Array): Record<string, number> {
  return Object.fromEntries(LANE_NAMES.map((name, lane) => [name, bytes[lane]!]));
}
