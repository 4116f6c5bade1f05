import type { Link } from "#engine/shared";
import type { Clock } from "../clock.ts";
import { CHUNK_BYTES } from "../workload.ts";
import { bulkPacket } from "./marked-packet.ts";

const POLL_MS = 1;

/**
 * Bulk that waits for its socket: the next chunk is sent when `bufferedBytes` is 0.
 *
 * Browsers tell nobody when a socket has drained, so this asks, as code for browsers has to.
 */
export class PacedBulk {
  private readonly link: Link;
  private readonly clock: Clock;
  private bulk: Uint8Array = new Uint8Array(0);
  private sentBytes = 0;

  constructor(link: Link, clock: Clock) {
    this.link = link;
    this.clock = clock;
  }

  start(bulk: Uint8Array): void {
    this.bulk = bulk;
    this.pump();
  }

  private pump(): void {
    while (this.link.bufferedBytes === 0 && this.sentBytes < this.bulk.length) {
      this.link.send(bulkPacket(this.bulk.subarray(this.sentBytes, this.sentBytes + CHUNK_BYTES)));
      this.sentBytes += CHUNK_BYTES;
    }
    if (this.sentBytes >= this.bulk.length) return;
    this.clock.schedule(this.clock.nowMs() + POLL_MS, () => {
      this.pump();
    });
  }
}
