/**
 * How often each symbol came in each context.
 *
 * No code that gives every context a table of its own can be shorter than `bits`: the bound that stands beside what a
 * codec reached. It leaves out what the tables themselves cost.
 */
export class ResidualCounts {
  private readonly contexts = new Map<string, Map<number, number>>();

  add(context: string, symbol: number, times = 1): void {
    const counts = this.contexts.get(context) ?? new Map<number, number>();
    this.contexts.set(context, counts);
    counts.set(symbol, (counts.get(symbol) ?? 0) + times);
  }

  /** The empirical conditional entropy of everything counted. */
  get bits(): number {
    return [...this.contexts.values()].reduce((sum, counts) => sum + entropyBits([...counts.values()]), 0);
  }

  /** The same, context by context: where the bits go. */
  bitsByContext(): Map<string, number> {
    return new Map([...this.contexts].map(([context, counts]) => [context, entropyBits([...counts.values()])]));
  }
}

/** What all symbols of one context cost at least, given how often each came. */
export function entropyBits(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((bits, count) => (count === 0 ? bits : bits + count * Math.log2(total / count)), 0);
}
