import { CloseCode, keepsSession } from "../../shared/engine/transport/close-code.ts";
import type { Connection } from "../../shared/engine/transport/connection.ts";

/** With nothing heard of a player for so long, the session is silent: noticed within 5 s, however it is looked at. */
export const SILENT_MS = 4_500;
/** From then on: until the connection is closed … */
const CLOSED_MS = 10_000;
/** … and until the seat is given away. */
const GONE_MS = 30_000;

/** Where a session stands: `silent` waits for its player, and `gone` has given up. */
export type SessionState = "live" | "silent" | "gone";

/** How long a session waits for a player of whom nothing is heard. */
export class SessionLife {
  state: SessionState = "live";
  private silentSinceMs: number | undefined;

  /** Looks at the connection. Call once a tick. */
  heed(connection: Connection, nowMs: number): void {
    const { ended } = connection;
    if (ended !== undefined && !keepsSession(ended.code)) this.state = "gone";
    if (this.state === "gone") return;
    const isHeard = ended === undefined && connection.silentMs(nowMs) < SILENT_MS;
    this.silentSinceMs = isHeard ? undefined : (this.silentSinceMs ?? nowMs);
    this.state = isHeard ? "live" : "silent";
    const silentMs = nowMs - (this.silentSinceMs ?? nowMs);
    if (silentMs >= GONE_MS) this.state = "gone";
    if (silentMs >= CLOSED_MS) connection.close(CloseCode.NO_PROGRESS, "Nothing was heard of you for 15 seconds.");
  }
}
