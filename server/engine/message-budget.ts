/**
 * How many messages a player may still send: a bucket that each tick fills a little.
 *
 * An honest client sends one or two a tick. The bucket holds enough for a network that delivers seconds of them at
 * once, and for a server that stood still.
 */
export class MessageBudget {
  private readonly perTick: number;
  private readonly savedMax: number;
  private saved: number;

  constructor(perTick: number, savedMax: number) {
    this.perTick = perTick;
    this.savedMax = savedMax;
    this.saved = savedMax;
  }

  /** Takes this tick's messages from the bucket. False when there were more than it held. */
  spend(messages: number): boolean {
    this.saved = Math.min(this.savedMax, this.saved + this.perTick) - messages;
    return this.saved >= 0;
  }
}
