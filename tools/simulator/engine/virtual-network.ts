import { Rng } from "#engine/shared";
import { EventQueue } from "./event-queue.ts";
import { type LinkConditions, mistakeIn, QUEUE_MS } from "./link-conditions.ts";
import { LinkEnd } from "./link-end.ts";
import { HEADER_BYTES, SEGMENT_BYTES_MAX } from "./segment.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { VirtualLink } from "./virtual-link.ts";
import { VirtualPath } from "./virtual-path.ts";
import { VirtualWire } from "./virtual-wire.ts";

export type { VirtualLink } from "./virtual-link.ts";

/** The two ends of a link. */
export interface LinkPair {
  readonly client: VirtualLink;
  readonly server: VirtualLink;
}

/** How long a client waits before it asks again to be let in; twice as long after each time. */
const CONNECT_AGAIN_MS = 1000;

/**
 * A network without sockets, and a clock that moves only when a test moves it. Like TCP it may be late, and never
 * loses or reorders within a direction of a link. The same seed and the same calls give the same bytes at the same
 * moments.
 */
export class VirtualNetwork implements VirtualClock {
  private readonly queue = new EventQueue();
  private readonly seeds: Rng;
  private timeMs = 0;

  /** `seed` decides jitter and stalls; each direction of each link has a luck of its own. */
  constructor(seed = 1) {
    this.seeds = new Rng(seed);
  }

  get nowMs(): number {
    return this.timeMs;
  }

  /**
   * Two joined ends. The server's opens at once and the client's half a round trip later, as soon as the link is not
   * dark. A number is a delay in milliseconds, the same both ways, without a bottleneck.
   * Throws when there can be no such link.
   */
  createLinks(conditions: LinkConditions | number): LinkPair {
    const link = typeof conditions === "number" ? plainLink(conditions) : conditions;
    return this.createSharedLinks(link, 1)[0]!;
  }

  /**
   * Links of one client that share a bottleneck, as the sockets of one page do; what waits there is each one's
   * `queuedBytes`. Throws when there can be no such link.
   */
  createSharedLinks(link: LinkConditions, count: number): LinkPair[] {
    const mistake = mistakeIn(link);
    if (mistake !== undefined) throw new RangeError(`No such link: ${mistake}.`);
    const downPath = this.createPath(link, link.downMbit);
    const upPath = this.createPath(link, link.upMbit);
    return Array.from({ length: count }, () => this.joinEnds(link, downPath, upPath));
  }

  /**
   * A timer: runs `run` when time comes to `atMs`, or with the next move of time when that is past. What is due at the
   * same moment runs in the order of asking. The result calls it off.
   */
  schedule(atMs: number, run: () => void): () => void {
    const event = this.queue.push(Math.max(atMs, this.timeMs), run);
    return () => {
      event.run = undefined;
    };
  }

  /** Moves time on, and everything that happens until then happens in its order. Time never goes back. */
  advanceTo(nowMs: number): void {
    for (let event = this.queue.takeDue(nowMs); event !== undefined; event = this.queue.takeDue(nowMs)) {
      if (event.run === undefined) continue;
      this.timeMs = event.atMs;
      event.run();
    }
    this.timeMs = Math.max(this.timeMs, nowMs);
  }

  private joinEnds(link: LinkConditions, downPath: VirtualPath, upPath: VirtualPath): LinkPair {
    const down = this.createWire(downPath, link, link.downMbit);
    const up = this.createWire(upPath, link, link.upMbit);
    const server = new LinkEnd(this, { outgoing: down, incoming: up, isMasking: false });
    const client = new LinkEnd(this, { outgoing: up, incoming: down, isMasking: true });
    LinkEnd.join(client, server);
    this.openWhenLight(downPath, { client, server }, CONNECT_AGAIN_MS);
    for (const atMs of link.resets ?? []) {
      if (atMs < this.timeMs) continue;
      this.schedule(atMs, () => {
        client.cut();
      });
    }
    return { client, server };
  }

  private createPath(conditions: LinkConditions, mbit: number): VirtualPath {
    return new VirtualPath({ conditions, mbit, jitterSeed: this.drawSeed(), stallSeed: this.drawSeed() });
  }

  private createWire(path: VirtualPath, { rttMs, queueMs = QUEUE_MS }: LinkConditions, mbit: number): VirtualWire {
    const share = SEGMENT_BYTES_MAX / (SEGMENT_BYTES_MAX + HEADER_BYTES);
    return new VirtualWire(this, path, { rttMs, pathBytes: mbit * 125 * (rttMs + queueMs) * share });
  }

  private drawSeed(): number {
    return this.seeds.below(4_294_967_296);
  }

  private openWhenLight(path: VirtualPath, ends: { client: LinkEnd; server: LinkEnd }, againMs: number): void {
    const arrivalMs = path.flash(this.timeMs);
    if (arrivalMs === undefined) {
      this.schedule(this.timeMs + againMs, () => {
        this.openWhenLight(path, ends, 2 * againMs);
      });
      return;
    }
    this.schedule(this.timeMs, () => {
      ends.server.open();
    });
    this.schedule(arrivalMs, () => {
      ends.client.open();
    });
  }
}

function plainLink(delayMs: number): LinkConditions {
  return { downMbit: Infinity, upMbit: Infinity, rttMs: 2 * delayMs };
}
