/**
 * Lengths of the best prefix code whose codes have at most `bitsMax` bits: the package-merge algorithm (Larmore and
 * Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990). Weights are above 0; there are at
 * most 2^bitsMax of them. A code for one symbol has no bits, so there have to be two.
 */
export function codeLengths(weights: readonly number[], bitsMax: number): number[] {
  const leaves = weights.map((weight, index): Package => ({ weight, leaves: [index] })).sort(lighter);
  let packages: Package[] = [];
  for (let bits = 0; bits < bitsMax; bits++) packages = [...leaves, ...pairs(packages)].sort(lighter);
  const lengths = weights.map(() => 0);
  for (const { leaves: chosen } of packages.slice(0, 2 * weights.length - 2)) {
    for (const index of chosen) lengths[index] = lengths[index]! + 1;
  }
  return lengths;
}

interface Package {
  readonly weight: number;
  readonly leaves: readonly number[];
}

function pairs(packages: readonly Package[]): Package[] {
  return Array.from({ length: packages.length >> 1 }, (_, index) => {
    const [a, b] = [packages[2 * index]!, packages[2 * index + 1]!];
    return { weight: a.weight + b.weight, leaves: [...a.leaves, ...b.leaves] };
  });
}

function lighter(a: Package, b: Package): number {
  return a.weight - b.weight;
}

/**
 * A table of a code book (`CodeBook` of the runtime): the digits of the escape's length and of the symbols'. Symbols
 * that a code of `bitsMax` bits would favour share the escape.
 */
export function codeTable(counts: readonly number[], bitsMax: number): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const least = total / 2 ** bitsMax;
  const own = counts.flatMap((count, symbol) => (count > least ? [symbol] : []));
  // A code needs two symbols; the likeliest stands alone where nothing was seen.
  if (own.length === 0) own.push(0);
  const escaped = counts.reduce((sum, count, symbol) => (own.includes(symbol) ? sum : sum + count), 0);
  const weights = [Math.max(escaped, total / 2 ** (bitsMax + 2), 1e-9), ...own.map((symbol) => counts[symbol]! + 1e-9)];
  const [escape, ...lengths] = codeLengths(weights, bitsMax);
  const digits = counts.map((_, symbol) => (own.includes(symbol) ? lengths[own.indexOf(symbol)]! : 0));
  return [escape!, ...digits]
    .map((bits) => bits.toString(16))
    .join("")
    .replace(/0+$/, "");
}

/** Whether a text is a table of a code book: no two codes begin alike, none is left over, and there is an escape. */
export function isCodeTable(table: string, symbols: number): boolean {
  if (!/^[1-9a-c][0-9a-c]*$/.test(table) || table.length > symbols + 1) return false;
  const lengths = digitsOf(table).filter((bits) => bits > 0);
  return lengths.reduce((sum, bits) => sum + 2 ** -bits, 0) === 1;
}

/** How many bits symbols take that were counted, in a table of a code book. */
export function tableBits(table: string, counts: ArrayLike<number>, symbols: number): number {
  const numberBits = symbols < 2 ? 1 : 32 - Math.clz32(symbols - 1);
  const lengths = digitsOf(table);
  const escaped = lengths[0]! + numberBits;
  let bits = 0;
  for (let symbol = 0; symbol < counts.length; symbol++) {
    const length = lengths[symbol + 1] ?? 0;
    bits += counts[symbol]! * (length === 0 ? escaped : length);
  }
  return bits;
}

function digitsOf(table: string): number[] {
  return Array.from(table, (digit) => Number.parseInt(digit, 16));
}
