import {
  BULK_ANSWER_OPCODE,
  BULK_DONE_OPCODE,
  BULK_END_OPCODE,
  BULK_OFFER_OPCODE,
  BULK_STOP_OPCODE,
  decodeBulkAnswer,
  decodeBulkDone,
  decodeBulkEnd,
  decodeBulkOffer,
  decodeBulkStop,
} from "../../schema/generated/engine.ts";
import type { BulkSource, BulkTransfer } from "./bulk.ts";
import { type BulkReception, BulkReceiver } from "./bulk-receiver.ts";
import { BulkSender } from "./bulk-sender.ts";
import { Lane, LANE_LIMITS, type LaneLimits, type ReliableLane } from "./lane.ts";
import { OutgoingMessages } from "./outgoing-messages.ts";
import type { QueueVisitor } from "./queue-visitor.ts";

/** By reliable lane, how many whole messages a side has received in a session: u32, modulo 2³². */
export interface Received {
  readonly control: number;
  readonly event: number;
  readonly bulk: number;
}

/** A whole message that has arrived, and when: on the clock that stamps the link's packets, in milliseconds. */
export interface ReceivedMessage {
  readonly bytes: Uint8Array;
  readonly atMs: number;
}

/**
 * What of a session's lanes outlives a connection: messages that are not known to have arrived, what has arrived and
 * was not read, and transfers under way.
 */
export class Lanes {
  readonly limits: LaneLimits;
  readonly sender: BulkSender;
  readonly receiver: BulkReceiver;
  private readonly outgoing: Readonly<Record<ReliableLane, OutgoingMessages>>;
  private readonly receivedCounts: Record<ReliableLane, number>;
  private inbox: ReceivedMessage[] = [];
  private inboxBytes = 0;
  private isOverfull = false;

  /**
   * `reception`: where transfers of the other side go; undefined refuses them all. `firstNumber`: what the first message
   * of each lane is called, the same at both ends, and the first transfer.
   */
  constructor(reception?: BulkReception, limits: LaneLimits = LANE_LIMITS, firstNumber = 0) {
    this.limits = limits;
    const { controlBytesMax, eventBytesMax, bulkBytesMax, keptMessagesMax, transfersMax } = limits;
    this.outgoing = {
      [Lane.CONTROL]: new OutgoingMessages(Lane.CONTROL, controlBytesMax, keptMessagesMax, firstNumber),
      [Lane.EVENT]: new OutgoingMessages(Lane.EVENT, eventBytesMax, keptMessagesMax, firstNumber),
      [Lane.BULK]: new OutgoingMessages(Lane.BULK, bulkBytesMax, keptMessagesMax, firstNumber),
    };
    const first = firstNumber >>> 0;
    this.receivedCounts = { [Lane.CONTROL]: first, [Lane.EVENT]: first, [Lane.BULK]: first };
    const control = {
      control: (message: Uint8Array): void => {
        this.send(Lane.CONTROL, message);
      },
    };
    this.sender = new BulkSender(control, transfersMax, first);
    this.receiver = new BulkReceiver(control, transfersMax, reception ?? (() => undefined));
  }

  /** A lane has more than it may keep, or more has arrived than anybody reads: the connection is to be closed. */
  get overflow(): "outgoing" | "inbox" | undefined {
    const { inboxMessagesMax, inboxBytesMax } = this.limits;
    if (this.isOverfull) return "outgoing";
    return this.inbox.length > inboxMessagesMax || this.inboxBytes > inboxBytesMax ? "inbox" : undefined;
  }

  get received(): Received {
    const counts = this.receivedCounts;
    return { control: counts[Lane.CONTROL], event: counts[Lane.EVENT], bulk: counts[Lane.BULK] };
  }

  /** What waits or is not known to have arrived, in bytes. */
  get keptBytes(): number {
    const { outgoing } = this;
    return outgoing[Lane.CONTROL].keptBytes + outgoing[Lane.EVENT].keptBytes + outgoing[Lane.BULK].keptBytes;
  }

  /** Tells of all that waits here, or is kept. */
  eachQueue(visit: QueueVisitor): void {
    const { outgoing, limits } = this;
    outgoing[Lane.CONTROL].eachQueue(visit);
    outgoing[Lane.EVENT].eachQueue(visit);
    outgoing[Lane.BULK].eachQueue(visit);
    this.sender.eachQueue(visit);
    visit("messages that nobody has read", this.inbox.length, limits.inboxMessagesMax);
    visit("bytes that nobody has read", this.inboxBytes, limits.inboxBytesMax);
  }

  /** The messages of a lane that are to be sent. */
  of(lane: ReliableLane): OutgoingMessages {
    return this.outgoing[lane];
  }

  /** Puts a message into a lane, unless one has overflowed: what follows a gap is worth nothing. It leaves with the connection's next packet, if the lane's turn comes. */
  send(lane: ReliableLane, message: Uint8Array): void {
    if (!this.isOverfull) this.isOverfull = !this.outgoing[lane].push(message);
  }

  /** Begins a transfer; see `BulkTransfer`. Throws a RangeError when more than a thousand wait already. */
  sendBulk(source: BulkSource): BulkTransfer {
    return this.sender.send(source);
  }

  /** What was taken from the lanes leaves with a packet that ends at `end` of the connection's stream. */
  sent(end: number): void {
    this.outgoing[Lane.CONTROL].sent(end);
    this.outgoing[Lane.EVENT].sent(end);
    this.outgoing[Lane.BULK].sent(end);
    this.sender.sent(end);
  }

  acked(acked: number): void {
    this.outgoing[Lane.CONTROL].acked(acked);
    this.outgoing[Lane.EVENT].acked(acked);
    this.outgoing[Lane.BULK].acked(acked);
    this.sender.acked(acked);
  }

  /** A whole message has arrived, at `atMs`. False when it is the engine's own and makes no sense. */
  receive(lane: Lane, message: Uint8Array, atMs: number): boolean {
    if (isReliable(lane)) this.receivedCounts[lane] = (this.receivedCounts[lane] + 1) >>> 0;
    if (lane === Lane.CONTROL) {
      const verdict = this.receiveControl(message);
      if (verdict !== undefined) return verdict;
    }
    this.inbox.push({ bytes: message, atMs });
    this.inboxBytes += message.length;
    return true;
  }

  /** Everything that has arrived and was not taken yet, oldest first. */
  takeMessages(): readonly ReceivedMessage[] {
    const messages = this.inbox;
    this.inbox = [];
    this.inboxBytes = 0;
    return messages;
  }

  /** The connection is lost; a new one may come. */
  suspend(): void {
    this.outgoing[Lane.CONTROL].suspend();
    this.outgoing[Lane.EVENT].suspend();
    this.outgoing[Lane.BULK].suspend();
    this.sender.suspend();
  }

  /**
   * On a new connection, behind `suspend` for the one before: the other side has so much, and the rest is told again.
   * False when it cannot have that. What it says on the new connection may have come already.
   */
  resume(theirs: Received): boolean {
    const { outgoing } = this;
    const isGood =
      outgoing[Lane.CONTROL].resume(theirs.control) &&
      outgoing[Lane.EVENT].resume(theirs.event) &&
      outgoing[Lane.BULK].resume(theirs.bulk);
    if (!isGood) return false;
    this.receiver.resume();
    return true;
  }

  /** The session is over: transfers end. */
  lose(): void {
    this.sender.lose();
    this.receiver.lose();
  }

  /** Undefined for what is somebody else's. */
  private receiveControl(message: Uint8Array): boolean | undefined {
    const opcode = message[0] ?? -1;
    switch (opcode) {
      case BULK_OFFER_OPCODE: {
        const offer = decodeBulkOffer(message);
        return offer !== undefined && this.receiver.offered(offer);
      }
      case BULK_ANSWER_OPCODE: {
        const answer = decodeBulkAnswer(message);
        return answer !== undefined && this.sender.answered(answer);
      }
      case BULK_DONE_OPCODE: {
        const done = decodeBulkDone(message);
        return done !== undefined && this.sender.done(done.id);
      }
      case BULK_STOP_OPCODE: {
        const stop = decodeBulkStop(message);
        if (stop !== undefined) this.sender.stopped(stop.id);
        return stop !== undefined;
      }
      case BULK_END_OPCODE: {
        const end = decodeBulkEnd(message);
        if (end !== undefined) this.receiver.ended(end.id);
        return end !== undefined;
      }
      default:
        return undefined;
    }
  }
}

function isReliable(lane: Lane): lane is ReliableLane {
  return lane === Lane.CONTROL || lane === Lane.EVENT || lane === Lane.BULK;
}
