import { colyseus } from "./peers/colyseus.ts";
import { deflated } from "./peers/deflated.ts";
import { fixedRecords } from "./peers/fixed-records.ts";
import { jsonDelta } from "./peers/json-delta.ts";
import { msgpackDelta } from "./peers/msgpack-delta.ts";
import type { SnapshotCodec } from "./snapshot-codec.ts";

/** What our own codec stands beside. */
export const PEERS: readonly SnapshotCodec[] = [
  jsonDelta,
  deflated(jsonDelta),
  msgpackDelta,
  deflated(msgpackDelta),
  colyseus,
  fixedRecords,
];
