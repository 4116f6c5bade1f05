/** Something large to be sent: a blob, or a stream whose end is not known yet. Its bytes are asked for when they leave. */
export interface BulkSource {
  /** Says what it is, to the other side's game: at most 64 bytes of UTF-8. */
  readonly name: string;
  /** All of it, in bytes, up to 2³² − 1; undefined for a stream that ends when it ends. */
  readonly size: number | undefined;
  /**
   * At most `bytesMax` bytes from `offset` on; fewer, or none at all, when there are no more yet; undefined behind the
   * end of a stream. `offset` goes on where the last read ended, or, after a new connection, goes back to an earlier
   * place, by at most `BULK_WINDOW_BYTES_MAX`: the same bytes are then to be told again.
   */
  read(offset: number, bytesMax: number): Uint8Array | undefined;
}

/** What is told of a transfer before its first byte. */
export interface BulkOffer {
  readonly name: string;
  readonly size: number | undefined;
}

/** Takes what arrives of a transfer, in order and checked. It decides how much of it is kept. */
export interface BulkSink {
  /** What it has already, of an earlier transfer say, in bytes: a multiple of 4,096. 0 unless it is given. */
  readonly offset?: number;
  /** The next bytes, a block of 4,096 or the last one; they are the sink's to keep. False: it wants no more. */
  write(bytes: Uint8Array): boolean;
  /** All has arrived, or none of the rest will. */
  end(outcome: "done" | "cancelled" | "lost"): void;
}

/** A transfer, as the side that sends it sees it. */
export interface BulkTransfer {
  /** `cancelled`: by either side. `lost`: the session ended before the transfer did. */
  readonly state: "running" | "done" | "cancelled" | "lost";
  /** Bytes given to the network. */
  readonly sentBytes: number;
  /** Bytes that the other side's sink has been given, as far as is known: never more than it has. */
  readonly deliveredBytes: number;
  /** Ends it; nothing happens to one that has ended. */
  cancel(): void;
}

/** What is hashed and told as a whole, in bytes. */
export const BULK_BLOCK_BYTES = 4096;
/** How far a source may be asked to go back, in bytes: all that may be in flight, and a block. */
export const BULK_WINDOW_BYTES_MAX = (4 << 20) + BULK_BLOCK_BYTES;
