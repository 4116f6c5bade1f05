import type { LinkEvents } from "#engine/shared";
import { framedBytes } from "./segment.ts";
import { SentPackets } from "./sent-packets.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { VirtualLink } from "./virtual-link.ts";
import type { VirtualWire } from "./virtual-wire.ts";

/** What a browser and `ws` say of a connection that ended without a word. */
const ABNORMAL_CLOSURE = 1006;

const CLOSE_CODE_BYTES = 2;

/** The wires of an end; what a client writes is masked. */
export interface EndWires {
  readonly outgoing: VirtualWire;
  readonly incoming: VirtualWire;
  readonly isMasking: boolean;
}

/** One end of a link: a WebSocket, and the process that holds it, on two wires. */
export class LinkEnd implements VirtualLink {
  stuckBytes = 0;
  private readonly clock: VirtualClock;
  private readonly wires: EndWires;
  private readonly sentPackets = new SentPackets();
  private state: "connecting" | "open" | "closing" | "closed" = "connecting";
  private events: LinkEvents | undefined;
  private peer: LinkEnd | undefined;
  private isConnected = false;
  private isFrozen = false;
  private isTurnAsked = false;
  /** What a frozen process would have been told, besides packets: at most an opening, a turn and a close. */
  private missed: (() => void)[] = [];

  constructor(clock: VirtualClock, wires: EndWires) {
    this.clock = clock;
    this.wires = wires;
    this.wires.outgoing.freezeWriter();
  }

  get bufferedBytes(): number {
    return this.stuckBytes + this.wires.outgoing.bufferedBytes;
  }

  get sent(): readonly Uint8Array[] {
    return this.sentPackets.all;
  }

  get kernelBytes(): number {
    return this.wires.outgoing.kernelBytes;
  }

  get queuedBytes(): number {
    return this.wires.outgoing.queuedBytes;
  }

  get carriedBytes(): number {
    return this.wires.outgoing.carriedBytes;
  }

  get heldUntilMs(): number {
    return this.wires.outgoing.heldUntilMs;
  }

  get receivedBytes(): number {
    return this.wires.incoming.receivedBytes;
  }

  get unreadBytes(): number {
    return this.wires.incoming.unreadBytes;
  }

  /** Makes two ends each other's. */
  static join(one: LinkEnd, other: LinkEnd): void {
    one.peer = other;
    other.peer = one;
  }

  listen(events: LinkEvents): void {
    this.events = events;
  }

  /** The connection stands: what was sent or closed before leaves now. */
  open(): void {
    if (this.wires.outgoing.isTorn) return;
    this.isConnected = true;
    if (!this.isFrozen) this.wires.outgoing.thawWriter();
    if (this.state !== "connecting") return;
    this.state = "open";
    this.tell(() => this.events?.onOpen());
  }

  /** What is sent before the link opens waits until it does: a test may write down at once what its peer will say. */
  send(packet: Uint8Array): void {
    if (this.state === "closing" || this.state === "closed") return;
    const copy = packet.slice();
    this.sentPackets.push(copy);
    this.wires.outgoing.write(framedBytes(copy.length, this.wires.isMasking), () => this.peer?.receive(copy));
  }

  close(code: number, reason: string): void {
    if (this.state === "closing" || this.state === "closed") return;
    this.state = "closing";
    const bytes = framedBytes(CLOSE_CODE_BYTES + reason.length, this.wires.isMasking);
    this.wires.outgoing.write(bytes, () => {
      this.peer?.receiveClose(code, reason);
      this.end(code, reason);
    });
  }

  cut(): void {
    this.wires.outgoing.tear();
    this.wires.incoming.tear();
    for (const end of [this, this.peer]) {
      this.clock.schedule(this.clock.nowMs, () => end?.end(ABNORMAL_CLOSURE, ""));
    }
  }

  freeze(): void {
    this.isFrozen = true;
    this.wires.outgoing.freezeWriter();
    this.wires.incoming.freezeReader();
  }

  thaw(): void {
    this.isFrozen = false;
    this.clock.schedule(this.clock.nowMs, () => {
      this.catchUp();
    });
  }

  private catchUp(): void {
    if (this.isFrozen) return;
    const missed = this.missed;
    this.missed = [];
    for (const run of missed) run();
    this.wires.incoming.thawReader();
    if (this.isConnected) this.wires.outgoing.thawWriter();
  }

  private receive(packet: Uint8Array): void {
    if (this.state !== "open") return;
    this.events?.onPacket(packet, this.clock.nowMs);
    if (this.isTurnAsked) return;
    this.isTurnAsked = true;
    this.clock.schedule(this.clock.nowMs, () => {
      this.tell(() => {
        this.turn();
      });
    });
  }

  private turn(): void {
    this.isTurnAsked = false;
    if (this.state === "open") this.events?.onTurn(this.clock.nowMs);
  }

  private receiveClose(code: number, reason: string): void {
    if (this.state !== "closing") this.end(code, reason);
  }

  private end(code: number, reason: string): void {
    if (this.state === "closed") return;
    this.state = "closed";
    this.tell(() => this.events?.onClose(code, reason));
  }

  private tell(run: () => void): void {
    if (this.isFrozen) this.missed.push(run);
    else run();
  }
}
