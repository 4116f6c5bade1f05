import type { Link } from "#engine/shared";

/** One end of a pair of links, with taps for tests. */
export interface VirtualLink extends Link {
  /** Bytes that the test pretends to be stuck in this end's send buffer; `bufferedBytes` has them too. */
  stuckBytes: number;
  /** Every packet this end has sent, oldest first. Throws when they were more than `SENT_KEPT_BYTES_MAX`. */
  readonly sent: readonly Uint8Array[];
  /** Of what this end has sent: bytes in its kernel, not acknowledged by the other's. */
  readonly kernelBytes: number;
  /** Of what this end has sent: bytes that wait at the bottleneck of the link, with all headers. */
  readonly queuedBytes: number;
  /** Of what this end has sent: bytes that went over the link, with all headers and what was sent again. */
  readonly carriedBytes: number;
  /** Of what this end has sent: when the newest that a stall of the link held up arrives; 0 before the first. */
  readonly heldUntilMs: number;
  /** Bytes that have arrived in this end's kernel since the link was made. */
  readonly receivedBytes: number;
  /** Bytes in this end's kernel that its process has not read, because it is frozen. */
  readonly unreadBytes: number;
  /** Tears the link now, as a reset does: both ends are told 1006, and what is on its way is lost. */
  cut(): void;
  /** Stops the process at this end: it is told nothing and writes nothing, while its kernel goes on. */
  freeze(): void;
  /** The process goes on, and is told what it has missed. */
  thaw(): void;
}
