import { type BulkAnswer, encodeBulkEnd, encodeBulkOffer } from "../../schema/generated/engine.ts";
import { BULK_BLOCK_BYTES, type BulkSource, type BulkTransfer } from "./bulk.ts";
import { HashedBlocks } from "./hashed-blocks.ts";
import { Lane } from "./lane.ts";
import { type OutgoingFrame, Part } from "./packet.ts";
import type { QueueVisitor } from "./queue-visitor.ts";

const IDS = 256;
/** Transfers of one connection that wait for their turn. */
const WAITING_MAX = 1024;

/** When the stream is answered up to `end`, `offset` bytes of whole blocks have arrived. */
interface Sent {
  end: number | undefined;
  readonly offset: number;
}

class Outgoing implements BulkTransfer {
  state: BulkTransfer["state"] = "running";
  deliveredBytes = 0;
  /** Undefined while it waits for its turn. */
  id: number | undefined;
  /** The other side has said where to begin, on this connection. */
  isAnswered = false;
  readonly source: BulkSource;
  readonly blocks: HashedBlocks;
  /** Where the other side said to begin, on the newest connection on which it has. */
  private start: number | undefined;
  private sentMost = 0;
  /** The last frame has been told; it may be one without bytes. */
  hasToldAll = false;
  private readonly log: Sent[] = [];
  private readonly onCancel: (transfer: Outgoing) => void;

  constructor(source: BulkSource, onCancel: (transfer: Outgoing) => void) {
    this.source = source;
    this.blocks = new HashedBlocks(source);
    this.onCancel = onCancel;
  }

  get sentBytes(): number {
    return Math.max(this.sentMost, this.blocks.offset);
  }

  get mayRead(): boolean {
    return this.isAnswered && !this.blocks.isDry && !this.hasToldAll;
  }

  cancel(): void {
    if (this.state === "running") this.onCancel(this);
  }

  /** False when that is not where the other side can be. */
  startAt(offset: number): boolean {
    // An answer that was lost with its connection is told again, beside that for the new one.
    if (this.isAnswered) return offset === this.start;
    const { size } = this.source;
    const most = this.start === undefined ? (size ?? Infinity) : this.sentBytes;
    const isWhole = offset % BULK_BLOCK_BYTES === 0 || offset === (size ?? this.sentBytes);
    if (!isWhole || offset < this.deliveredBytes || offset > most) return false;
    this.sentMost = this.sentBytes;
    this.hasToldAll = false;
    this.blocks.startAt(offset);
    this.deliveredBytes = offset;
    this.isAnswered = true;
    this.start = offset;
    return true;
  }

  /** The connection is lost: what has arrived is said by the next answer to the offer, and by no other. */
  suspend(): void {
    this.isAnswered = false;
    this.log.length = 0;
  }

  /** Fills a payload; undefined when the source has nothing now. */
  fill(payload: Uint8Array): { readonly end: number; readonly isLast: boolean } | undefined {
    payload[0] = this.id!;
    const end = this.blocks.fill(payload, 1);
    const isLast = this.blocks.isOver;
    if (end === 1 && !isLast) return undefined;
    this.hasToldAll = isLast;
    this.log.push({ end: undefined, offset: this.blocks.wholeBytes });
    return { end, isLast };
  }

  sent(end: number): void {
    for (let i = this.log.length - 1; i >= 0 && this.log[i]!.end === undefined; i--) this.log[i]!.end = end;
  }

  acked(acked: number): void {
    while (this.log[0]?.end !== undefined && this.log[0].end <= acked) this.deliveredBytes = this.log.shift()!.offset;
  }
}

/** What a sender asks of its connection. */
export interface BulkControl {
  /** Sends a message on the control lane. */
  control(message: Uint8Array): void;
}

/** The transfers of one side: offered one after the other, sent in turns. Those under way outlive a connection. */
export class BulkSender {
  private readonly connection: BulkControl;
  private readonly activeMax: number;
  private readonly active: Outgoing[] = [];
  private readonly waiting: Outgoing[] = [];
  private nextId: number;
  private turn = 0;
  private isLost = false;

  /** `firstId`: of the first transfer, modulo 256. */
  constructor(connection: BulkControl, activeMax: number, firstId = 0) {
    this.nextId = firstId % IDS;
    this.connection = connection;
    this.activeMax = activeMax;
  }

  /** Offers a transfer; one of a session that is over is lost at once. Throws a RangeError when more than a thousand wait. */
  send(source: BulkSource): BulkTransfer {
    if (this.waiting.length >= WAITING_MAX) throw new RangeError(`${WAITING_MAX} transfers wait already`);
    const transfer = new Outgoing(source, (cancelled) => {
      this.cancel(cancelled);
    });
    if (this.isLost) {
      transfer.state = "lost";
      return transfer;
    }
    this.waiting.push(transfer);
    this.offer();
    return transfer;
  }

  eachQueue(visit: QueueVisitor): void {
    visit("transfers under way", this.active.length, this.activeMax);
    visit("transfers that wait", this.waiting.length, WAITING_MAX);
  }

  /** Whether something may be read now. */
  get isWaiting(): boolean {
    return this.active.some(({ mayRead }) => mayRead);
  }

  /** A frame of whoever's turn it is, with at most `payloadMax` bytes of payload; undefined when nobody has anything. */
  take(payloadMax: number): OutgoingFrame | undefined {
    const payload = new Uint8Array(payloadMax);
    const inTurn = [...this.active.slice(this.turn), ...this.active.slice(0, this.turn)];
    for (const transfer of inTurn) {
      this.turn = (this.turn + 1) % inTurn.length;
      const filled = transfer.mayRead ? transfer.fill(payload) : undefined;
      if (transfer.blocks.isShort) this.cancel(transfer);
      if (filled === undefined || transfer.state !== "running") continue;
      const part = filled.isLast ? Part.LAST : Part.MIDDLE;
      return { lane: Lane.STREAM, part, messageBytes: filled.end, payload: payload.subarray(0, filled.end) };
    }
    return undefined;
  }

  /** What has been taken leaves with a packet that ends at `end` of the connection's stream. */
  sent(end: number): void {
    for (const transfer of this.active) transfer.sent(end);
  }

  acked(acked: number): void {
    for (const transfer of this.active) transfer.acked(acked);
  }

  /** The other side has all of a transfer; false when that cannot be. */
  done(id: number): boolean {
    const transfer = this.active.find((each) => each.id === id);
    if (transfer === undefined) return true;
    if (!transfer.hasToldAll) return false;
    transfer.deliveredBytes = transfer.sentBytes;
    this.end(transfer, "done");
    return true;
  }

  /** Sources that had nothing are asked again. */
  wake(): void {
    for (const { blocks } of this.active) blocks.isDry = false;
  }

  /** The other side says where to begin; false when it cannot mean that. */
  answered({ id, offset }: BulkAnswer): boolean {
    const transfer = this.active.find((each) => each.id === id);
    // It may answer what was cancelled meanwhile.
    return transfer === undefined || transfer.startAt(offset);
  }

  /** The other side wants no more. */
  stopped(id: number): void {
    const transfer = this.active.find((each) => each.id === id);
    if (transfer !== undefined) this.cancel(transfer);
  }

  /** The connection is lost: each goes on where the other side says. */
  suspend(): void {
    for (const transfer of this.active) transfer.suspend();
  }

  /** The session is over. */
  lose(): void {
    this.isLost = true;
    for (const transfer of [...this.active, ...this.waiting]) transfer.state = "lost";
    this.active.length = 0;
    this.waiting.length = 0;
  }

  private cancel(transfer: Outgoing): void {
    if (transfer.id !== undefined) this.connection.control(encodeBulkEnd({ id: transfer.id }));
    this.end(transfer, "cancelled");
  }

  private end(transfer: Outgoing, state: BulkTransfer["state"]): void {
    transfer.state = state;
    for (const list of [this.active, this.waiting]) {
      const index = list.indexOf(transfer);
      if (index >= 0) list.splice(index, 1);
    }
    this.turn = 0;
    this.offer();
  }

  private offer(): void {
    while (this.active.length < this.activeMax && this.waiting.length > 0) {
      const transfer = this.waiting.shift()!;
      while (this.active.some(({ id }) => id === this.nextId)) this.nextId = (this.nextId + 1) % IDS;
      transfer.id = this.nextId;
      this.nextId = (this.nextId + 1) % IDS;
      this.active.push(transfer);
      const { name, size } = transfer.source;
      this.connection.control(encodeBulkOffer({ id: transfer.id, name, size }));
    }
  }
}
