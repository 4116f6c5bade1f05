import type { Rpc, RpcResult } from "../wire/protocol.ts";

/**
 * What came of a request: the other side's reply or refusal; or that none came in time, that the session is over, or
 * that too many requests wait already.
 */
export type RequestOutcome<Reply> =
  RpcResult<Reply>["outcome"] | { readonly type: "timeout" } | { readonly type: "closed" } | { readonly type: "busy" };

export interface RequestLimits {
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Requests of one session that may wait at the same time; up to 65,536, which is all that a u16 tells apart. */
  readonly pendingMax: number;
}

export const REQUEST_LIMITS: RequestLimits = { timeoutMs: 5_000, pendingMax: 256 };

/** A request that waits. */
interface Pending {
  readonly resultOpcode: number;
  /** Undefined until the first look at a clock. */
  deadlineMs: number | undefined;
  readonly settle: (outcome: Exclude<RequestOutcome<never>, { type: "reply" }>) => void;
  readonly accept: (outcome: RpcResult<unknown>["outcome"]) => void;
}

/** What is known of an rpc that was asked. */
type Reader = (bytes: Uint8Array, peerVersion: number) => RpcResult<unknown> | undefined;

const IDS = 65_536;

/**
 * The requests of one session that wait for an answer; they outlive its connections.
 *
 * Each gets an id that no other waiting request has; the answer carries it back. Every request is settled exactly
 * once: by its answer, by `expire` when the time is up, or by `close`. An answer that comes later is nobody's.
 */
export class Requests {
  private readonly limits: RequestLimits;
  /** Oldest first, and so by deadline; those without one come last. */
  private readonly pending = new Map<number, Pending>();
  /** By the opcode of the answer. */
  private readonly readers = new Map<number, Reader>();
  private nextId: number;

  /** `firstId`: of the first request, modulo 65,536. */
  constructor(limits: RequestLimits = REQUEST_LIMITS, firstId = 0) {
    if (!Number.isInteger(limits.pendingMax) || limits.pendingMax < 1 || limits.pendingMax > IDS) {
      throw new RangeError(`pendingMax is 1 to ${IDS}, not ${limits.pendingMax}`);
    }
    this.limits = limits;
    this.nextId = firstId % IDS;
  }

  /** How many wait. */
  get size(): number {
    return this.pending.size;
  }

  /**
   * The call to send, or undefined when too many wait already; `settle` has been told so then. Its time begins with
   * the next `expire`: who asks may not have looked at a clock for long. Throws, in development builds, when the
   * request does not fit its schema; then nothing waits.
   */
  ask<Request, Reply>(
    rpc: Rpc<Request, Reply>,
    request: Request,
    settle: (outcome: RequestOutcome<Reply>) => void,
  ): Uint8Array | undefined {
    if (this.pending.size >= this.limits.pendingMax) {
      settle({ type: "busy" });
      return undefined;
    }
    const id = this.freeId();
    const call = rpc.encodeCall({ id, request });
    this.nextId = (id + 1) % IDS;
    const { resultOpcode } = rpc;
    const accept = (outcome: RpcResult<unknown>["outcome"]): void => {
      // Only bytes that `rpc` itself has read come here.
      settle(outcome as RpcResult<Reply>["outcome"]);
    };
    this.readers.set(resultOpcode, (bytes, peerVersion) => rpc.decodeResult(bytes, 0, peerVersion));
    this.pending.set(id, { resultOpcode, deadlineMs: undefined, settle, accept });
    return call;
  }

  /**
   * Reads a message, should it be an answer. `foreign`: it is none to anything that was ever asked; `bad`: it claims to
   * be one, and its bytes say nothing. An answer that nobody waits for, a late or a second one, is dropped.
   */
  read(message: Uint8Array, peerVersion: number): "answer" | "foreign" | "bad" {
    const opcode = message[0] ?? -1;
    const reader = this.readers.get(opcode);
    if (reader === undefined) return "foreign";
    const result = reader(message, peerVersion);
    if (result === undefined) return "bad";
    const request = this.pending.get(result.id);
    if (request?.resultOpcode !== opcode) return "answer";
    this.pending.delete(result.id);
    request.accept(result.outcome);
    return "answer";
  }

  /** Settles the requests whose time is up at `nowMs`. */
  expire(nowMs: number): void {
    for (const [id, request] of this.pending) {
      request.deadlineMs ??= nowMs + this.limits.timeoutMs;
      if (request.deadlineMs > nowMs) continue;
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

  private freeId(): number {
    while (this.pending.has(this.nextId)) this.nextId = (this.nextId + 1) % IDS;
    return this.nextId;
  }
}
