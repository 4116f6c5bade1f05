/** The door `#engine/shared`: what a game may use on both sides. */
export { checkGame, checkSharedGame, checkedTables, GameDefinitionError } from "./game-check.ts";
export type {
  AnyEntityTable,
  EntityRef,
  GameDefinition,
  GameTypes,
  InterestRules,
  Outbox,
  Ownership,
  PlayerId,
  PlayerInput,
  Rewind,
  SharedGame,
  Viewpoint,
} from "./game-definition.ts";
export { EntityTable } from "./replication/entity-table.ts";
export { Rng } from "./time/rng.ts";
export { checkWhole, SEED_MAX } from "./whole-number.ts";
export {
  BULK_BLOCK_BYTES,
  BULK_WINDOW_BYTES_MAX,
  type BulkOffer,
  type BulkSink,
  type BulkSource,
  type BulkTransfer,
} from "./transport/bulk.ts";
export { Channel, type ChannelOptions, clientChannel, serverChannel } from "./transport/channel.ts";
export { CloseCode, type CloseReason } from "./transport/close-code.ts";
export { LANE_LIMITS, type LaneLimits } from "./transport/lane.ts";
export { Connection } from "./transport/connection.ts";
export type { Link, LinkEvents } from "./transport/link.ts";
export type { QueueVisitor } from "./transport/queue-visitor.ts";
export type { RequestOutcome } from "./transport/requests.ts";
export {
  type Negotiation,
  negotiateSubprotocol,
  offeredSubprotocols,
  type Versioned,
} from "./transport/subprotocol.ts";
export { type EventLoop, WebSocketLink, type WebSocketLike } from "./transport/websocket-link.ts";
export { angleBetween, angleOf, createAngleTable, type AngleTable } from "./wire/angle.ts";
export type { EntityCodec, LaneName, MessageProtocol, Protocol, Rpc, RpcRefusal } from "./wire/protocol.ts";
