/** The door `#engine/server`: rooms, for the edge that gives them sockets and time. */
export { type ChannelHost, Channels, type ChannelsOptions } from "./channels.ts";
export type { Desync, ReplicationReport, SnapshotCost } from "./replication-counters.ts";
export type { InputReport } from "./input-buffer.ts";
export type { KindProfile, ProfileReport } from "./replication-profile.ts";
export { LEAVE_RATIO } from "./kind-interest.ts";
export type { LaneReport } from "./lane-traffic.ts";
export type { RandomBytes } from "./resume-tokens.ts";
export { Room, type RoomOptions } from "./room.ts";
export type { SessionState } from "./session-life.ts";
export type { Percentiles, TickReport } from "./room-metrics.ts";
export { CATCH_UP_TICKS_MAX, TickLoop } from "./tick-loop.ts";
