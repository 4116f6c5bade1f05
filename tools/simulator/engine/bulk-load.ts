import type { BulkOffer, BulkSink, BulkSource, BulkTransfer } from "#engine/shared";
import type { VirtualClock } from "./virtual-clock.ts";

/** What arrives as a whole. */
const BLOCK_BYTES = 4096;
const BLOCK = Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => Math.imul(at, 0x9e3779b1) >>> 24);
/** One follows the other without a round trip in between: while one ends, another is under way. */
const TRANSFERS = 2;
const NAME = "load";

/** Keeps something large on its way from the room to one player, and measures how it fares. */
export class BulkLoad {
  /** Of each block, from its first byte's leaving to its being handed to the player's sink. */
  readonly latenciesMs: number[] = [];
  private readonly clock: VirtualClock;
  private readonly bytes: number;
  private readonly transfers: BulkTransfer[] = [];
  private readonly offered: BlockTimes[] = [];
  private beganAtMs: number | undefined;
  private deliveredBytes = 0;
  private begun = 0;

  /** `bytes`: what one transfer has. */
  constructor(clock: VirtualClock, bytes: number) {
    this.clock = clock;
    this.bytes = bytes;
  }

  /** Handed to the sink, from the beginning until now; 0 before it. */
  get mbit(): number {
    const durationMs = this.clock.nowMs - (this.beganAtMs ?? Infinity);
    return durationMs > 0 ? (8 * this.deliveredBytes) / durationMs / 1000 : 0;
  }

  /** Sees to it that enough is under way. `send`: undefined while there is nobody to send to. */
  keepUp(send: (source: BulkSource) => BulkTransfer | undefined): void {
    const running = this.transfers.filter(({ state }) => state === "running");
    this.transfers.splice(0, this.transfers.length, ...running);
    while (this.transfers.length < TRANSFERS) {
      const times = new BlockTimes();
      const transfer = send(this.sourceOf(times));
      if (transfer === undefined) return;
      this.beganAtMs ??= this.clock.nowMs;
      this.transfers.push(transfer);
      this.offered.push(times);
      this.begun += 1;
    }
  }

  /** Where the player takes it; undefined for what is no part of it. */
  receive({ name }: BulkOffer): BulkSink | undefined {
    const times = name === NAME ? this.offered.shift() : undefined;
    if (times === undefined) return undefined;
    return {
      write: (bytes) => {
        this.deliveredBytes += bytes.length;
        this.latenciesMs.push(this.clock.nowMs - times.arrives());
        return true;
      },
      end: () => undefined,
    };
  }

  /** The first is half as long, so that two do not end at once. */
  private sourceOf(times: BlockTimes): BulkSource {
    return {
      name: NAME,
      size: this.begun === 0 ? this.bytes >> 1 : this.bytes,
      read: (offset, bytesMax) => {
        const inBlock = offset % BLOCK_BYTES;
        times.leaves((offset - inBlock) / BLOCK_BYTES, this.clock.nowMs);
        return BLOCK.subarray(inBlock, inBlock + bytesMax);
      },
    };
  }
}

/** When the blocks of a transfer first left, as far as they have not arrived. */
class BlockTimes {
  private arrivedCount = 0;
  private readonly leftAtMs: number[] = [];

  leaves(block: number, atMs: number): void {
    if (block === this.arrivedCount + this.leftAtMs.length) this.leftAtMs.push(atMs);
  }

  /** When the block left that arrives now: the next one. */
  arrives(): number {
    this.arrivedCount += 1;
    return this.leftAtMs.shift()!;
  }
}
