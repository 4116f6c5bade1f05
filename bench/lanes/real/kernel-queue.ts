import { readFileSync } from "node:fs";

const ESTABLISHED = "01";

/** Bytes that the kernel holds of connections to the local `port`, unsent or not acknowledged. Linux only. */
export function kernelBytes(port: number): number {
  return queuedBytesIn(readFileSync("/proc/self/net/tcp", "utf8"), port);
}

/** The same, of a text such as Linux writes: addresses and queues in hexadecimal, a connection a line. */
export function queuedBytesIn(text: string, port: number): number {
  let bytes = 0;
  for (const line of text.split("\n").slice(1)) {
    const [, local = "", , state, queues = ""] = line.trim().split(/\s+/);
    if (state !== ESTABLISHED || parseInt(local.split(":")[1]!, 16) !== port) continue;
    bytes += parseInt(queues.split(":")[0]!, 16);
  }
  return bytes;
}
