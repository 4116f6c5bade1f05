/**
 * How many messages a peer may still send: a bucket that each tick, or whatever the period is, fills a little.
 *
 * An honest client sends one or two a tick. The bucket holds enough for a network that delivers seconds of them at
 * once, and for a server that stood still.
 */
export class MessageBudget {
  private readonly perPeriod: number;
  private readonly savedMax: number;
  private saved: number;

  constructor(perPeriod: number, savedMax: number) {
    this.perPeriod = perPeriod;
    this.savedMax = savedMax;
    this.saved = savedMax;
  }

  /** Takes the messages of so many periods from the bucket. False when there were more than it held. */
  spend(messages: number, periods = 1): boolean {
    this.saved = Math.min(this.savedMax, this.saved + periods * this.perPeriod) - messages;
    return this.saved >= 0;
  }
}
