/** What a TCP segment carries in an Ethernet frame of 1500 bytes. */
export const SEGMENT_BYTES_MAX = 1460;

/** IP and TCP, without options. */
export const HEADER_BYTES = 40;

/** The size of a WebSocket message with its frame; what a client sends is masked. */
export function framedBytes(payloadBytes: number, isMasked: boolean): number {
  const lengthBytes = payloadBytes < 126 ? 2 : payloadBytes < 65_536 ? 4 : 10;
  return lengthBytes + (isMasked ? 4 : 0) + payloadBytes;
}
