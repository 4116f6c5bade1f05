import type { SessionWatcher, WatchedPacket } from "../session-watcher.ts";

const PRIME = 0x0100_0193;
const BASIS = 0x811c_9dc5;

/** What went over the links of a session, as one number: every packet with its bytes, its moment and its way. */
export class PacketLog implements SessionWatcher {
  private sum = BASIS;
  private count = 0;
  private readonly time = new Float64Array(1);
  private readonly timeBytes = new Uint8Array(this.time.buffer);

  /** Of all packets, u32: FNV-1a, but of four bytes at a time. */
  get hash(): number {
    return this.sum >>> 0;
  }

  /** Packets that were sent. */
  get packets(): number {
    return this.count;
  }

  onPacketSent(sent: WatchedPacket): void {
    this.count += 1;
    this.addMoment(sent);
    this.addBytes(sent.packet);
  }

  /** The bytes are those that were sent. */
  onPacketReceived(received: WatchedPacket): void {
    this.addMoment(received);
  }

  private addMoment({ player, link, way, packet, atMs }: WatchedPacket): void {
    this.time[0] = atMs;
    this.addBytes(this.timeBytes);
    this.addWord(player);
    this.addWord(link);
    this.addWord(way === "down" ? 1 : 0);
    this.addWord(packet.length);
  }

  private addBytes(bytes: Uint8Array): void {
    // Not by a DataView: to make one takes longer than to read a small packet.
    const wordsEnd = bytes.length & ~3;
    for (let at = 0; at < wordsEnd; at += 4) {
      this.addWord(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    }
    for (let at = wordsEnd; at < bytes.length; at++) this.addWord(bytes[at]!);
  }

  private addWord(word: number): void {
    this.sum = Math.imul(this.sum ^ word, PRIME);
    this.sum ^= this.sum >>> 15;
  }
}
