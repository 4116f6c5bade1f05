import type { AnyEntityTable } from "#engine/shared";
import { type ByteUse, PacketBytes } from "../../shared/engine/profile/packet-bytes.ts";
import { type OpenedPacket, PacketReader } from "../../shared/engine/profile/packet-reader.ts";
import { type KindCounts, SnapshotProfile } from "../../shared/engine/profile/snapshot-profile.ts";
import { decodeServerMessage, type Snapshot } from "../../shared/schema/generated/engine.ts";

/** A message as its schema has it. */
export interface MessageName {
  readonly name: string;
  readonly lane: string;
}

/** `bytes` without the heads of its frames. */
export interface MessageCounts extends MessageName {
  count: number;
  bytes: number;
}

/** What one client received. */
export interface ClientProfile {
  /** From the first packet of each connection to its last. */
  readonly seconds: number;
  /** Of all packets, without the WebSocket's own framing. */
  readonly bytes: number;
  /** What they were spent on: together all of them. */
  readonly byUse: Readonly<Record<ByteUse, number>>;
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
  private readonly packets = new PacketBytes();
  private readonly messages = new Map<number, MessageCounts>();
  /** Of each session that had a Welcome. */
  private readonly streams: SnapshotProfile[] = [];
  /** Until a snapshot cannot be read. */
  private isFollowing = false;
  /** Bits of snapshots in front of their bodies. */
  private frontBits = 0;
  private milliseconds = 0;

  constructor(game: ProfiledGame) {
    this.game = game;
  }

  /** Another connection begins, of the same session or of a new one: returns who is to be told of its packets. */
  begin(): (packet: Uint8Array, receivedAtMs: number) => void {
    const reader = new PacketReader();
    let lastMs: number | undefined;
    return (packet, receivedAtMs) => {
      this.milliseconds += receivedAtMs - (lastMs ?? receivedAtMs);
      lastMs = receivedAtMs;
      this.receive(reader.read(packet));
    };
  }

  report(): ClientProfile {
    const { packets, messages, streams, frontBits, milliseconds } = this;
    return {
      seconds: milliseconds / 1000,
      bytes: packets.bytes,
      byUse: packets.byUse,
      messages: [...messages.values()],
      snapshots: sumOf(streams, ({ snapshots }) => snapshots),
      headerBits: frontBits + sumOf(streams, ({ headerBits }) => headerBits),
      kinds: this.game.tables.map(({ codec: { name } }, kind) => {
        return mergeKinds(
          name,
          streams.map(({ kinds }) => kinds[kind]!),
        );
      }),
    };
  }

  private receive(packet: OpenedPacket): void {
    this.packets.add(packet);
    for (const item of packet.items) {
      if (item.kind === "frame" && item.content.kind === "message") this.receiveMessage(item.content.message);
    }
  }

  private receiveMessage(bytes: Uint8Array): void {
    this.count(bytes);
    const message = decodeServerMessage(bytes);
    if (message?.type === "Welcome") {
      const { version, ticksPerSnapshot } = message.value;
      const spoken = Math.min(version, this.game.version);
      this.streams.push(new SnapshotProfile(this.game.tables, spoken, ticksPerSnapshot));
      this.isFollowing = true;
    } else if (message?.type === "Snapshot" && this.isFollowing) this.follow(message.value, bytes.length);
  }

  private follow({ tick, body }: Snapshot, bytes: number): void {
    this.frontBits += 8 * (bytes - body.length);
    this.isFollowing = this.streams.at(-1)!.read(tick, body);
  }

  private count(message: Uint8Array): void {
    const opcode = message[0] ?? -1;
    const known = this.game.messages.get(opcode) ?? { name: `opcode ${opcode}`, lane: "none" };
    const counts = this.messages.get(opcode) ?? { ...known, count: 0, bytes: 0 };
    this.messages.set(opcode, counts);
    counts.count += 1;
    counts.bytes += message.length;
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
