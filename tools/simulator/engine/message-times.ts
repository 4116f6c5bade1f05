/** When the messages of an ordered lane left and arrived: the first to leave is the first to arrive. */
export class MessageTimes {
  /** Of those that have arrived, in their order. */
  readonly latenciesMs: number[] = [];
  private readonly underWayMs: number[] = [];
  private toldAgain = 0;

  sent(atMs: number): void {
    if (this.toldAgain > 0) this.toldAgain -= 1;
    else this.underWayMs.push(atMs);
  }

  arrived(atMs: number): void {
    const sentAtMs = this.underWayMs.shift();
    if (sentAtMs !== undefined) this.latenciesMs.push(atMs - sentAtMs);
  }

  /** On a new link, what has not arrived is sent again, before anything else. */
  tellAgain(): void {
    this.toldAgain = this.underWayMs.length;
  }

  /** On a new link, what has not arrived never will. */
  forget(): void {
    this.underWayMs.length = 0;
  }
}
