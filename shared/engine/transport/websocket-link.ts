import { CloseCode } from "./close-code.ts";
import type { Link, LinkEvents } from "./link.ts";

/** What the browser's WebSocket and that of `ws` have in common. */
export interface WebSocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(packet: Uint8Array<ArrayBuffer>): void;
  close(code: number, reason: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

/** What a link needs of the event loop it lives in. */
export interface EventLoop {
  /** A monotonic clock, in milliseconds; it stamps what arrives. */
  nowMs(): number;
  /** Runs `run` when what has arrived already has been told: soon, and in a hidden tab too. */
  defer(run: () => void): void;
}

const OPEN = 1;
const REASON_BYTES_MAX = 123;

/**
 * A link over anything shaped like a WebSocket whose `binaryType` is "arraybuffer" or "nodebuffer".
 *
 * Text messages are refused: everything of ours is binary, and a peer that sends text speaks something else.
 */
export class WebSocketLink implements Link {
  private readonly socket: WebSocketLike;
  private readonly eventLoop: EventLoop;
  private hasClosed = false;
  private isTurnAsked = false;

  constructor(socket: WebSocketLike, eventLoop: EventLoop) {
    this.socket = socket;
    this.eventLoop = eventLoop;
  }

  get bufferedBytes(): number {
    return this.socket.bufferedAmount;
  }

  send(packet: Uint8Array): void {
    // The encoders write into ordinary ArrayBuffers; the types of TypeScript also allow shared ones.
    if (this.socket.readyState === OPEN) this.socket.send(packet as Uint8Array<ArrayBuffer>);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, cutReason(reason));
  }

  listen(events: LinkEvents): void {
    this.socket.onopen = () => {
      events.onOpen();
    };
    this.socket.onmessage = ({ data }: { data: unknown }) => {
      this.receive(data, events);
    };
    this.socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      if (this.hasClosed) return;
      this.hasClosed = true;
      events.onClose(code, reason);
    };
    // An error is always followed by a close, which says more.
    this.socket.onerror = () => undefined;
    if (this.socket.readyState === OPEN) events.onOpen();
  }

  private receive(data: unknown, events: LinkEvents): void {
    if (this.hasClosed) return;
    const nowMs = this.eventLoop.nowMs();
    if (data instanceof Uint8Array) events.onPacket(data, nowMs);
    else if (data instanceof ArrayBuffer) events.onPacket(new Uint8Array(data), nowMs);
    else this.refuseText(events);
    this.askTurn(events);
  }

  /** Ends at once: what follows is not read, and a peer that never answers the close frame has said text all the same. */
  private refuseText(events: LinkEvents): void {
    const reason = "Text messages are refused: Tickwire speaks binary only.";
    this.hasClosed = true;
    this.close(CloseCode.TEXT_REFUSED, reason);
    events.onClose(CloseCode.TEXT_REFUSED, reason);
  }

  private askTurn(events: LinkEvents): void {
    if (this.isTurnAsked) return;
    this.isTurnAsked = true;
    this.eventLoop.defer(() => {
      this.isTurnAsked = false;
      if (!this.hasClosed) events.onTurn(this.eventLoop.nowMs());
    });
  }
}

/** A close frame has room for 123 bytes; our texts are ASCII, so a character is a byte. */
function cutReason(reason: string): string {
  const ascii = reason.replace(/[^\x20-\x7e]/g, "?");
  return ascii.length > REASON_BYTES_MAX ? `${ascii.slice(0, REASON_BYTES_MAX - 3)}...` : ascii;
}
