import { CongestionWindow } from "./congestion-window.ts";
import { RetransmissionTimer } from "./retransmission-timer.ts";
import { HEADER_BYTES, SEGMENT_BYTES_MAX } from "./segment.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { VirtualPath } from "./virtual-path.ts";

/**
 * What the kernel of a sender takes before it makes the process wait. Linux tunes it to the largest congestion window
 * so far: two of them, with what keeping a segment costs. Measured where the bottleneck holds 200 ms: 160 kB at
 * 1 Mbit/s, 780 at 8, 1500 at 25.
 */
const SEND_BUFFER_BYTES_MIN = 160_000;
export const SEND_BUFFER_BYTES_MAX = 1_500_000;
const SEND_BUFFER_PER_WINDOW = 3.2;

/** What the kernel of a receiver keeps for a process that does not read: the half of Linux's `tcp_rmem` it offers. */
export const RECEIVE_BUFFER_BYTES_MAX = 3_145_728;

/** How often a sender asks whether there is room again. */
const PROBE_MS = 200;

/** How large the parts of TCP are for one direction of a link. */
export interface WireOptions {
  readonly rttMs: number;
  /** What path and bottleneck hold together. */
  readonly pathBytes: number;
}

interface Message {
  readonly end: number;
  readonly arrive: () => void;
}

/**
 * One direction of a TCP connection, as the offsets that a byte of the stream passes one after the other:
 *
 *     written ≥ taken by the kernel ≥ sent ≥ acknowledged, and on the other side arrived ≥ read
 *
 * A message is told whole when its last byte has been read. Acknowledgements take half a round trip and no room.
 * Behind a loss nothing is sent until the timeout; a real sender repairs an outage shorter than that a little sooner.
 */
export class VirtualWire {
  /** Bytes of all segments that were sent, with their headers, retransmissions too. */
  carriedBytes = 0;
  isTorn = false;
  private readonly clock: VirtualClock;
  private readonly path: VirtualPath;
  private readonly window: CongestionWindow;
  private readonly timer: RetransmissionTimer;
  private readonly messages: Message[] = [];
  private sendBufferBytes = SEND_BUFFER_BYTES_MIN;
  private writtenEnd = 0;
  private takenEnd = 0;
  private sentEnd = 0;
  private ackedEnd = 0;
  private offeredEnd = RECEIVE_BUFFER_BYTES_MAX;
  private arrivedEnd = 0;
  private readEnd = 0;
  private holeEnd = 0;
  private isWriterFrozen = false;
  private isReaderFrozen = false;

  constructor(clock: VirtualClock, path: VirtualPath, { rttMs, pathBytes }: WireOptions) {
    this.clock = clock;
    this.path = path;
    this.window = new CongestionWindow(pathBytes);
    this.growSendBuffer();
    this.timer = new RetransmissionTimer(clock, rttMs, () => {
      this.timeOut();
    });
  }

  /** Bytes that the process could not give to the kernel yet. */
  get bufferedBytes(): number {
    return this.writtenEnd - this.takenEnd;
  }

  /** Bytes in the sender's kernel: not sent yet, or not acknowledged yet. */
  get kernelBytes(): number {
    return this.takenEnd - this.ackedEnd;
  }

  /** Bytes that wait at the bottleneck, with their headers. */
  get queuedBytes(): number {
    return this.isTorn ? 0 : this.path.queuedBytes(this.clock.nowMs);
  }

  /** When the newest segment that a stall held up arrives, and all that waited behind it; 0 before the first. */
  get heldUntilMs(): number {
    return this.path.heldUntilMs;
  }

  /** Bytes that have come to the receiver's kernel. */
  get receivedBytes(): number {
    return this.arrivedEnd;
  }

  /** Bytes in the receiver's kernel that its process has not read. */
  get unreadBytes(): number {
    return this.arrivedEnd - this.readEnd;
  }

  /** `arrive` is called when all of it has been read on the other side. */
  write(bytes: number, arrive: () => void): void {
    if (this.isTorn) return;
    const wasBlocked = this.bufferedBytes > 0;
    this.writtenEnd += bytes;
    this.messages.push({ end: this.writtenEnd, arrive });
    if (!wasBlocked) this.take();
    this.transmit();
  }

  freezeWriter(): void {
    this.isWriterFrozen = true;
  }

  thawWriter(): void {
    this.isWriterFrozen = false;
    this.takeWhenWritable();
    this.transmit();
  }

  freezeReader(): void {
    this.isReaderFrozen = true;
  }

  /** What has waited is read, and the sender hears that there is room. */
  thawReader(): void {
    const hasWaited = this.unreadBytes > 0;
    this.isReaderFrozen = false;
    this.read();
    if (hasWaited) this.acknowledge(this.clock.nowMs);
  }

  /** Nothing arrives any more. */
  tear(): void {
    this.isTorn = true;
    this.timer.stop();
    this.messages.length = 0;
    this.takenEnd = this.ackedEnd = this.sentEnd = this.readEnd = this.arrivedEnd = this.writtenEnd;
  }

  private growSendBuffer(): void {
    const wantedBytes = Math.floor(Math.min(SEND_BUFFER_PER_WINDOW * this.window.bytes, SEND_BUFFER_BYTES_MAX));
    this.sendBufferBytes = Math.max(this.sendBufferBytes, wantedBytes);
  }

  private take(): void {
    if (!this.isWriterFrozen) this.takenEnd = Math.min(this.writtenEnd, this.ackedEnd + this.sendBufferBytes);
  }

  /** A process that had to wait is woken when a third of the buffer is free again, as on Linux. */
  private takeWhenWritable(): void {
    if (this.bufferedBytes > 0 && 3 * this.kernelBytes <= 2 * this.sendBufferBytes) this.take();
  }

  private transmit(): void {
    while (this.sentEnd < this.takenEnd && this.holeEnd <= this.ackedEnd) {
      const bytes = Math.min(SEGMENT_BYTES_MAX, this.takenEnd - this.sentEnd);
      const end = this.sentEnd + bytes;
      if (end > this.offeredEnd || end > this.ackedEnd + this.window.bytes) break;
      this.sentEnd = end;
      this.sendSegment(end, bytes);
    }
  }

  private sendSegment(end: number, bytes: number): void {
    const sentMs = this.clock.nowMs;
    const arrivalMs = this.path.carry(sentMs, bytes + HEADER_BYTES);
    this.carriedBytes += bytes + HEADER_BYTES;
    if (arrivalMs === undefined) {
      this.holeEnd = end;
      this.timer.lose(end);
      return;
    }
    this.clock.schedule(arrivalMs, () => {
      if (this.isTorn) return;
      this.arrivedEnd = Math.max(this.arrivedEnd, end);
      if (!this.isReaderFrozen) this.read();
      this.acknowledge(sentMs);
    });
  }

  private read(): void {
    this.readEnd = this.arrivedEnd;
    while (!this.isReaderFrozen && this.messages.length > 0 && this.messages[0]!.end <= this.readEnd) {
      this.messages.shift()!.arrive();
    }
  }

  private acknowledge(sentMs: number): void {
    if (this.isTorn) return;
    const arrivedEnd = this.arrivedEnd;
    const offeredEnd = this.readEnd + RECEIVE_BUFFER_BYTES_MAX;
    const arrivalMs = this.path.flash(this.clock.nowMs);
    if (arrivalMs === undefined) {
      this.loseAcknowledgement(arrivedEnd, sentMs);
      return;
    }
    this.clock.schedule(arrivalMs, () => {
      if (!this.isTorn) this.onAcknowledged(arrivedEnd, offeredEnd, sentMs);
    });
  }

  /** The sender sends again what it takes for lost; when it waits for room only, it asks. */
  private loseAcknowledgement(arrivedEnd: number, sentMs: number): void {
    if (arrivedEnd > this.ackedEnd) {
      this.timer.lose(arrivedEnd);
      return;
    }
    this.clock.schedule(this.clock.nowMs + PROBE_MS, () => {
      this.acknowledge(sentMs);
    });
  }

  private onAcknowledged(arrivedEnd: number, offeredEnd: number, sentMs: number): void {
    if (arrivedEnd > this.ackedEnd) {
      this.window.acknowledge(arrivedEnd - this.ackedEnd, this.sentEnd - this.ackedEnd);
      this.growSendBuffer();
      this.timer.acknowledge(arrivedEnd, this.clock.nowMs - sentMs);
      this.ackedEnd = arrivedEnd;
      this.sentEnd = Math.max(this.sentEnd, arrivedEnd);
    }
    this.offeredEnd = Math.max(this.offeredEnd, offeredEnd);
    this.takeWhenWritable();
    this.transmit();
  }

  private timeOut(): void {
    if (this.isTorn) return;
    this.holeEnd = 0;
    this.sentEnd = this.ackedEnd;
    this.window.timeOut();
    this.transmit();
  }
}
