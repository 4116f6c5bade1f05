import { PACKET_BYTES_MAX } from "../../shared/engine/transport/packet.ts";

/** Bounds of the server's edge. Every one of them is far above what an honest client needs. */
export const NODE_LIMITS = {
  /** The largest packet. */
  messageBytesMax: PACKET_BYTES_MAX,
  /** Fragments of one WebSocket message; ours have one. */
  fragmentsMax: 64,
  /** How long a request's headers may take to arrive, against slow handshakes. */
  headersMs: 5_000,
  requestMs: 10_000,
  /** How often the two above are looked at. */
  checkMs: 1_000,
  /** How often each socket is pinged. */
  pingMs: 30_000,
  /** How long a server may take to open a WebSocket that this program asks it for. */
  openMs: 5_000,
  /** How long a peer may take to answer a close frame. */
  closeMs: 1_000,
} as const;
