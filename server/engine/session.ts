import { CloseCode, type CloseReason, type PlayerId, type Protocol, type QueueVisitor } from "#engine/shared";
import type { Connection } from "../../shared/engine/transport/connection.ts";
import { GAME_OPCODE_MIN, laneOf } from "../../shared/engine/transport/lane.ts";
import type { Lanes, Received } from "../../shared/engine/transport/lanes.ts";
import { REQUEST_LIMITS, Requests } from "../../shared/engine/transport/requests.ts";
import {
  DESYNC_REPORT_OPCODE,
  decodeDesyncReport,
  decodeInputs,
  decodeWatching,
  type DesyncReport,
  INPUTS_OPCODE,
  SNAPSHOT_OPCODE,
  WATCHING_OPCODE,
} from "../../shared/schema/generated/engine.ts";
import { InputBuffer } from "./input-buffer.ts";
import { MessageBudget } from "./message-budget.ts";
import type { Arrival } from "./newcomers.ts";
import type { PlayerView } from "./player-view.ts";
import { SessionLife } from "./session-life.ts";

const MESSAGES_PER_TICK = 8;
/** Some 17 seconds of an honest client's messages at 30 Hz. */
const MESSAGES_SAVED_MAX = 512;
/** Why a connection is closed when another one takes the session over. */
export const GOES_ON = "The session goes on over a newer connection.";
export const SESSION_OVER: CloseReason = {
  code: CloseCode.SESSION_LOST,
  reason: "There is no such session here, or not any more. Join again.",
};
/** How often a page that nobody looks at gets a snapshot. */
const HIDDEN_SNAPSHOT_MS = 1_000;

/** `Snapshot.inputSlack` and `Inputs.viewAge` are told in steps of so many milliseconds. */
const STEP_MS = 2;
const SLACK_STEPS_MAX = 127;
const NO_SLACK = -128;
const LEADS_KEPT_MAX = 600;

/** Who plays, over what, and in which words. */
export interface SessionOptions<Input, ClientMessage> {
  readonly view: PlayerView;
  readonly arrival: Arrival;
  readonly lanes: Lanes;
  /** Of its requests, as of its lanes. */
  readonly firstNumber: number;
  readonly protocol: Protocol<Input, ClientMessage>;
  /** Of the room, per second. */
  readonly tickRate: number;
  /** The newest version of the schema that the client knows. */
  readonly peerVersion: number;
  /** False for a report that no honest client sends. */
  readonly onDesyncReport: (report: DesyncReport) => boolean;
}

/**
 * A player as the room sees it: what arrived on the connection, sorted into inputs and game messages.
 * The first bad message ends the connection, with a code and a text.
 */
export class Session<Input, ClientMessage> {
  readonly playerId: PlayerId;
  readonly lanes: Lanes;
  readonly life = new SessionLife();
  readonly inputs: InputBuffer<Input>;
  /** What the client was asked, and has not answered yet. */
  readonly requests: Requests;
  /** The newest version of the schema that both sides know. */
  readonly version: number;
  /** What the client knows of the world. */
  readonly view: PlayerView;
  private present: Connection;
  private order: number;
  private isHidden = false;
  private readonly tickMs: number;
  /** Of the inputs since the last snapshot, in milliseconds. */
  private leastSlackMs = Infinity;
  private leadsMs: number[] = [];
  private snapshotMs = -Infinity;
  private readonly onDesyncReport: (report: DesyncReport) => boolean;
  private readonly protocol: Protocol<Input, ClientMessage>;
  private readonly peerVersion: number;
  private readonly budget = new MessageBudget(MESSAGES_PER_TICK, MESSAGES_SAVED_MAX);

  constructor(options: SessionOptions<Input, ClientMessage>) {
    this.view = options.view;
    this.inputs = new InputBuffer(options.tickRate);
    this.tickMs = 1_000 / options.tickRate;
    this.playerId = options.view.playerId;
    this.version = options.view.version;
    this.lanes = options.lanes;
    this.requests = new Requests(REQUEST_LIMITS, options.firstNumber);
    this.present = options.arrival.connection;
    this.order = options.arrival.order;
    this.present.open(this.lanes);
    this.present.begin();
    this.protocol = options.protocol;
    this.peerVersion = options.peerVersion;
    this.onDesyncReport = options.onDesyncReport;
  }

  get connection(): Connection {
    return this.present;
  }

  /** Sends an encoded message of the game on the lane that its schema says. */
  send(message: Uint8Array): void {
    this.present.send(laneOf(message, this.protocol.lanes), message);
  }

  /** Tells of everything that waits for or from the player. */
  eachQueue(visit: QueueVisitor): void {
    this.lanes.eachQueue(visit);
    this.present.eachQueue(visit);
    this.inputs.eachQueue(visit);
    visit("requests without an answer", this.requests.size, REQUEST_LIMITS.pendingMax);
  }

  /** Whether a connection is from before the present one: a client that opened both has given it up. */
  isPast({ order }: Arrival): boolean {
    return order < this.order;
  }

  /** Goes on over a new connection, whose client has received so much. False when it cannot have. */
  resume({ connection, order }: Arrival, received: Received): boolean {
    this.present.close(CloseCode.REPLACED, GOES_ON);
    this.present = connection;
    this.order = order;
    this.view.peer.clear();
    if (!this.lanes.resume(received)) return false;
    connection.isBulkPaused = this.isHidden;
    connection.open(this.lanes);
    connection.begin();
    return true;
  }

  /** The client has answered to something behind the handshake's message, and so has the token in it. */
  get hasNewestToken(): boolean {
    return this.present.answeredBytes > 0;
  }

  /** The player is gone for good. */
  end(): void {
    // One that is silent may come back to life, and must not speak with a room that no longer listens.
    this.present.close(SESSION_OVER.code, SESSION_OVER.reason);
    this.requests.close();
    this.lanes.lose();
  }

  /** Whether a snapshot would leave at once, and somebody would look at it. */
  wantsSnapshot(nowMs: number): boolean {
    if (this.life.state !== "live" || !this.present.mayWriteLatest(nowMs, SNAPSHOT_OPCODE)) return false;
    return !this.isHidden || nowMs - this.snapshotMs >= HIDDEN_SNAPSHOT_MS;
  }

  sendSnapshot(snapshot: Uint8Array, nowMs: number): void {
    this.snapshotMs = nowMs;
    this.present.sendLatest(snapshot);
  }

  /** For the next snapshot: what `Snapshot.inputSlack` says. */
  takeInputSlack(): number {
    const steps = Math.floor(this.leastSlackMs / STEP_MS);
    this.leastSlackMs = Infinity;
    return steps === Infinity ? NO_SLACK : Math.max(-SLACK_STEPS_MAX, Math.min(SLACK_STEPS_MAX, steps));
  }

  /** How long before their ticks the inputs came since the last call, in milliseconds: the newest 600. */
  takeInputLeadsMs(): readonly number[] {
    const leadsMs = this.leadsMs;
    this.leadsMs = [];
    return leadsMs;
  }

  /** Reads all that has arrived; hands game messages on, in order. Call once a tick, of which `nextTick` is simulated now. */
  readMessages(nextTick: number, nowMs: number, onGameMessage: (message: ClientMessage) => void): void {
    this.inputs.begin(nextTick);
    const messages = this.lanes.takeMessages();
    if (!this.budget.spend(messages.length)) {
      this.connection.close(CloseCode.FLOOD, "Too many messages: a client sends one or two a tick.");
      return;
    }
    for (const { bytes, atMs } of messages) {
      const refusal = this.read(bytes, nowMs - atMs, onGameMessage);
      if (refusal === undefined) continue;
      this.connection.close(refusal.code, refusal.reason);
      return;
    }
  }

  /** `ageMs`: how long ago the message came. */
  private read(
    message: Uint8Array,
    ageMs: number,
    onGameMessage: (message: ClientMessage) => void,
  ): CloseReason | undefined {
    const opcode = message[0];
    if (opcode === INPUTS_OPCODE) return this.readInputs(message, ageMs);
    if (opcode === WATCHING_OPCODE) return this.readWatching(message);
    if (opcode === DESYNC_REPORT_OPCODE) return this.readDesyncReport(message);
    if (opcode === undefined || opcode < GAME_OPCODE_MIN) return badMessage(message);
    const read = this.requests.read(message, this.peerVersion);
    if (read !== "foreign") return read === "bad" ? badMessage(message) : undefined;
    const decoded = this.protocol.decodeClientMessage(message, this.peerVersion);
    if (decoded !== undefined) onGameMessage(decoded);
    // A newer client may say what this side does not know yet.
    else if (this.peerVersion <= this.protocol.version) return badMessage(message);
    return undefined;
  }

  private readWatching(message: Uint8Array): CloseReason | undefined {
    const watching = decodeWatching(message);
    if (watching === undefined) return badMessage(message);
    this.isHidden = watching.isHidden;
    this.present.isBulkPaused = watching.isHidden;
    return undefined;
  }

  private readDesyncReport(message: Uint8Array): CloseReason | undefined {
    const report = decodeDesyncReport(message);
    if (report === undefined) return badMessage(message);
    if (this.onDesyncReport(report)) return undefined;
    const reason = `A report of tick ${report.tick}, which was no check or was reported before.`;
    return { code: CloseCode.OUT_OF_ORDER, reason };
  }

  private readInputs(message: Uint8Array, ageMs: number): CloseReason | undefined {
    const { input } = this.protocol;
    const packed = decodeInputs(message);
    if (packed === undefined || packed.inputs.length === 0) return badMessage(message);
    if (packed.inputs.length % input.bytes !== 0) return badMessage(message);
    const firstTick = this.inputs.tickOf(packed.tick);
    for (let i = 0; i * input.bytes < packed.inputs.length; i++) {
      const decoded = input.decode(packed.inputs, i * input.bytes);
      if (decoded === undefined) return badMessage(message);
      const tick = firstTick + i;
      if (!this.inputs.push(tick, decoded, STEP_MS * packed.viewAge)) {
        return { code: CloseCode.OUT_OF_ORDER, reason: `Tick ${tick}'s input does not follow those that came before.` };
      }
      this.noteLead(ageMs + this.inputs.ticksUntil(tick) * this.tickMs);
    }
    return undefined;
  }

  private noteLead(leadMs: number): void {
    this.leastSlackMs = Math.min(this.leastSlackMs, leadMs);
    this.leadsMs.push(leadMs);
    if (this.leadsMs.length > LEADS_KEPT_MAX) this.leadsMs.shift();
  }
}

function badMessage(message: Uint8Array): CloseReason {
  const opcode = message[0] ?? "none";
  return {
    code: CloseCode.BAD_MESSAGE,
    reason: `Bytes that are no client message: opcode ${opcode}, ${message.length} bytes.`,
  };
}
