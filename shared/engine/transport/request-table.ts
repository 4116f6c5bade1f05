/** What an rpc was answered: the reply, why there is none, or that nobody answered in time. */
export type RequestOutcome<Reply> =
  | { readonly type: "reply"; readonly value: Reply }
  | { readonly type: "refusal"; readonly value: RequestRefusal }
  | { readonly type: "timeout" }
  | { readonly type: "closed" };

/** Why the other side did not do what it was asked. */
export interface RequestRefusal {
  readonly code: number;
  readonly text: string;
}

export interface RequestTableOptions {
  readonly timeoutMs: number;
  /** Requests that may wait at the same time; up to 65,536, which is all that a u16 tells apart. */
  readonly pendingMax: number;
}

interface PendingRequest<Reply> {
  readonly deadlineMs: number;
  readonly settle: (outcome: RequestOutcome<Reply>) => void;
}

const IDS = 65_536;

/**
 * The requests of one rpc that wait for an answer.
 *
 * Each gets an id that no other waiting request has; the answer carries it back. Every request is settled exactly
 * once: by its answer, by `expire` when the time is up, or by `close`. An answer that comes later is nobody's.
 */
export class RequestTable<Reply> {
  private readonly options: RequestTableOptions;
  /** Oldest first, and so by deadline. */
  private readonly pending = new Map<number, PendingRequest<Reply>>();
  private nextId = 0;

  constructor(options: RequestTableOptions) {
    if (!Number.isInteger(options.pendingMax) || options.pendingMax < 1 || options.pendingMax > IDS) {
      throw new RangeError(`pendingMax is 1 to ${IDS}, not ${options.pendingMax}`);
    }
    this.options = options;
  }

  get size(): number {
    return this.pending.size;
  }

  /** The id to send with the request, or undefined when too many wait already; `settle` is not called then. */
  open(nowMs: number, settle: (outcome: RequestOutcome<Reply>) => void): number | undefined {
    if (this.pending.size >= this.options.pendingMax) return undefined;
    while (this.pending.has(this.nextId)) this.nextId = (this.nextId + 1) % IDS;
    const id = this.nextId;
    this.nextId = (id + 1) % IDS;
    this.pending.set(id, { deadlineMs: nowMs + this.options.timeoutMs, settle });
    return id;
  }

  /** Hands an answer to its request. False when no request of that id waits: it is unknown, late, or a second answer. */
  answer(id: number, outcome: Exclude<RequestOutcome<Reply>, { type: "timeout" | "closed" }>): boolean {
    const request = this.pending.get(id);
    if (request === undefined) return false;
    this.pending.delete(id);
    request.settle(outcome);
    return true;
  }

  /** Settles the requests whose time is up at `nowMs`. */
  expire(nowMs: number): void {
    for (const [id, request] of this.pending) {
      if (request.deadlineMs > nowMs) return;
      this.pending.delete(id);
      request.settle({ type: "timeout" });
    }
  }

  /** Settles all that wait: the connection is gone. */
  close(): void {
    for (const [id, request] of this.pending) {
      this.pending.delete(id);
      request.settle({ type: "closed" });
    }
  }
}
