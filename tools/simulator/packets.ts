import { GAME_OPCODE_MIN, Lane, laneOf } from "../../shared/engine/transport/lane.ts";
import { HANDSHAKE_LANE, PacketWriter, Part, readPacket } from "../../shared/engine/transport/packet.ts";
import {
  decodeSnapshot,
  HELLO_OPCODE,
  INPUTS_OPCODE,
  RESUME_OPCODE,
  type Snapshot,
  SNAPSHOT_OPCODE,
} from "../../shared/schema/generated/engine.ts";
import { arena } from "../../shared/arena/game.ts";

/** A packet with one message in it, on the lane that an honest client would choose. */
export function packetWith(message: Uint8Array): Uint8Array {
  const writer = new PacketWriter();
  writer.add({ lane: laneFor(message), part: Part.WHOLE, messageBytes: message.length, payload: message });
  return writer.take().packet;
}

function laneFor(message: Uint8Array): number {
  switch (message[0]) {
    case HELLO_OPCODE:
    case RESUME_OPCODE:
      return HANDSHAKE_LANE;
    case INPUTS_OPCODE:
    case SNAPSHOT_OPCODE:
      return Lane.REALTIME;
    default:
      return (message[0] ?? 0) < GAME_OPCODE_MIN ? Lane.CONTROL : laneOf(message, arena.protocol.lanes);
  }
}

/** The whole messages in packets, oldest first. */
export function messagesIn(packets: readonly Uint8Array[]): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (const packet of packets) {
    readPacket(packet, {
      onAck: () => true,
      onFrame: ({ part, payload }) => {
        if (part === Part.WHOLE && payload.length > 0) messages.push(payload);
        return true;
      },
    });
  }
  return messages;
}

/** The snapshots in packets, oldest first. */
export function snapshotsIn(packets: readonly Uint8Array[]): Snapshot[] {
  return messagesIn(packets)
    .filter(([opcode]) => opcode === SNAPSHOT_OPCODE)
    .map((message) => decodeSnapshot(message)!);
}
