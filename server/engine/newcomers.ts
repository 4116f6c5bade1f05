import { CloseCode } from "#engine/shared";
import type { Connection } from "../../shared/engine/transport/connection.ts";

const FIRST_MESSAGE_MS = 5_000;
const WAITING_MAX = 1024;

interface Newcomer {
  readonly connection: Connection;
  readonly sinceMs: number;
}

/** Connections whose first message is still to come. */
export class Newcomers {
  private waiting: Newcomer[] = [];
  private nowMs = 0;

  accept(connection: Connection): void {
    if (this.waiting.length >= WAITING_MAX) {
      connection.close(CloseCode.ROOM_FULL, "Too many are joining at once. Try again in a few seconds.");
    } else {
      this.waiting.push({ connection, sinceMs: this.nowMs });
    }
  }

  /** Hands over whoever has said something, and lets go of who says nothing. Call once a tick. */
  settle(nowMs: number, take: (connection: Connection, first: Uint8Array) => void): void {
    this.nowMs = nowMs;
    this.waiting = this.waiting.filter(({ connection, sinceMs }) => {
      if (connection.ended !== undefined) return false;
      const first = connection.takeHandshake();
      if (first !== undefined) take(connection, first);
      else if (nowMs - sinceMs >= FIRST_MESSAGE_MS) {
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
