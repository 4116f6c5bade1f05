const MEASUREMENTS = 9;

/**
 * Bytes of heap that a run takes, of several runs from the least to the most: the compiler and whatever else shares the
 * heap add to some of them. A run in which much garbage was collected does not count.
 */
export function allocatedBytes(run: () => unknown, heapUsedBytes: () => number): number[] {
  const grown: number[] = [];
  while (grown.length < MEASUREMENTS) {
    const before = heapUsedBytes();
    const result = run();
    const bytes = heapUsedBytes() - before;
    if (bytes >= 0 && result !== run) grown.push(bytes);
  }
  return grown.sort((a, b) => a - b);
}
