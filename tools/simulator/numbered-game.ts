import type { BulkSink, BulkSource, GameDefinition, Outbox, PlayerId } from "#engine/shared";
import { GAME_OPCODE_MIN } from "../../shared/engine/transport/lane.ts";
import type { Protocol } from "../../shared/engine/wire/protocol.ts";

/** A message that says which one it is, on each lane that a game may use, either way. */
export interface Numbered {
  readonly lane: NumberedLane;
  readonly number: number;
}

export const NUMBERED_LANES = ["control", "event", "bulk"] as const;
export type NumberedLane = (typeof NUMBERED_LANES)[number];

/** What each message carries behind its number at most, in bytes: those of the bulk lane are cut into several packets. */
const FILLING_BYTES: Readonly<Record<NumberedLane, number>> = { control: 16, event: 1_000, bulk: 3_000 };
const NUMBER_BYTES = 4;

/** What a game saw of its players. */
export interface NumberedWorld {
  readonly heard: (Numbered & { readonly playerId: PlayerId })[];
  /** The inputs that were applied, repeated ones once. */
  readonly inputs: number[];
  readonly joined: PlayerId[];
  readonly left: PlayerId[];
  /** What it says through, from the first tick on. */
  outbox: Outbox | undefined;
}

export interface NumberedTypes {
  World: NumberedWorld;
  Input: number;
  ClientMessage: Numbered;
  ServerMessage: Numbered;
}

/** Message `number` of a lane: its length and its bytes follow from the number. */
export function encodeNumbered({ lane, number }: Numbered): Uint8Array {
  const filling = (number * 997) % FILLING_BYTES[lane];
  const bytes = new Uint8Array(1 + NUMBER_BYTES + filling).fill(number & 255);
  bytes[0] = GAME_OPCODE_MIN + NUMBERED_LANES.indexOf(lane);
  for (let i = 0; i < NUMBER_BYTES; i++) bytes[1 + i] = number >>> (8 * i);
  return bytes;
}

function decodeNumbered(bytes: Uint8Array): Numbered | undefined {
  const lane = NUMBERED_LANES[bytes[0]! - GAME_OPCODE_MIN];
  if (lane === undefined || bytes.length <= NUMBER_BYTES) return undefined;
  const number = (bytes[1]! | (bytes[2]! << 8) | (bytes[3]! << 16) | (bytes[4]! << 24)) >>> 0;
  const isWhole = encodeNumbered({ lane, number }).every((byte, i) => byte === bytes[i]);
  return isWhole ? { lane, number } : undefined;
}

const PROTOCOL: Protocol<number, Numbered, Numbered> = {
  name: "numbered",
  version: 1,
  hash: 1,
  versions: [{ version: 1, hash: 1 }],
  input: {
    bytes: 2,
    encodeInto(value, bytes, offset) {
      bytes[offset] = value;
      bytes[offset + 1] = value >> 8;
      return offset + 2;
    },
    decode: (bytes, offset = 0) => bytes[offset]! | (bytes[offset + 1]! << 8),
  },
  entities: [],
  lanes: NUMBERED_LANES,
  decodeClientMessage: decodeNumbered,
  decodeServerMessage: decodeNumbered,
};

/** A game without a world, which writes down what it hears. */
export function numberedGame(): GameDefinition<NumberedTypes> {
  return {
    protocol: PROTOCOL,
    tickRate: 30,
    createWorld: () => ({ heard: [], inputs: [], joined: [], left: [], outbox: undefined }),
    tables: () => [],
    addPlayer: ({ joined }, playerId) => joined.push(playerId),
    removePlayer: ({ left }, playerId) => left.push(playerId),
    step(world, inputs, outbox) {
      world.outbox = outbox;
      for (const { input } of inputs) if (input !== world.inputs.at(-1)) world.inputs.push(input);
    },
    interest: { radius: 1, viewpoint: () => undefined, isVisible: () => true },
    onMessage: ({ heard }, playerId, message) => heard.push({ ...message, playerId }),
  };
}

/** Bytes that say where they are: `size` of them, or a stream of as many. */
export function countedSource(size: number, isStream = false): BulkSource {
  return {
    name: "counted",
    size: isStream ? undefined : size,
    read: (offset, bytesMax) => {
      if (offset >= size) return undefined;
      return countedBytes(offset, Math.min(size, offset + bytesMax));
    },
  };
}

/** Of a counted source. */
export function countedBytes(from: number, to: number): Uint8Array {
  return Uint8Array.from({ length: to - from }, (_, i) => Math.imul(from + i, 2654435761) >>> 24);
}

/** Keeps what it is given. */
export class KeptBytes implements BulkSink {
  readonly offset: number;
  bytes: Uint8Array;
  outcome: "done" | "cancelled" | "lost" | undefined;
  /** After so many bytes it wants no more. */
  private readonly bytesMax: number;

  /** `begun`: what of an earlier transfer is here. */
  constructor(begun: Uint8Array = new Uint8Array(0), bytesMax = Infinity) {
    this.offset = begun.length;
    this.bytes = begun;
    this.bytesMax = bytesMax;
  }

  write(bytes: Uint8Array): boolean {
    const grown = new Uint8Array(this.bytes.length + bytes.length);
    grown.set(this.bytes);
    grown.set(bytes, this.bytes.length);
    this.bytes = grown;
    return grown.length <= this.bytesMax;
  }

  end(outcome: "done" | "cancelled" | "lost"): void {
    if (this.outcome !== undefined) throw new Error(`ended twice: ${this.outcome}, then ${outcome}`);
    this.outcome = outcome;
  }
}
