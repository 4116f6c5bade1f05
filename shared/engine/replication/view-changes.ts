/** How one peer's view of a kind is to change: found out by whoever knows what the peer may see. */
export class ViewChanges {
  /** Slots that leave, in the order of the view: the first `leaveCount`. */
  readonly leaves: Uint16Array;
  leaveCount = 0;
  /** Slots that enter, the most urgent first: the first `enterCount`. One that is in view is sent anew. */
  readonly enters: Uint16Array;
  enterCount = 0;
  /** By slot: how urgent an entity in view is when not all fit; `Infinity` for what must be sent. */
  readonly weights: Float32Array;
  /** By slot: whether the peer owns it. */
  readonly isOwner: Uint8Array;

  constructor(capacity: number) {
    this.leaves = new Uint16Array(capacity);
    this.enters = new Uint16Array(capacity);
    this.weights = new Float32Array(capacity).fill(1);
    this.isOwner = new Uint8Array(capacity);
  }

  clear(): void {
    this.leaveCount = 0;
    this.enterCount = 0;
  }
}
