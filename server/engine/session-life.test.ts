import { expect, test } from "vitest";
import { CloseCode } from "../../shared/engine/transport/close-code.ts";
import { Connection } from "../../shared/engine/transport/connection.ts";
import type { LinkEvents } from "../../shared/engine/transport/link.ts";
import { SessionLife } from "./session-life.ts";

/** A connection whose peer a test speaks for, in a session whose room looks at it every 100 ms. */
class WatchedConnection {
  readonly life = new SessionLife();
  readonly lanes: { overflow: "outgoing" | "inbox" | undefined } = { overflow: undefined };
  readonly connection: Connection;
  private events: LinkEvents | undefined;
  private nowMs = 0;

  /** `isAnswered`: the peer has answered to the room's first message. */
  constructor(isAnswered = true) {
    this.connection = new Connection({
      bufferedBytes: 0,
      send: () => undefined,
      close: () => undefined,
      listen: (events) => (this.events = events),
    });
    this.events!.onOpen();
    this.connection.sendHandshake(Uint8Array.of(1));
    this.connection.flush(0);
    if (isAnswered) this.events!.onPacket(Uint8Array.of(7, 2, 0), 0);
  }

  end(code: number): void {
    this.events?.onClose(code, "");
  }

  hear(): void {
    this.events?.onPacket(Uint8Array.of(6 | 32, 1), this.nowMs);
  }

  run(ms: number): void {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs;) {
      this.nowMs += 100;
      this.connection.flush(this.nowMs);
      this.life.heed(this.connection, this.lanes, this.nowMs);
    }
  }
}

test("nothing heard for 4.4 s is live, for 4.6 s silent, and live again with the next packet", () => {
  const watched = new WatchedConnection();
  watched.run(4_400);
  expect(watched.life.state).toBe("live");
  watched.run(200);
  expect(watched.life.state).toBe("silent");

  watched.hear();
  watched.run(100);

  expect(watched.life.state).toBe("live");
  expect(watched.connection.ended).toBeUndefined();
});

test("a silent connection is closed with 4007 10 s later, not 9; the session is gone 30 s after it fell silent", () => {
  const watched = new WatchedConnection();
  watched.run(4_600);
  watched.run(9_800);
  expect(watched.connection.ended).toBeUndefined();
  watched.run(200);
  expect(watched.connection.ended?.code).toBe(CloseCode.NO_PROGRESS);
  expect(watched.life.state).toBe("silent");

  watched.run(19_600);
  expect(watched.life.state).toBe("silent");
  watched.run(400);
  expect(watched.life.state).toBe("gone");
});

test.each([
  ["breaks off", CloseCode.ABNORMAL, "silent"],
  ["is closed for want of progress", CloseCode.NO_PROGRESS, "silent"],
  ["is left by the player", CloseCode.NORMAL, "gone"],
  ["goes with its page", CloseCode.GOING_AWAY, "gone"],
  ["made no sense", CloseCode.BAD_MESSAGE, "gone"],
])("a session whose connection %s (%i) is %s at once", (_, code, state) => {
  const watched = new WatchedConnection();
  watched.run(100);
  watched.end(code);
  watched.run(100);

  expect(watched.life.state).toBe(state);
});

test("who never answered anything is waited for 5 s, not 30", () => {
  const watched = new WatchedConnection(false);
  watched.end(CloseCode.ABNORMAL);

  watched.run(4_900);
  expect(watched.life.state).toBe("silent");
  watched.run(300);
  expect(watched.life.state).toBe("gone");
});

test("a session whose lane has overflowed is gone at once, also while its connection is lost", () => {
  const watched = new WatchedConnection();
  watched.end(CloseCode.ABNORMAL);
  watched.run(100);
  expect(watched.life.state).toBe("silent");

  watched.lanes.overflow = "outgoing";
  watched.run(100);

  expect(watched.life.state).toBe("gone");
});
