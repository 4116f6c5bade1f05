import { CloseCode, type CloseReason, type Link } from "#engine/shared";
import { keepsSession } from "../../shared/engine/transport/close-code.ts";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { CREDIT_WINDOW_LIMITS } from "../../shared/engine/transport/credit-window.ts";
import type { Lanes } from "../../shared/engine/transport/lanes.ts";
import { GONE_MS, SILENT_MS } from "../../shared/engine/transport/session-times.ts";
import { decodeResumed, encodeResume } from "../../shared/schema/generated/engine.ts";
import { Backoff } from "./backoff.ts";

/** With no answer for so long, and for so many round trips, another socket may be quicker than this one's retransmissions. */
const STALL_MS = 1_000;
const STALL_ROUND_TRIPS = 3;
/**
 * Inputs leave while answers are late by less than this, in milliseconds: those that a stall holds up are applied late,
 * but those behind them still come in time. Inputs older than this are not worth sending.
 */
const INPUT_STALL_MS = 250;
/** How long a new connection may take to be answered. */
const ATTEMPT_MS_MAX = 5_000;

/** What a session says of itself when it goes on. */
export interface SessionIdentity {
  readonly version: number;
  readonly engineHash: number;
  readonly gameHash: number;
}

/** What a session's connection needs. */
export interface SessionConnectionOptions {
  readonly openLink: () => Link;
  readonly lanes: Lanes;
  readonly identity: SessionIdentity;
  /** Uniform in 0 to 1: keeps clients from coming back all at once. */
  readonly random: () => number;
}

/** A connection that is being tried in place of one that is lost, or that is slow to answer. */
interface Attempt {
  readonly connection: Connection;
  readonly sinceMs: number;
  hasAsked: boolean;
}

/**
 * The connection of a session, whichever it is at the moment.
 *
 * When one is lost, or says nothing, or does not answer for over a second, another link is tried, after a while that
 * grows. Once it is open the session goes on over it, and the old one is closed; if the old one has answered until then,
 * it stays.
 */
export class SessionConnection {
  private readonly options: SessionConnectionOptions;
  private readonly backoff: Backoff;
  private present: Connection;
  private attempt: Attempt | undefined;
  private token: Uint8Array | undefined;
  private lostSinceMs: number | undefined;
  private ending: CloseReason | undefined;
  private resumeCount = 0;

  constructor(options: SessionConnectionOptions) {
    this.options = options;
    this.backoff = new Backoff(options.random);
    this.present = openConnection(options.openLink);
    this.present.open(options.lanes);
  }

  /** What the session speaks over; it changes when the session goes on over another one. */
  get connection(): Connection {
    return this.present;
  }

  /** Why the session is over; undefined while it lives. */
  get ended(): CloseReason | undefined {
    return this.ending;
  }

  /** True while there is no connection and another one is tried. */
  get isReconnecting(): boolean {
    return this.lostSinceMs !== undefined;
  }

  /** How often the session has gone on over another connection. */
  get resumes(): number {
    return this.resumeCount;
  }

  /** The room has welcomed the player: from now on the session can go on. */
  welcomed(token: Uint8Array): void {
    this.token = token.slice();
    this.present.begin();
  }

  /** Once a display frame. */
  advance(nowMs: number): void {
    if (this.ending !== undefined) return;
    this.watch(nowMs);
    this.pursue(nowMs);
  }

  close(code: number, reason: string): void {
    this.ending ??= { code, reason };
    this.attempt?.connection.close(code, reason);
    this.present.close(code, reason);
  }

  private watch(nowMs: number): void {
    const { ended } = this.present;
    if (this.options.lanes.overflow === "outgoing") {
      this.close(CloseCode.TOO_SLOW, "The connection is too slow: messages pile up. Try again on a better network.");
      return;
    }
    if (ended !== undefined && (this.token === undefined || !keepsSession(ended.code))) {
      this.close(ended.code, ended.reason);
      return;
    }
    const isLost = ended !== undefined || (this.token !== undefined && this.present.silentMs(nowMs) >= SILENT_MS);
    this.lostSinceMs = isLost ? (this.lostSinceMs ?? nowMs) : undefined;
    if (isLost && nowMs - this.lostSinceMs! >= GONE_MS) {
      this.close(CloseCode.SESSION_LOST, "The connection to the server broke off, and did not come back.");
    }
  }

  private pursue(nowMs: number): void {
    const isNeeded = this.isReconnecting || this.isStalled(nowMs);
    if (!isNeeded || this.ending !== undefined || this.token === undefined) this.abandon();
    else if (this.attempt !== undefined) this.press(this.attempt, nowMs);
    else if (this.backoff.isDue(nowMs)) {
      this.attempt = { connection: openConnection(this.options.openLink), sinceMs: nowMs, hasAsked: false };
    }
    if (!isNeeded && this.present.answeredBytes > 0) this.backoff.reset();
  }

  private isStalled(nowMs: number): boolean {
    const { rttMs } = this.present;
    return this.present.unansweredMs(nowMs) > Math.max(STALL_MS, STALL_ROUND_TRIPS * (rttMs ?? 0));
  }

  /** The old connection answers again: the new one is not needed, unless the server has been asked already. */
  private abandon(): void {
    if (this.attempt === undefined || this.attempt.hasAsked) return;
    this.attempt.connection.close(CloseCode.REPLACED, "The old connection answers again.");
    this.attempt = undefined;
  }

  private press(attempt: Attempt, nowMs: number): void {
    const { connection } = attempt;
    const { ended } = connection;
    const answer = attempt.hasAsked ? connection.takeHandshake() : undefined;
    // An answer counts even when its connection has ended behind it: the room may know that it has arrived.
    if (answer !== undefined) this.goOn(connection, answer);
    else if (ended !== undefined && !mayTryAgain(ended.code)) this.close(ended.code, ended.reason);
    else if (ended !== undefined || nowMs - attempt.sinceMs >= ATTEMPT_MS_MAX) {
      connection.close(CloseCode.REPLACED, "Nobody answered in time.");
      this.attempt = undefined;
      this.backoff.failed(nowMs);
    } else if (connection.isOpen) {
      if (!attempt.hasAsked) this.ask(attempt);
      connection.flush(nowMs);
    }
  }

  /** From here on the server may have moved the session: nothing of the old connection counts any more. */
  private ask(attempt: Attempt): void {
    const { identity, lanes } = this.options;
    attempt.hasAsked = true;
    this.present.close(CloseCode.REPLACED, "The session goes on over a newer connection.");
    attempt.connection.open(lanes);
    attempt.connection.sendHandshake(encodeResume({ ...identity, token: this.token!, received: lanes.received }));
  }

  private goOn(connection: Connection, message: Uint8Array): void {
    const resumed = decodeResumed(message);
    if (resumed === undefined || !this.options.lanes.resume(resumed.received)) {
      this.close(CloseCode.BAD_MESSAGE, "The server sent bytes that this page does not understand. Reload it.");
      return;
    }
    this.token = resumed.token.slice();
    this.present = connection;
    this.attempt = undefined;
    this.lostSinceMs = undefined;
    this.resumeCount += 1;
    connection.begin();
  }
}

/** A new connection that the room has closed so is one of many, and no word on the session. */
function mayTryAgain(code: number): boolean {
  return keepsSession(code) || code === CloseCode.ROOM_FULL || code === CloseCode.HELLO_TIMEOUT;
}

function openConnection(openLink: () => Link): Connection {
  return new Connection(openLink(), CREDIT_WINDOW_LIMITS, INPUT_STALL_MS);
}
