/** How much of what an end has sent is kept. */
export const SENT_KEPT_BYTES_MAX = 4_194_304;

/** What an end has sent, for tests to look at; of a longer run nothing, rather than a part that looks like all. */
export class SentPackets {
  private packets: Uint8Array[] = [];
  private bytes = 0;

  push(packet: Uint8Array): void {
    this.bytes += packet.length;
    if (this.bytes <= SENT_KEPT_BYTES_MAX) this.packets.push(packet);
    else this.packets = [];
  }

  /** Oldest first. Throws when there were too many to keep them. */
  get all(): readonly Uint8Array[] {
    if (this.bytes <= SENT_KEPT_BYTES_MAX) return this.packets;
    throw new Error(`${this.bytes} bytes were sent, and ${SENT_KEPT_BYTES_MAX} are kept: look at them as they arrive.`);
  }
}
