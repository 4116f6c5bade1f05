import { LANE_COUNT } from "./lane.ts";

/** What a connection has carried since it began, without the WebSocket's own framing. */
export interface ConnectionCounters {
  receivedBytes: number;
  sentBytes: number;
  receivedPackets: number;
  sentPackets: number;
  /** By lane, of messages and transfers, without the heads of their frames. */
  readonly laneReceivedBytes: Float64Array;
  readonly laneSentBytes: Float64Array;
}

/** All zero. */
export function connectionCounters(): ConnectionCounters {
  return {
    receivedBytes: 0,
    sentBytes: 0,
    receivedPackets: 0,
    sentPackets: 0,
    laneReceivedBytes: new Float64Array(LANE_COUNT),
    laneSentBytes: new Float64Array(LANE_COUNT),
  };
}
