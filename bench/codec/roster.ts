/** Every contender by the module it stands in: ours, the yardstick, the peers, and what else ours can do. */
export const ROSTER: readonly RosterEntry[] = [
  { module: "tickwire" },
  { module: "hand" },
  { module: "json" },
  { module: "msgpack" },
  { module: "msgpackr-records" },
  { module: "msgpackr-arrays" },
  { module: "protobufjs" },
  { module: "protobuf-es" },
  { module: "pbf" },
  { module: "flatbuffers" },
  { module: "flatbuffers-lazy" },
  { module: "avsc", needsNode: "avsc reads and writes Node's Buffers" },
  { module: "bebop" },
  { module: "bebop-owned" },
  { module: "kiwi" },
  { module: "colyseus" },
  { module: "tickwire-into" },
  { module: "tickwire-columns" },
];

export interface RosterEntry {
  /** `./contenders/MODULE.ts`. */
  readonly module: string;
  /** Why it cannot run in a browser as it comes. */
  readonly needsNode?: string;
}

/** Ours and the yardstick, as their contenders are named. */
export const OURS = "tickwire";
export const YARDSTICK = "hand";
