/*
 * The loops that are timed.
 *
 * The bundler gives each contender and fixture a copy of this module: a loop that has called one codec would run
 * every later one slower.
 */

/** How many results are alive at any time; a power of two. */
const SINK = 16;

/** Results that outlive the loop, so that no engine can see that nobody wants them. */
export const sink: unknown[] = new Array<unknown>(SINK).fill(undefined);

/** Encodes `values`, whose number is a power of two, in turn: `ops` times altogether. */
export function encodeLoop<Value>(encode: (value: Value) => unknown, values: readonly Value[], ops: number): void {
  const mask = values.length - 1;
  for (let at = 0; at < ops; at++) sink[at & (SINK - 1)] = encode(values[at & mask]!);
}

/** Decodes `packets`, whose number is a power of two, in turn: `ops` times altogether. */
export function decodeLoop(decode: (bytes: Uint8Array) => unknown, packets: readonly Uint8Array[], ops: number): void {
  const mask = packets.length - 1;
  for (let at = 0; at < ops; at++) sink[at & (SINK - 1)] = decode(packets[at & mask]!);
}
