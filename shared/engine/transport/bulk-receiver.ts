import {
  type BulkOffer as OfferMessage,
  encodeBulkAnswer,
  encodeBulkDone,
  encodeBulkStop,
} from "../../schema/generated/engine.ts";
import { EMPTY_HASH, hashOn } from "./block-hash.ts";
import { BULK_BLOCK_BYTES, type BulkOffer, type BulkSink } from "./bulk.ts";
import type { BulkControl } from "./bulk-sender.ts";
import { type Frame, Part } from "./packet.ts";

const HASH_BYTES = 4;

/** Where a side takes what the other one offers; undefined refuses it. */
export type BulkReception = (offer: BulkOffer) => BulkSink | undefined;

/** A transfer that arrives. */
class Incoming {
  /** Undefined once it is refused or stopped: what still comes of it is passed over. */
  sink: BulkSink | undefined;
  /** Bytes of whole blocks that the sink has been given. */
  offset: number;
  private readonly size: number | undefined;
  private block = new Uint8Array(BULK_BLOCK_BYTES + HASH_BYTES);
  private filled = 0;

  constructor(sink: BulkSink | undefined, size: number | undefined) {
    this.sink = sink;
    this.offset = sink?.offset ?? 0;
    this.size = size;
  }

  /** Takes a frame's bytes; false when they are not what was offered. */
  take(bytes: Uint8Array, isLast: boolean): boolean {
    let at = 0;
    while (at < bytes.length) {
      const wanted = Math.min(this.blockBytes - this.filled, bytes.length - at);
      if (wanted <= 0) return false;
      this.block.set(bytes.subarray(at, at + wanted), this.filled);
      this.filled += wanted;
      at += wanted;
      if (this.filled === this.blockBytes && !this.finish()) return false;
    }
    if (!isLast) return true;
    if (this.filled > 0 && !this.finish()) return false;
    return this.size === undefined || this.offset === this.size;
  }

  /** The half-told block is forgotten: it will be told again. */
  rewind(): void {
    this.filled = 0;
  }

  /** Of the present block and its hash; a stream's last one may turn out shorter. */
  private get blockBytes(): number {
    const left = this.size === undefined ? BULK_BLOCK_BYTES : this.size - this.offset;
    return left === 0 ? 0 : Math.min(left, BULK_BLOCK_BYTES) + HASH_BYTES;
  }

  private finish(): boolean {
    const length = this.filled - HASH_BYTES;
    if (length <= 0) return false;
    const bytes = this.block.slice(0, length);
    let hash = 0;
    for (let i = 0; i < HASH_BYTES; i++) hash |= this.block[length + i]! << (8 * i);
    if (hash !== hashOn(EMPTY_HASH, bytes)) return false;
    this.filled = 0;
    this.offset += length;
    if (this.sink !== undefined && !this.sink.write(bytes)) this.stop();
    return true;
  }

  private stop(): void {
    this.sink?.end("cancelled");
    this.sink = undefined;
  }
}

/** The transfers that the other side sends. Those under way outlive a connection. */
export class BulkReceiver {
  private readonly connection: BulkControl;
  private readonly transfersMax: number;
  private readonly reception: BulkReception;
  private readonly incoming = new Map<number, Incoming>();

  constructor(connection: BulkControl, transfersMax: number, reception: BulkReception) {
    this.connection = connection;
    this.transfersMax = transfersMax;
    this.reception = reception;
  }

  /** False for an offer that may not be made. */
  offered({ id, name, size }: OfferMessage): boolean {
    if (this.incoming.has(id) || this.incoming.size >= this.transfersMax) return false;
    const transfer = new Incoming(this.reception({ name, size }), size);
    this.incoming.set(id, transfer);
    if (transfer.sink === undefined) this.connection.control(encodeBulkStop({ id }));
    else this.connection.control(encodeBulkAnswer({ id, offset: transfer.offset }));
    return true;
  }

  /** False for a frame of no transfer, or whose bytes are not what was offered. */
  take({ part, payload }: Frame): boolean {
    const id = payload[0];
    const transfer = id === undefined ? undefined : this.incoming.get(id);
    if (id === undefined || transfer === undefined || (part !== Part.MIDDLE && part !== Part.LAST)) return false;
    if (transfer.sink === undefined) return true;
    if (!transfer.take(payload.subarray(1), part === Part.LAST)) return false;
    if (part === Part.LAST && transfer.sink !== undefined) this.finish(id, transfer.sink);
    else if (transfer.sink === undefined) this.connection.control(encodeBulkStop({ id }));
    return true;
  }

  /** The sender ends a transfer; it may cross our word that all of it is here. */
  ended(id: number): void {
    const transfer = this.incoming.get(id);
    this.incoming.delete(id);
    transfer?.sink?.end("cancelled");
  }

  /** A new connection: says where each is to go on. */
  resume(): void {
    for (const [id, transfer] of this.incoming) {
      transfer.rewind();
      if (transfer.sink !== undefined) this.connection.control(encodeBulkAnswer({ id, offset: transfer.offset }));
    }
  }

  /** The session is over. */
  lose(): void {
    for (const { sink } of this.incoming.values()) sink?.end("lost");
    this.incoming.clear();
  }

  private finish(id: number, sink: BulkSink): void {
    this.incoming.delete(id);
    this.connection.control(encodeBulkDone({ id }));
    sink.end("done");
  }
}
