import type { AnyEntityTable } from "#engine/shared";
import { decodeServerMessage, type Snapshot } from "../../shared/schema/generated/engine.ts";
import { type KindCounts, SnapshotProfile } from "../../shared/engine/profile/snapshot-profile.ts";

/** A message as its schema has it. */
export interface MessageName {
  readonly name: string;
  readonly lane: string;
}

export interface MessageCounts extends MessageName {
  count: number;
  bytes: number;
}

/** What one client received. */
export interface ClientProfile {
  /** From the first packet of each connection to its last. */
  readonly seconds: number;
  readonly messages: readonly MessageCounts[];
  readonly snapshots: number;
  /** Of snapshots: what belongs to no kind. */
  readonly headerBits: number;
  readonly kinds: readonly KindCounts[];
}

/** What a profile has to know of the game. */
export interface ProfiledGame {
  /** They tell what kinds there are, and are not touched. */
  readonly tables: readonly AnyEntityTable[];
  readonly version: number;
  /** By opcode. */
  readonly messages: ReadonlyMap<number, MessageName>;
}

/** Listens to what one client receives, and counts what its bytes are spent on. */
export class ByteProfile {
  private readonly game: ProfiledGame;
  private readonly messages = new Map<number, MessageCounts>();
  /** Of each connection that had a Welcome. */
  private readonly streams: SnapshotProfile[] = [];
  private isFollowing = false;
  /** Bits of snapshots in front of their bodies. */
  private frameBits = 0;
  private milliseconds = 0;
  private lastMs: number | undefined;

  constructor(game: ProfiledGame) {
    this.game = game;
  }

  /** Another connection begins. */
  begin(): void {
    this.isFollowing = false;
    this.lastMs = undefined;
  }

  receive(packet: Uint8Array, receivedAtMs: number): void {
    this.milliseconds += receivedAtMs - (this.lastMs ?? receivedAtMs);
    this.lastMs = receivedAtMs;
    this.count(packet);
    const message = decodeServerMessage(packet);
    if (message?.type === "Welcome") {
      const { version, ticksPerSnapshot } = message.value;
      const spoken = Math.min(version, this.game.version);
      this.streams.push(new SnapshotProfile(this.game.tables, spoken, ticksPerSnapshot));
      this.isFollowing = true;
    } else if (message?.type === "Snapshot" && this.isFollowing) this.follow(message.value, packet.length);
  }

  report(): ClientProfile {
    const { messages, streams, frameBits, milliseconds } = this;
    return {
      seconds: milliseconds / 1000,
      messages: [...messages.values()],
      snapshots: sumOf(streams, ({ snapshots }) => snapshots),
      headerBits: frameBits + sumOf(streams, ({ headerBits }) => headerBits),
      kinds: this.game.tables.map(({ codec: { name } }, kind) => {
        return mergeKinds(
          name,
          streams.map(({ kinds }) => kinds[kind]!),
        );
      }),
    };
  }

  private follow({ tick, body }: Snapshot, bytes: number): void {
    this.frameBits += 8 * (bytes - body.length);
    this.isFollowing = this.streams.at(-1)!.read(tick, body);
  }

  private count(packet: Uint8Array): void {
    const opcode = packet[0] ?? -1;
    const known = this.game.messages.get(opcode) ?? { name: `opcode ${opcode}`, lane: "none" };
    const counts = this.messages.get(opcode) ?? { ...known, count: 0, bytes: 0 };
    this.messages.set(opcode, counts);
    counts.count += 1;
    counts.bytes += packet.length;
  }
}

/** Counts of one kind, of several connections or clients, as one. */
export function mergeKinds(name: string, kinds: readonly KindCounts[]): KindCounts {
  const bits = new Map<string, number>();
  for (const kind of kinds) for (const [label, count] of kind.bits) bits.set(label, (bits.get(label) ?? 0) + count);
  return {
    name,
    entities: sumOf(kinds, ({ entities }) => entities),
    moved: sumOf(kinds, ({ moved }) => moved),
    enters: sumOf(kinds, ({ enters }) => enters),
    leaves: sumOf(kinds, ({ leaves }) => leaves),
    bits,
  };
}

export function sumOf<Item>(items: Iterable<Item>, valueOf: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += valueOf(item);
  return sum;
}
