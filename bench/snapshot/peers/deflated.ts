import { constants, createDeflateRaw, createInflateRaw, type DeflateRaw, type InflateRaw } from "node:zlib";
import type { SnapshotCodec, SnapshotSession } from "../snapshot-codec.ts";

const LEVEL = 6;
/** What a flush ends with, and what permessage-deflate (RFC 7692) leaves out. */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/**
 * `codec` behind permessage-deflate with context takeover: every client has a window over all it was sent.
 *
 * As in a WebSocket server zlib works in its own threads, and the way there and back is part of the time.
 */
export function deflated(codec: SnapshotCodec): SnapshotCodec {
  return {
    name: `${codec.name}-deflate`,
    lags: codec.lags,
    open: (clients) => deflatedSession(codec.open(clients), clients),
  };
}

function deflatedSession(session: SnapshotSession, clients: number): SnapshotSession {
  const pairs = Array.from({ length: clients }, () => ({
    out: new FlushedStream(createDeflateRaw({ level: LEVEL })),
    back: new FlushedStream(createInflateRaw()),
  }));
  return {
    ...session,
    encode: async (client, step) => {
      const bytes = await pairs[client]!.out.push([await session.encode(client, step)]);
      return bytes.subarray(0, bytes.length - TAIL.length);
    },
    decode: async (client, bytes, view) => {
      await session.decode(client, await pairs[client]!.back.push([bytes, TAIL]), view);
    },
    close: () => {
      for (const { out, back } of pairs) for (const stream of [out, back]) stream.close();
      session.close?.();
    },
  };
}

/** A zlib stream of messages, each of them flushed. */
class FlushedStream {
  private readonly stream: DeflateRaw | InflateRaw;
  private readonly chunks: Buffer[] = [];

  constructor(stream: DeflateRaw | InflateRaw) {
    this.stream = stream;
    stream.on("data", (chunk: Buffer) => this.chunks.push(chunk));
  }

  /** What comes out for one message, which is made of `parts`. */
  push(parts: readonly Uint8Array[]): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.stream.once("error", reject);
      for (const part of parts) this.stream.write(part);
      this.stream.flush(constants.Z_SYNC_FLUSH, () => {
        this.stream.off("error", reject);
        resolve(Buffer.concat(this.chunks.splice(0)));
      });
    });
  }

  close(): void {
    this.stream.close();
  }
}
