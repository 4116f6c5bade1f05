import type { SessionWatcher, WatchedPacket } from "../session-watcher.ts";

const PRIME = 0x0100_0193;
const BASIS = 0x811c_9dc5;

/** What went over the links of a session, as one number: every packet with its bytes, its moment and its way. */
export class PacketLog implements SessionWatcher {
  private sum = BASIS;
  private count = 0;
  private readonly time = new Float64Array(1);
  private readonly timeBytes = new Uint8Array(this.time.buffer);

  /** FNV-1a over all packets, u32. */
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
    this.add(sent.packet);
  }

  /** The bytes are those that were sent. */
  onPacketReceived(received: WatchedPacket): void {
    this.addMoment(received);
  }

  private addMoment({ player, link, way, packet, atMs }: WatchedPacket): void {
    this.time[0] = atMs;
    this.add(this.timeBytes);
    for (const part of [player, link, way === "down" ? 1 : 0, packet.length]) this.addByte(part);
  }

  private add(bytes: Uint8Array): void {
    let { sum } = this;
    for (const byte of bytes) sum = Math.imul(sum ^ byte, PRIME);
    this.sum = sum;
  }

  private addByte(value: number): void {
    this.sum = Math.imul(this.sum ^ value, PRIME);
  }
}
