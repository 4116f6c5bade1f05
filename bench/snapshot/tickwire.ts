import { EntityTable } from "../../shared/engine/replication/entity-table.ts";
import { PeerView } from "../../shared/engine/replication/peer-view.ts";
import { HISTORY_SNAPSHOTS, RowHistory } from "../../shared/engine/replication/row-history.ts";
import { SharedDeltas } from "../../shared/engine/replication/shared-deltas.ts";
import { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import { SnapshotWriter } from "../../shared/engine/replication/snapshot-writer.ts";
import { writtenHash } from "../../shared/engine/replication/view-checksum.ts";
import { ViewChanges } from "../../shared/engine/replication/view-changes.ts";
import type { EntityCodec } from "../../shared/engine/wire/protocol.ts";
import type { DecodedView } from "./decoded-view.ts";
import { FIELDS, type Field } from "./row.ts";
import type { SnapshotCodec, SnapshotSession } from "./snapshot-codec.ts";
import type { Step } from "./step.ts";
import { ENTITIES } from "./world.ts";

type MoverCodec = EntityCodec<Readonly<Record<Field, unknown>>>;

/** Velocities are counted from -512 steps. */
const ZERO = { vx: 512, vy: 512 } as Partial<Record<Field, number>>;

/** Our own snapshots, with the tables of a trained or untrained schema. */
export function tickwire(name: string, mover: MoverCodec): SnapshotCodec {
  return { name, lags: ["1"], open: (clients) => new TickwireSession(mover, clients) };
}

class TickwireSession implements SnapshotSession {
  private readonly table: EntityTable<unknown>;
  private readonly history: RowHistory;
  private readonly shared: SharedDeltas;
  private readonly writer: SnapshotWriter;
  private readonly peers: readonly Peer[];
  private readonly places: readonly (readonly [Field, number])[];
  private readonly mover: MoverCodec;

  constructor(mover: MoverCodec, clients: number) {
    this.mover = mover;
    this.table = new EntityTable(mover as EntityCodec<unknown>, ENTITIES);
    for (let slot = 0; slot < ENTITIES; slot++) this.table.spawn();
    this.history = new RowHistory(this.table);
    this.shared = new SharedDeltas(this.table, this.history, mover.snapshots[0]!);
    this.writer = new SnapshotWriter([{ capacity: ENTITIES, bitsMax: mover.snapshots[0]!.bitsMax }]);
    this.peers = Array.from({ length: clients }, () => peerOf(this.table, this.shared));
    this.places = FIELDS.map((field) => [field, mover.fields.findIndex(({ name }) => name === field)]);
  }

  /** The rows are what snapping the columns of a table would leave. */
  takeState(steps: readonly Step[]): void {
    const { tick, rows } = steps[0]!;
    this.history.newest = this.history.offsetOf(tick, 0);
    for (const [field, place] of this.places) {
      const [column, zero] = [rows[field], ZERO[field] ?? 0];
      for (let slot = 0; slot < ENTITIES; slot++) {
        this.history.rows[this.history.offsetOf(tick, slot) + place] = column[slot]! + zero;
      }
    }
  }

  beginTick(steps: readonly Step[]): void {
    this.shared.advance(steps[0]!.tick, 1);
  }

  encode(client: number, { tick, leaves, enters }: Step): Uint8Array {
    const { view, changes, parts } = this.peers[client]!;
    changes.leaveCount = leaves.length;
    changes.leaves.set(leaves);
    changes.enterCount = enters.length;
    changes.enters.set(enters);
    const body = this.writer.write({ tick, number: tick, ticks: 1, peer: view, parts, bytesMax: Infinity });
    const { packet } = this.peers[client]!;
    packet[0] = tick;
    packet.set(body, 1);
    return packet.subarray(0, body.length + 1);
  }

  decode(client: number, bytes: Uint8Array): void {
    const { reader } = this.peers[client]!;
    if (reader.read(bytes[0]!, bytes.subarray(1))?.isInSync === false)
      throw new Error(`the checksum differs ${reader.number} ` + debug(this.peers[client]!, this.shared));
  }

  show(client: number, view: DecodedView): void {
    const { kinds } = this.peers[client]!.reader;
    const { rows, view: held, rowInts } = kinds[0]!;
    view.isInView.fill(0);
    for (let i = 0; i < held.count; i++) {
      const slot = held.slots[i]!;
      view.isInView[slot] = 1;
      for (const [field, place] of this.places)
        view.rows[field][slot] = rows[slot * rowInts + place]! - (ZERO[field] ?? 0);
    }
  }
}

interface Peer {
  readonly view: PeerView;
  readonly changes: ViewChanges;
  readonly parts: ReturnType<typeof partsOf>;
  readonly reader: SnapshotReader;
  readonly packet: Uint8Array;
}

function peerOf(table: EntityTable<unknown>, shared: SharedDeltas): Peer {
  const view = new PeerView([ENTITIES]);
  const changes = new ViewChanges(ENTITIES);
  const reader = new SnapshotReader([table], 1, 1);
  return { view, changes, parts: partsOf(view, changes, shared), reader, packet: new Uint8Array(64 * 1024) };
}

function partsOf(view: PeerView, changes: ViewChanges, shared: SharedDeltas) {
  return [{ view: view.kinds[0]!, changes, shared }];
}

function debug(p: Peer, shared: SharedDeltas): string {
  const out: string[] = [];
  const v = p.view.kinds[0]!,
    r = p.reader.kinds[0]!;
  out.push(`counts ${v.count} ${r.view.count}`);
  for (let i = 0; i < v.count && out.length < 4; i++) {
    const slot = v.slots[i]!;
    const a = writtenHash(p.parts[0]!, 0, slot, p.view.number),
      b = p.reader.hashOf(0, slot);
    if (a !== b)
      out.push(
        `${slot}: codedAt ${v.codedAt[slot]} ${r.view.codedAt[slot]} streak ${v.streaks[slot]} ${r.view.streaks[slot]} rows ${[...shared.history.rows.subarray(shared.history.offsetOf(v.codedAt[slot]!, slot), shared.history.offsetOf(v.codedAt[slot]!, slot) + 7)]} | ${[...r.rows.subarray(slot * 7, slot * 7 + 7)]} states ${[...shared.states.subarray(slot * 4, slot * 4 + 4)]} | ${[...r.states.subarray(slot * 4, slot * 4 + 4)]}`,
      );
  }
  return out.join("\n");
}
