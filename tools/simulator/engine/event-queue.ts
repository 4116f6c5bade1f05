/** Something that will happen, until it has happened or is called off. */
export interface QueuedEvent {
  readonly atMs: number;
  /** Its place among those of the same moment. */
  readonly order: number;
  /** Undefined when it has been called off. */
  run: (() => void) | undefined;
}

/** What will happen, the earliest first; what happens at the same moment, in the order of asking. A binary heap. */
export class EventQueue {
  private readonly heap: QueuedEvent[] = [];
  private asked = 0;

  /** The result calls it off when its `run` is set to undefined. */
  push(atMs: number, run: () => void): QueuedEvent {
    const event: QueuedEvent = { atMs, order: this.asked++, run };
    this.rise(event);
    return event;
  }

  /** The earliest event, when it is due at `nowMs`; it may have been called off. */
  takeDue(nowMs: number): QueuedEvent | undefined {
    const first = this.heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    const last = this.heap.pop()!;
    if (last !== first) this.sink(last);
    return first;
  }

  /** Puts an event at the end and moves it up, past everything that comes later. */
  private rise(event: QueuedEvent): void {
    let at = this.heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(this.heap[parent]!, event)) break;
      this.heap[at] = this.heap[parent]!;
      at = parent;
    }
    this.heap[at] = event;
  }

  /** Puts an event at the top and moves it down, past everything that comes earlier. */
  private sink(event: QueuedEvent): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.heap.length) break;
      if (child + 1 < this.heap.length && isBefore(this.heap[child + 1]!, this.heap[child]!)) child += 1;
      if (isBefore(event, this.heap[child]!)) break;
      this.heap[at] = this.heap[child]!;
      at = child;
    }
    this.heap[at] = event;
  }
}

function isBefore(a: QueuedEvent, b: QueuedEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
