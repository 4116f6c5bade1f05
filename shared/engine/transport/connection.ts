import { CloseCode, type CloseReason } from "./close-code.ts";
import { connectionCounters } from "./connection-counters.ts";
import { CREDIT_WINDOW_LIMITS, CreditWindow, type CreditWindowLimits } from "./credit-window.ts";
import { HANDSHAKE_LANE, type Ack, type Frame, type OutgoingFrame, PacketWriter, Part, readPacket } from "./packet.ts";
import { Lane, LANE_COUNT, LANE_SHARES, type ReliableLane } from "./lane.ts";
import { LaneScheduler } from "./lane-scheduler.ts";
import type { Lanes } from "./lanes.ts";
import { LatestMessages } from "./latest-messages.ts";
import type { Link } from "./link.ts";
import { MessageAssembler } from "./message-assembler.ts";
import { PendingAnswer } from "./pending-answer.ts";
import type { QueueVisitor } from "./queue-visitor.ts";
import { STALL_MS_MIN, StallWatch } from "./stall-watch.ts";

/** A side that has nothing to say says so this often, and the other side answers. */
const HEARTBEAT_MS = 1_000;
/** With no answer for so long the peer does not read. */
const PROGRESS_MS_MAX = 15_000;
const HANDSHAKE_BYTES_MAX = 8_192;
/** Of a chunk, what its frame's head takes. */
const CHUNK_HEAD_BYTES = 2;
const RTT_SAMPLES_MAX = 64;
/** Frames between two calls of `flush`: far more than a fast upload has in a second. */
const FRAMES_MAX = 4096;
const HEARTBEAT = new Uint8Array(0);

/**
 * The lanes of a session over a link.
 *
 * What is sent waits for `flush`, which the tick or the display frame calls; then everything urgent leaves in one
 * packet, and what is large behind it in packets of its own, as far as the credit window allows. Answers make room for
 * more: they are taken, and given, as packets arrive.
 *
 * The first message of each side goes without lanes: `sendHandshake` and `takeHandshake`. After it the lanes are given,
 * which may be those of an earlier connection.
 */
export class Connection {
  readonly counters = connectionCounters();
  /** While it holds, bulk messages and transfers wait: nobody looks. */
  isBulkPaused = false;
  private readonly link: Link;
  private readonly window: CreditWindow;
  private readonly scheduler = new LaneScheduler(LANE_SHARES);
  private readonly writer = new PacketWriter();
  private readonly latest = new LatestMessages();
  private readonly answer = new PendingAnswer();
  private readonly assemblers: MessageAssembler[] = [];
  /** By lane, when the last part of a message came. */
  private readonly partMs: number[] = [];
  private lanes: Lanes | undefined;
  private mayUseLanes = false;
  private ending: CloseReason | undefined;
  private opened = false;
  private handshakeOut: Uint8Array | undefined;
  private handshakeIn: Uint8Array | undefined;
  private hasHandshake = false;
  private heardMs: number | undefined;
  private spokeMs: number | undefined;
  private eventCredit = 0;
  private flushedMs: number | undefined;
  private readonly stalls: StallWatch;
  private frames = 0;
  private readonly realtimeStallMsMin: number;
  private nowMs = 0;
  private rttSamples: number[] = [];

  /**
   * `realtimeStallMsMin`: at least so late is the oldest answer before the realtime lane waits, in milliseconds.
   */
  constructor(link: Link, windowLimits: CreditWindowLimits = CREDIT_WINDOW_LIMITS, realtimeStallMsMin = STALL_MS_MIN) {
    this.link = link;
    this.realtimeStallMsMin = realtimeStallMsMin;
    this.window = new CreditWindow(windowLimits);
    this.stalls = new StallWatch(this.window);
    link.listen({
      onOpen: () => {
        this.opened = true;
      },
      onPacket: (packet, receivedAtMs) => {
        this.receive(packet, receivedAtMs);
      },
      onTurn: (nowMs) => {
        this.pump(nowMs);
      },
      onClose: (code, reason) => {
        // By the time that a close of ours is answered, the lanes may go on over another connection.
        if (this.ending !== undefined) return;
        this.ending = { code, reason };
        this.lanes?.suspend();
      },
    });
  }

  /** True from the moment the link can carry packets, and after it has closed too. */
  get isOpen(): boolean {
    return this.opened;
  }

  /** Why the connection ended, whoever ended it; undefined while it lives. */
  get ended(): CloseReason | undefined {
    return this.ending;
  }

  /** A smoothed round trip in milliseconds; undefined before the first. */
  get rttMs(): number | undefined {
    return this.window.rttMs;
  }

  /** What bulk may have under way together with everything else, in bytes. */
  get windowBytes(): number {
    return this.window.windowBytes;
  }

  /** What is under way: sent, and not answered yet. */
  get inflightBytes(): number {
    return this.window.inflightBytes;
  }

  /** Of the bytes that count, those that the peer is known to have. */
  get answeredBytes(): number {
    return this.window.ackedBytes;
  }

  /** Tells of what is under way, without what the lanes keep. */
  eachQueue(visit: QueueVisitor): void {
    this.window.eachQueue(visit);
    if (this.lanes !== undefined) visit("bytes of parts", this.heldBytes, this.lanes.limits.messageBytesMax);
  }

  /** How long nothing has been heard of the peer, or no answer came to what it should answer; in milliseconds. */
  silentMs(nowMs: number): number {
    return Math.max(nowMs - (this.heardMs ?? nowMs), this.window.oldestFlightMs(nowMs));
  }

  /** How long the oldest packet has been without an answer, in milliseconds. */
  unansweredMs(nowMs: number): number {
    return this.window.oldestFlightMs(nowMs);
  }

  /** The first message of this side: it leaves with the next `flush`, in front of everything else. */
  sendHandshake(message: Uint8Array): void {
    this.handshakeOut = message;
  }

  /** The first message of the other side, once. */
  takeHandshake(): Uint8Array | undefined {
    const message = this.handshakeIn;
    this.handshakeIn = undefined;
    return message;
  }

  /** From now on the lanes take what arrives; what they have to send waits for `begin`. */
  open(lanes: Lanes): void {
    this.lanes = lanes;
    const { messageBytesMax } = lanes.limits;
    for (let lane = 0; lane < Lane.STREAM; lane++) this.assemblers.push(new MessageAssembler(messageBytesMax));
  }

  /** The handshake is over: the lanes may send. */
  begin(): void {
    this.mayUseLanes = true;
  }

  /** Sends a message on its lane, which is open. One that a newer one replaces leaves with the next `flush` that may take it. */
  send(lane: ReliableLane | typeof Lane.REALTIME, message: Uint8Array): void {
    if (lane === Lane.REALTIME) this.sendLatest(message);
    else this.lanes?.send(lane, message);
    this.checkOverflow();
  }

  /** Sends what a newer message of its kind replaces. It waits for the next `flush` that it may leave with. */
  sendLatest(message: Uint8Array): void {
    if (this.ending === undefined) this.latest.put(message);
  }

  /**
   * Whether a message of the realtime lane with this opcode would leave with the next `flush`: the moment to make it.
   * While the path is stalled it would be old when it arrives.
   */
  mayWriteLatest(nowMs: number, opcode: number): boolean {
    if (this.ending !== undefined || !this.mayUseLanes || !this.latest.mayPut(opcode)) return false;
    return this.link.bufferedBytes === 0 && !this.stalls.isStalled(nowMs, this.realtimeStallMsMin);
  }

  /** Sends what may leave now. Call it after every tick or display frame, and at least four times a second. */
  flush(nowMs: number): void {
    this.heardMs ??= nowMs;
    this.spokeMs ??= nowMs;
    this.lanes?.sender.wake();
    this.eventCredit = this.window.chunkBytes;
    this.frames = 0;
    this.pump(nowMs);
    const untilNextMs = nowMs - (this.flushedMs ?? nowMs);
    this.flushedMs = nowMs;
    if (this.answer.isDue(nowMs, untilNextMs)) this.writeAnswer();
    this.beat(nowMs);
    this.checkProgress(nowMs);
  }

  /** The round trips measured since the last call, in milliseconds: the newest 64. */
  takeRttSamples(): readonly number[] {
    const samples = this.rttSamples;
    this.rttSamples = [];
    return samples;
  }

  /** Ends the connection. */
  close(code: number, reason: string): void {
    if (this.ending !== undefined) return;
    this.ending = { code, reason };
    this.lanes?.suspend();
    this.link.close(code, reason);
  }

  private checkProgress(nowMs: number): void {
    if (this.window.oldestFlightMs(nowMs) > PROGRESS_MS_MAX) {
      this.close(CloseCode.NO_PROGRESS, "Nothing has arrived for 15 seconds. Try again on a better network.");
    }
    // Large messages may pause in the middle; those of the other lanes have no reason to.
    for (let lane = 0; lane < Lane.BULK && lane < this.assemblers.length; lane++) {
      if (this.assemblers[lane]!.heldBytes === 0 || nowMs - this.partMs[lane]! <= PROGRESS_MS_MAX) continue;
      this.close(CloseCode.BAD_MESSAGE, "A message was begun, and not gone on with for 15 seconds.");
    }
  }

  private beat(nowMs: number): void {
    if (!this.mayUseLanes || this.ending !== undefined || nowMs - this.spokeMs! < HEARTBEAT_MS) return;
    this.add({ lane: Lane.CONTROL, part: Part.WHOLE, messageBytes: 0, payload: HEARTBEAT });
    this.writePacket();
  }

  private pump(nowMs: number): void {
    if (this.ending !== undefined || !this.opened) return;
    this.nowMs = nowMs;
    if (this.handshakeOut !== undefined) {
      const payload = this.handshakeOut;
      this.handshakeOut = undefined;
      this.add({ lane: HANDSHAKE_LANE, part: Part.WHOLE, messageBytes: payload.length, payload });
    }
    if (this.mayUseLanes) this.pumpLanes(this.link.bufferedBytes === 0);
    this.latest.leaveOver();
    this.writePacket();
    if (this.answer.isDue(nowMs)) this.writeAnswer();
  }

  /** `isLinkFree`: everything that was given to the link has left this program. Else nothing new goes behind it. */
  private pumpLanes(isLinkFree: boolean): void {
    const isFlowing = isLinkFree && !this.stalls.isStalled(this.nowMs);
    const isRealtimeFlowing = isLinkFree && !this.stalls.isStalled(this.nowMs, this.realtimeStallMsMin);
    const waits = (lane: number): boolean => this.waits(lane as Lane);
    const may = (lane: number): boolean => {
      if (lane === Lane.CONTROL) return true;
      return lane === Lane.REALTIME ? isRealtimeFlowing : isFlowing && this.admits(lane as Lane);
    };
    for (;;) {
      const turn = this.scheduler.next(waits, may);
      if (typeof turn !== "number") return;
      const isApart = turn === Lane.BULK || turn === Lane.STREAM;
      if (isApart) this.writePacket();
      const frame = this.take(turn as Lane);
      if (frame === undefined) continue;
      this.scheduler.spend(turn, frame.payload.length);
      this.add(frame);
      if (isApart || this.writer.room < this.window.chunkBytes) this.writePacket();
    }
  }

  private waits(lane: Lane): boolean {
    if (lane === Lane.REALTIME) return this.latest.isWaiting;
    // What pauses is owed nothing: others must not wait until a debt to it is paid.
    if (this.isBulkPaused && (lane === Lane.BULK || lane === Lane.STREAM)) return false;
    if (lane === Lane.STREAM) return this.lanes!.sender.isWaiting;
    return this.lanes!.of(lane).isWaiting;
  }

  private admits(lane: Lane): boolean {
    const chunk = this.window.chunkBytes;
    if (lane === Lane.EVENT) return this.eventCredit > 0 || this.window.admits(this.writer.bytes + chunk);
    return this.window.admits(chunk);
  }

  private take(lane: Lane): OutgoingFrame | undefined {
    const { room } = this.writer;
    const chunk = Math.min(room, this.window.chunkBytes - CHUNK_HEAD_BYTES);
    if (lane === Lane.REALTIME) return this.latest.take(room);
    if (lane === Lane.STREAM) return this.lanes!.sender.take(chunk);
    const frame = this.lanes!.of(lane).take(lane === Lane.CONTROL ? room : chunk);
    if (lane === Lane.EVENT) this.eventCredit -= frame.payload.length;
    return frame;
  }

  private add(frame: OutgoingFrame): void {
    if (this.writer.isEmpty) this.addAnswer();
    this.writer.add(frame);
    if (frame.lane < LANE_COUNT) this.counters.laneSentBytes[frame.lane]! += frame.payload.length;
  }

  private addAnswer(): void {
    const ack = this.answer.take(this.nowMs);
    if (ack !== undefined) this.writer.ack(ack);
  }

  private writeAnswer(): void {
    if (this.ending !== undefined || !this.opened) return;
    this.addAnswer();
    this.writePacket();
  }

  private writePacket(): void {
    if (this.writer.isEmpty) return;
    const { packet, counted } = this.writer.take();
    this.link.send(packet);
    this.counters.sentBytes += packet.length;
    this.counters.sentPackets += 1;
    if (counted === 0) return;
    this.spokeMs = this.nowMs;
    this.window.sent(counted, this.nowMs);
    this.lanes?.sent(this.window.sentBytes);
  }

  private receive(packet: Uint8Array, receivedAtMs: number): void {
    if (this.ending !== undefined) return;
    this.counters.receivedBytes += packet.length;
    this.counters.receivedPackets += 1;
    this.heardMs = receivedAtMs;
    const isGood = readPacket(packet, {
      onAck: (ack) => this.receiveAnswer(ack, receivedAtMs),
      onFrame: (frame) => this.receiveFrame(frame, receivedAtMs),
    });
    const what = this.hasHandshake ? "packet" : "Hello";
    if (!isGood) this.close(CloseCode.BAD_MESSAGE, `These ${packet.length} bytes are no ${what}.`);
    this.checkOverflow();
  }

  private receiveAnswer({ bytes, holdMs }: Ack, nowMs: number): boolean {
    this.stalls.heard(holdMs);
    const trips = this.window.tripCount;
    if (!this.window.acked(bytes, holdMs, nowMs)) return false;
    if (this.window.tripCount > trips) {
      this.rttSamples.push(this.window.lastRttMs);
      if (this.rttSamples.length > RTT_SAMPLES_MAX) this.rttSamples.shift();
    }
    this.lanes?.acked(this.window.ackedBytes);
    return true;
  }

  private receiveFrame(frame: Frame, nowMs: number): boolean {
    const isLarge = frame.lane === Lane.BULK || frame.lane === Lane.STREAM || frame.part !== Part.WHOLE;
    this.answer.add(frame.bytes, nowMs, isLarge);
    this.frames += 1;
    if (this.frames > FRAMES_MAX) this.close(CloseCode.FLOOD, "Too much at once.");
    if (this.ending !== undefined) return true;
    if (frame.lane === HANDSHAKE_LANE) return this.receiveHandshake(frame);
    if (this.lanes === undefined) {
      this.close(CloseCode.OUT_OF_ORDER, "The first message must be Hello.");
      return true;
    }
    const lane = frame.lane as Lane;
    this.counters.laneReceivedBytes[lane]! += frame.payload.length;
    if (lane === Lane.STREAM) return this.lanes.receiver.take(frame);
    if (lane === Lane.CONTROL && frame.part === Part.WHOLE && frame.payload.length === 0) return true;
    const message = this.assemblers[lane]!.add(frame);
    this.partMs[lane] = nowMs;
    if (message === "too large" || (message === "partial" && this.heldBytes > this.lanes.limits.messageBytesMax)) {
      const max = this.lanes.limits.messageBytesMax;
      this.close(CloseCode.TOO_LARGE, `A message has at most ${max} bytes, and so have all that are not whole yet.`);
      return true;
    }
    if (message === "bad") return false;
    return message === "partial" || this.lanes.receive(lane, message, nowMs);
  }

  /** Of messages that are not whole yet, on all lanes. */
  private get heldBytes(): number {
    return this.assemblers.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
  }

  private receiveHandshake({ part, payload }: Frame): boolean {
    if (part !== Part.WHOLE || payload.length > HANDSHAKE_BYTES_MAX) return false;
    if (this.hasHandshake) {
      this.close(CloseCode.OUT_OF_ORDER, "Hello was said before.");
      return true;
    }
    this.hasHandshake = true;
    this.handshakeIn = payload;
    return true;
  }

  private checkOverflow(): void {
    const overflow = this.lanes?.overflow;
    if (overflow === "inbox") this.close(CloseCode.FLOOD, "Too many messages at once.");
    if (overflow === "outgoing") {
      this.close(CloseCode.TOO_SLOW, "The connection is too slow: messages pile up. Try again on a better network.");
    }
  }
}
