/** What the room does not confirm within this time was no hit. */
const CONFIRMED_WITHIN_MS = 1_000;

/** One player's hits: those that its screen showed, and those of them that were so. */
export class HitCount {
  claimed = 0;
  confirmed = 0;
  private readonly openMs: number[] = [];

  claim(hits: number, atMs: number): void {
    this.claimed += hits;
    for (let i = 0; i < hits; i++) this.openMs.push(atMs);
  }

  /** Hits that nobody claimed do not count: the player was lucky. */
  confirm(hits: number, atMs: number): void {
    while (this.openMs[0] !== undefined && this.openMs[0] < atMs - CONFIRMED_WITHIN_MS) this.openMs.shift();
    for (let i = 0; i < hits && this.openMs.length > 0; i++) {
      this.openMs.shift();
      this.confirmed += 1;
    }
  }
}
