/** Tells what is so from what only seems so once: values count when enough of them come in a row. */
export class LeastInARow {
  private readonly enough: number;
  private count = 0;
  private least = Infinity;

  /** `enough`: how many in a row count. */
  constructor(enough: number) {
    this.enough = enough;
  }

  /** The next value, or undefined where there is none, which ends the row. Returns the least of a row that is long enough. */
  next(value: number | undefined): number | undefined {
    if (value === undefined) {
      this.clear();
      return undefined;
    }
    this.count += 1;
    this.least = Math.min(this.least, value);
    return this.count < this.enough ? undefined : this.least;
  }

  clear(): void {
    this.count = 0;
    this.least = Infinity;
  }
}
