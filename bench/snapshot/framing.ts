/** In front of every message: which lane it is of. */
const LANE_HEADER_BYTES = 1;
/** A server's WebSocket frames are not masked. */
const SMALL_FRAME_HEADER_BYTES = 2;
const FRAME_HEADER_BYTES = 4;
const LARGE_FRAME_HEADER_BYTES = 10;
const SMALL_PAYLOAD_END = 126;
const PAYLOAD_END = 65_536;

/** What a message of `bytes` is once it has its lane header and stands alone in a WebSocket frame. */
export function framedBytes(bytes: number): number {
  const payload = LANE_HEADER_BYTES + bytes;
  if (payload < SMALL_PAYLOAD_END) return SMALL_FRAME_HEADER_BYTES + payload;
  return payload + (payload < PAYLOAD_END ? FRAME_HEADER_BYTES : LARGE_FRAME_HEADER_BYTES);
}
