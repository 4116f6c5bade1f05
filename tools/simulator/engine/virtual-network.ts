import type { Link, LinkEvents } from "#engine/shared";

/** One end of a pair of links, with a tap for tests. */
export interface VirtualLink extends Link {
  /** Bytes that the test pretends to be stuck in this end's send buffer. */
  stuckBytes: number;
  /** Every packet this end has sent, oldest first. */
  readonly sent: readonly Uint8Array[];
}

interface Delivery {
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * A network without sockets: time moves only when a test moves it. Like TCP it may be late, and never loses or
 * reorders within a direction of a link.
 */
export class VirtualNetwork {
  private readonly deliveries: Delivery[] = [];
  private timeMs = 0;

  get nowMs(): number {
    return this.timeMs;
  }

  /** Two joined ends; a packet takes `delayMs` from one to the other, and so does the opening. */
  createLinks(delayMs: number): { client: VirtualLink; server: VirtualLink } {
    const wire: Wire = {
      nowMs: () => this.timeMs,
      deliver: (run) => {
        this.deliverLater(delayMs, run);
      },
    };
    const client = new LinkEnd(wire);
    const server = new LinkEnd(wire);
    client.peer = server;
    server.peer = client;
    this.deliverLater(0, () => server.events?.onOpen());
    this.deliverLater(delayMs, () => client.events?.onOpen());
    return { client, server };
  }

  /** Moves time on, delivering what arrives until then in the order of arrival. */
  advanceTo(nowMs: number): void {
    for (;;) {
      const next = this.deliveries[0];
      if (next === undefined || next.atMs > nowMs) break;
      this.deliveries.shift();
      this.timeMs = next.atMs;
      next.run();
    }
    this.timeMs = nowMs;
  }

  private deliverLater(delayMs: number, run: () => void): void {
    const atMs = this.timeMs + delayMs;
    // Behind everything that arrives at the same moment: the order of sending is kept.
    const place = this.deliveries.findIndex((delivery) => delivery.atMs > atMs);
    this.deliveries.splice(place < 0 ? this.deliveries.length : place, 0, { atMs, run });
  }
}

interface Wire {
  readonly nowMs: () => number;
  readonly deliver: (run: () => void) => void;
}

class LinkEnd implements VirtualLink {
  stuckBytes = 0;
  readonly sent: Uint8Array[] = [];
  events: LinkEvents | undefined;
  peer: LinkEnd | undefined;
  private readonly wire: Wire;
  private isClosed = false;

  constructor(wire: Wire) {
    this.wire = wire;
  }

  get bufferedBytes(): number {
    return this.stuckBytes;
  }

  listen(events: LinkEvents): void {
    this.events = events;
  }

  send(packet: Uint8Array): void {
    if (this.isClosed) return;
    const copy = packet.slice();
    this.sent.push(copy);
    this.wire.deliver(() => this.peer?.receive(copy));
  }

  close(code: number, reason: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.wire.deliver(() => {
      this.peer?.end(code, reason);
      this.events?.onClose(code, reason);
    });
  }

  private receive(packet: Uint8Array): void {
    if (this.isClosed) return;
    this.events?.onPacket(packet, this.wire.nowMs());
    this.events?.onTurn(this.wire.nowMs());
  }

  private end(code: number, reason: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.events?.onClose(code, reason);
  }
}
