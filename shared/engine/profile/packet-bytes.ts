import { FRAME_LANES, type FrameLane, type OpenedPacket } from "./packet-reader.ts";

/** What bytes of packets are spent on: payloads by their lane, acks, heads of frames, and what is no frame. */
export const BYTE_USES = [...FRAME_LANES, "acks", "frame heads", "broken"] as const;
export type ByteUse = FrameLane | "acks" | "frame heads" | "broken";

/** Where the bytes of packets went. The uses sum up to all of them. */
export class PacketBytes {
  packets = 0;
  bytes = 0;
  readonly byUse = Object.fromEntries(BYTE_USES.map((use) => [use, 0])) as Record<ByteUse, number>;

  add({ bytes, items, brokenBytes }: OpenedPacket): void {
    this.packets += 1;
    this.bytes += bytes;
    this.byUse.broken += brokenBytes;
    for (const item of items) {
      if (item.kind === "ack") this.byUse.acks += item.bytes;
      else {
        this.byUse[item.lane] += item.payload.length;
        this.byUse["frame heads"] += item.headBytes;
      }
    }
  }
}
