import { EntityTable } from "../../shared/engine/replication/entity-table.ts";
import { PeerView } from "../../shared/engine/replication/peer-view.ts";
import { RowHistory } from "../../shared/engine/replication/row-history.ts";
import { SharedDeltas } from "../../shared/engine/replication/shared-deltas.ts";
import { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import { type SnapshotRequest, SnapshotWriter } from "../../shared/engine/replication/snapshot-writer.ts";
import { ViewChanges } from "../../shared/engine/replication/view-changes.ts";
import type { DecodedView } from "./decoded-view.ts";
import type { MoverCodec } from "./mover.ts";
import { placesOf, putRows, type Place } from "./mover-rows.ts";
import type { SnapshotCodec, SnapshotSession } from "./snapshot-codec.ts";
import type { Step } from "./step.ts";
import { ENTITIES } from "./world.ts";

/** Our own snapshots, with the tables of a trained or untrained schema. */
export function tickwire(name: string, mover: MoverCodec): SnapshotCodec {
  return { name, lags: ["1", "2-3"], open: (clients) => new TickwireSession(mover, clients) };
}

/** Both ends of Tickwire's connections, of one room. */
export class TickwireSession implements SnapshotSession {
  private readonly table: EntityTable<unknown>;
  private readonly history: RowHistory;
  private readonly shared: SharedDeltas;
  private readonly writer: SnapshotWriter;
  private readonly peers: readonly Peer[];
  private readonly places: readonly Place[];

  constructor(mover: MoverCodec, clients: number) {
    this.table = new EntityTable(mover, ENTITIES);
    for (let slot = 0; slot < ENTITIES; slot++) this.table.spawn();
    this.history = new RowHistory(this.table);
    this.shared = new SharedDeltas(this.table, this.history, mover.snapshots[0]!);
    this.writer = new SnapshotWriter([{ capacity: ENTITIES, bitsMax: mover.snapshots[0]!.bitsMax }]);
    this.peers = Array.from({ length: clients }, () => peerOf(this.table, this.shared));
    this.places = placesOf(mover);
  }

  takeState(steps: readonly Step[]): void {
    steps.forEach((step, client) => {
      if (step.lagTicks > 1) hold(this.peers[client]!.view, step);
    });
    this.record(steps[0]!);
  }

  /** The rows are what snapping the columns of a table would leave. */
  record({ tick, rows }: Pick<Step, "tick" | "rows">): void {
    this.history.record(tick);
    putRows(rows, this.places, this.history.rows, this.history.newest);
  }

  beginTick(steps: readonly Step[]): void {
    this.shared.advance(steps[0]!.tick, 1);
  }

  encode(client: number, step: Step): Uint8Array {
    const { changes, request, packet, sized } = this.peers[client]!;
    const { tick, leaves, enters } = step;
    changes.leaveCount = leaves.length;
    for (let i = 0; i < leaves.length; i++) changes.leaves[i] = leaves[i]!;
    changes.enterCount = enters.length;
    for (let i = 0; i < enters.length; i++) changes.enters[i] = enters[i]!;
    request.tick = tick;
    request.number = tick;
    const size = this.writer.writeBody(request);
    const { bytes } = this.writer;
    packet[0] = tick;
    for (let i = 0; i < size; i++) packet[i + 1] = bytes[i]!;
    // A view of each length is made once: who sends has buffers of its own.
    return (sized[size] ??= packet.subarray(0, size + 1));
  }

  takeBaseline(client: number, step: Step, view: DecodedView): void {
    if (step.lagTicks < 2) return;
    const { reader } = this.peers[client]!;
    hold(reader.peer, step);
    this.take(reader, view);
  }

  decode(client: number, bytes: Uint8Array): void {
    const news = this.peers[client]!.reader.read(bytes[0]!, bytes, 1);
    if (news === undefined || news.isInSync === false)
      throw new Error(`the reader cannot follow: ${JSON.stringify(news)}`);
  }

  show(client: number, view: DecodedView): void {
    const { kinds } = this.peers[client]!.reader;
    const { rows, view: held, rowInts } = kinds[0]!;
    view.isInView.fill(0);
    for (let i = 0; i < held.count; i++) {
      const slot = held.slots[i]!;
      view.isInView[slot] = 1;
      for (const [field, place, zero] of this.places) view.rows[field][slot] = rows[slot * rowInts + place]! - zero;
    }
  }

  /** Rows of a baseline that was decoded earlier. */
  private take(reader: SnapshotReader, { rows, isInView }: DecodedView): void {
    const { rows: held, rowInts } = reader.kinds[0]!;
    for (let slot = 0; slot < ENTITIES; slot++) {
      if (isInView[slot] === 0) continue;
      for (const [field, place, zero] of this.places) held[slot * rowInts + place] = rows[field][slot]! + zero;
    }
  }
}

/** A peer whose last snapshot was the step's baseline, without any history. */
function hold(peer: PeerView, { tick, lagTicks, survivors, leaves }: Step): void {
  const view = peer.kinds[0]!;
  const ids = [...survivors, ...leaves].sort((a, b) => a - b);
  peer.clear();
  peer.number = tick - lagTicks;
  for (const id of ids) {
    view.enter(id, 0, peer.number, false);
    view.streaks[id] = 0;
  }
  view.merge(Uint16Array.from(ids), ids.length);
}

interface Peer {
  readonly view: PeerView;
  readonly changes: ViewChanges;
  readonly reader: SnapshotReader;
  readonly packet: Uint8Array;
  /** By the size of a body: the packet as one with such a body. */
  readonly sized: Uint8Array[];
  readonly request: Mutable<SnapshotRequest>;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function peerOf(table: EntityTable<unknown>, shared: SharedDeltas): Peer {
  const view = new PeerView([ENTITIES]);
  const changes = new ViewChanges(ENTITIES);
  const parts = [{ view: view.kinds[0]!, changes, shared }];
  return {
    view,
    changes,
    reader: new SnapshotReader([table], 1, 1),
    packet: new Uint8Array(64 * 1024),
    sized: [],
    request: { tick: 0, number: 0, ticks: 1, peer: view, parts, bytesMax: Infinity },
  };
}
