import { CloseCode, keepsSession } from "../../shared/engine/transport/close-code.ts";
import type { Lanes } from "../../shared/engine/transport/lanes.ts";
import type { Connection } from "../../shared/engine/transport/connection.ts";
import { GONE_MS, SILENT_MS } from "../../shared/engine/transport/session-times.ts";

/** From when it fell silent until the connection is closed. */
const CLOSED_MS = 10_000;
/** Whoever has never answered anything is not waited for: seats are few, and a Hello costs nothing. */
const GONE_UNANSWERED_MS = 5_000;

/** Where a session stands: `silent` waits for its player, and `gone` has given up. */
export type SessionState = "live" | "silent" | "gone";

/** How long a session waits for a player of whom nothing is heard. */
export class SessionLife {
  state: SessionState = "live";
  private silentSinceMs: number | undefined;
  private hasAnswered = false;

  /** Looks at the connection and at what the session keeps. Call once a tick. */
  heed(connection: Connection, lanes: Pick<Lanes, "overflow">, nowMs: number): void {
    const { ended } = connection;
    this.hasAnswered ||= connection.answeredBytes > 0;
    if (ended !== undefined && !keepsSession(ended.code)) this.state = "gone";
    // What did not fit is missing: nothing can go on behind it.
    if (lanes.overflow === "outgoing") this.state = "gone";
    if (this.state === "gone") return;
    const isHeard = ended === undefined && connection.silentMs(nowMs) < SILENT_MS;
    this.silentSinceMs = isHeard ? undefined : (this.silentSinceMs ?? nowMs);
    this.state = isHeard ? "live" : "silent";
    const silentMs = nowMs - (this.silentSinceMs ?? nowMs);
    if (silentMs >= (this.hasAnswered ? GONE_MS : GONE_UNANSWERED_MS)) this.state = "gone";
    if (silentMs >= CLOSED_MS) connection.close(CloseCode.NO_PROGRESS, "Nothing was heard of you for 15 seconds.");
  }
}
