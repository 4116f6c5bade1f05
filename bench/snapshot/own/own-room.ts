import { EntityTable } from "../../../shared/engine/replication/entity-table.ts";
import { PeerView } from "../../../shared/engine/replication/peer-view.ts";
import { RowHistory } from "../../../shared/engine/replication/row-history.ts";
import { SharedDeltas } from "../../../shared/engine/replication/shared-deltas.ts";
import { SnapshotReader } from "../../../shared/engine/replication/snapshot-reader.ts";
import { SnapshotWriter } from "../../../shared/engine/replication/snapshot-writer.ts";
import { ViewChanges } from "../../../shared/engine/replication/view-changes.ts";
import type { AnyEntityCodec, EntityCodec } from "../../../shared/engine/wire/protocol.ts";
import type { FieldValues, RecordedTick } from "../../../tools/train/recording.ts";
import type { Packets, Run } from "../runs.ts";
import type { OwnTrace } from "./own-trace.ts";

type Columns = Readonly<Record<string, Record<number, number>>>;

const PARTIAL = 2;

/** The room that a trace was recorded in, and the client that sees all of it. */
export class OwnRoom {
  readonly table: EntityTable<Columns>;
  private readonly interval: number;
  private readonly history: RowHistory;
  private readonly shared: SharedDeltas;
  private readonly writer: SnapshotWriter;
  private readonly view: PeerView;
  private readonly changes: ViewChanges;
  private readonly slots = new Map<number, number>();
  private readonly packet = new Uint8Array(64 * 1024);
  private lastTick = -1;
  private number = -1;

  constructor(codec: AnyEntityCodec, { ticks, interval }: OwnTrace) {
    const capacity = capacityFor(ticks);
    const snapshots = codec.snapshots[0]!;
    this.table = new EntityTable(codec as EntityCodec<Columns>, capacity);
    this.interval = interval;
    this.history = new RowHistory(this.table);
    this.shared = new SharedDeltas(this.table, this.history, snapshots);
    this.writer = new SnapshotWriter([{ capacity, bitsMax: snapshots.bitsMax }]);
    this.view = new PeerView([capacity]);
    this.changes = new ViewChanges(capacity);
  }

  /** Takes over what a tick of the trace says. After a gap everything leaves and enters. */
  take({ tick, entities }: RecordedTick): void {
    const isNext = tick - this.lastTick === this.interval;
    this.lastTick = tick;
    this.number += 1;
    const leaves: number[] = [];
    for (const [id, slot] of this.slots) {
      if (isNext && entities.has(id)) continue;
      this.table.destroy(slot);
      this.slots.delete(id);
      leaves.push(slot);
    }
    const enters: number[] = [];
    for (const [id, values] of entities) this.fill(this.slots.get(id) ?? this.spawn(id, enters), values);
    this.history.record(this.number);
    this.changes.leaveCount = leaves.length;
    this.changes.leaves.set(leaves.sort((one, other) => one - other));
    this.changes.enterCount = enters.length;
    this.changes.enters.set(enters);
  }

  /** The snapshot of the tick that was taken over; overwritten by the next one. */
  encode(): Uint8Array {
    const { shared, changes, view, packet, number, interval } = this;
    shared.advance(number, interval);
    const tick = number * interval;
    const parts = [{ view: view.kinds[0]!, changes, shared }];
    const body = this.writer.write({ tick, number, ticks: interval, peer: view, parts, bytesMax: Infinity });
    packet[0] = tick;
    packet.set(body, 1);
    return packet.subarray(0, body.length + 1);
  }

  private spawn(id: number, enters: number[]): number {
    const slot = this.table.spawn()!;
    this.slots.set(id, slot);
    enters.push(slot);
    return slot;
  }

  private fill(slot: number, values: FieldValues): void {
    for (const [name, value] of Object.entries(values)) this.table.columns[name]![slot] = Number(value);
  }
}

/** The client's end. */
export class OwnClient {
  readonly reader: SnapshotReader;
  private readonly mirror: EntityTable<Columns>;
  private readonly fields: readonly string[];

  constructor(codec: AnyEntityCodec, { ticks, interval }: OwnTrace) {
    this.mirror = new EntityTable(codec as EntityCodec<Columns>, capacityFor(ticks));
    this.reader = new SnapshotReader([this.mirror], codec.snapshots[0]!.since, interval);
    this.fields = codec.fields.filter(({ isOwnerOnly }) => !isOwnerOnly).map(({ name }) => name);
  }

  decode(packet: Uint8Array): void {
    const news = this.reader.read(packet[0]!, packet.subarray(1));
    if (news === undefined || news.isInSync === false)
      throw new Error(`the reader cannot follow: ${JSON.stringify(news)}`);
  }

  /** The first entity and field in which the client is not shown what the room has; undefined when there is none. */
  differenceFrom({ table }: OwnRoom): string | undefined {
    const { mirror } = this;
    this.reader.show(0, mirror);
    for (const slot of table.slots()) {
      if (!mirror.isLive(slot)) return `slot ${slot} is not in view`;
      for (const name of this.fields) {
        const [expected, actual] = [table.columns[name]![slot], mirror.columns[name]![slot]];
        if (!Object.is(expected, actual)) return `slot ${slot}: ${name} is ${String(actual)}, not ${String(expected)}`;
      }
    }
    return mirror.count === table.count ? undefined : `${mirror.count} in view, not ${table.count}`;
  }
}

/** Writes a trace. Throws when a decoded snapshot is not field by field what it should say. */
export function encodeAndCheckOwn(codec: AnyEntityCodec, trace: OwnTrace): Packets {
  const [room, client] = [new OwnRoom(codec, trace), new OwnClient(codec, trace)];
  return trace.ticks.map((tick) => {
    room.take(tick);
    const packet = room.encode().slice();
    if ((packet[1]! & PARTIAL) !== 0) {
      throw new Error(
        `tick ${tick.tick}: ${tick.entities.size} entities are more than one snapshot holds: bench fewer`,
      );
    }
    client.decode(packet);
    const difference = client.differenceFrom(room);
    if (difference !== undefined) throw new Error(`tick ${tick.tick}: ${difference}`);
    return [packet];
  });
}

export function ownEncodingRun(codec: AnyEntityCodec, trace: OwnTrace): Run {
  const room = new OwnRoom(codec, trace);
  return {
    prepareTick: (tick) => {
      room.take(trace.ticks[tick]!);
    },
    runTick: () => {
      room.encode();
      return undefined;
    },
    close: () => undefined,
  };
}

export function ownDecodingRun(codec: AnyEntityCodec, trace: OwnTrace, packets: Packets): Run {
  const client = new OwnClient(codec, trace);
  return {
    prepareTick: () => undefined,
    runTick: (tick) => {
      client.decode(packets[tick]![0]!);
      return undefined;
    },
    close: () => undefined,
  };
}

function capacityFor(ticks: OwnTrace["ticks"]): number {
  return Math.max(1, ...ticks.map(({ entities }) => entities.size));
}
