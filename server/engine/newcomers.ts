import { CloseCode, type QueueVisitor } from "#engine/shared";
import type { Connection } from "../../shared/engine/transport/connection.ts";

const FIRST_MESSAGE_MS = 5_000;
const WAITING_MAX = 1024;

interface Newcomer {
  readonly connection: Connection;
  /** Its place among all that ever came. */
  readonly order: number;
  /** Undefined before the first look at it. */
  sinceMs: number | undefined;
}

/** A connection that has said its first message. */
export interface Arrival {
  readonly connection: Connection;
  /** Its place among all that ever came: those of one client come in the order in which it opened them. */
  readonly order: number;
  readonly first: Uint8Array;
}

/** Connections whose first message is still to come. */
export class Newcomers {
  private waiting: Newcomer[] = [];
  private count = 0;

  accept(connection: Connection): void {
    if (this.waiting.length >= WAITING_MAX) {
      connection.close(CloseCode.ROOM_FULL, "Too many are joining at once. Try again in a few seconds.");
    } else {
      this.waiting.push({ connection, order: this.count++, sinceMs: undefined });
    }
  }

  eachQueue(visit: QueueVisitor): void {
    visit("connections without a Hello", this.waiting.length, WAITING_MAX);
  }

  /** Hands over whoever has said something, and lets go of who says nothing. Call once a tick. */
  settle(nowMs: number, take: (arrival: Arrival) => void): void {
    this.waiting = this.waiting.filter((newcomer) => {
      const { connection, order } = newcomer;
      if (connection.ended !== undefined) return false;
      const first = connection.takeHandshake();
      newcomer.sinceMs ??= nowMs;
      if (first !== undefined) take({ connection, order, first });
      else if (nowMs - newcomer.sinceMs >= FIRST_MESSAGE_MS) {
        connection.close(CloseCode.HELLO_TIMEOUT, `No Hello within ${FIRST_MESSAGE_MS / 1_000} seconds.`);
      }
      return first === undefined;
    });
  }

  close(code: number, reason: string): void {
    for (const { connection } of this.waiting) connection.close(code, reason);
    this.waiting = [];
  }
}
