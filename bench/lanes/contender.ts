import type { Link } from "#engine/shared";
import type { Clock } from "./clock.ts";

/** The end of a contender that snapshots and bulk are given to. */
export interface Sender {
  /** A snapshot is the sender's to keep. It may be left out in favour of a newer one, and never comes after one. */
  sendSnapshot(snapshot: Uint8Array): void;
  /** Called once. */
  sendBulk(bulk: Uint8Array): void;
}

/** Who is told what arrives. */
export interface Receiver {
  onSnapshot(snapshot: Uint8Array, atMs: number): void;
  /** The next bytes of the bulk. */
  onBulk(bytes: Uint8Array, atMs: number): void;
}

/** A way to send snapshots and bulk at the same time. It knows neither sockets nor whether time is real. */
export interface Contender {
  /** How it is done; what `--how` calls it. */
  readonly how: string;
  /** How many links it takes; the two ends are given them in the same order. */
  readonly links: number;
  /** The links may not be open yet; nothing is sent before they are. */
  createSender(links: readonly Link[], clock: Clock): Sender;
  createReceiver(links: readonly Link[], clock: Clock, receiver: Receiver): void;
}
