interface Said {
  readonly message: Uint8Array;
  readonly atMs: number;
}

/**
 * When the messages of an ordered lane were said and arrived, whenever they left. What arrives and is not the next one
 * that was said was said by somebody else, and is passed over.
 */
export class SaidMessages {
  /** Of those that have arrived, in their order. */
  readonly latenciesMs: number[] = [];
  private readonly underWay: Said[] = [];
  private isArriving = false;

  say(message: Uint8Array, atMs: number): void {
    this.underWay.push({ message: message.slice(), atMs });
  }

  /** A message of `messageBytes` begins to arrive, with its first bytes. */
  begins(first: Uint8Array, messageBytes: number): void {
    const next = this.underWay[0]?.message;
    this.isArriving = next?.length === messageBytes && first.every((byte, i) => byte === next[i]);
  }

  /** The message that began last is here. */
  ends(atMs: number): void {
    if (this.isArriving) this.latenciesMs.push(atMs - this.underWay.shift()!.atMs);
    this.isArriving = false;
  }
}
