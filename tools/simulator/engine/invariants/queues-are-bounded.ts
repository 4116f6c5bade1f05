import { LANE_LIMITS, type QueueVisitor } from "#engine/shared";
import { CREDIT_WINDOW_LIMITS } from "../../../../shared/engine/transport/credit-window.ts";
import type { Invariant, Tell } from "./invariant.ts";

/** Something with queues. */
interface Queueing {
  eachQueue(visit: QueueVisitor): void;
}

/** One end of a link, as far as it holds anything. */
interface Buffering {
  readonly bufferedBytes: number;
}

/** What is asked of a session: its queues alone. */
export interface QueueingSession {
  readonly room: Queueing;
  readonly players: readonly {
    readonly client: Queueing;
    readonly links: readonly { readonly client: Buffering; readonly server: Buffering }[];
  }[];
}

/** Of a snapshot, of the packet that it is in, and of answers to what comes while nothing else leaves. */
const REALTIME_BYTES_MAX = 128 << 10;
/** What one end may have given to a link that does not take it: bulk as far as its window goes, and all that is urgent. */
const LINK_BYTES_MAX =
  CREDIT_WINDOW_LIMITS.windowBytesMax + LANE_LIMITS.controlBytesMax + LANE_LIMITS.eventBytesMax + REALTIME_BYTES_MAX;

/** No queue of the room or of a client is fuller than it may be, at any tick or display frame. */
export class QueuesAreBounded implements Invariant {
  readonly sentence = "no queue holds more than its bound";
  private readonly session: QueueingSession;
  private readonly tell: Tell;
  private atMs = 0;
  private player: number | undefined;

  constructor(session: QueueingSession, tell: Tell) {
    this.session = session;
    this.tell = tell;
  }

  onTick(atMs: number): void {
    this.atMs = atMs;
    this.player = undefined;
    this.session.room.eachQueue(this.visit);
    this.session.players.forEach(({ links }, player) => {
      this.player = player;
      for (const { client, server } of links) {
        this.visit("bytes that a link has not taken from the client", client.bufferedBytes, LINK_BYTES_MAX);
        this.visit("bytes that a link has not taken from the room", server.bufferedBytes, LINK_BYTES_MAX);
      }
    });
  }

  onFrame(player: number, atMs: number): void {
    this.atMs = atMs;
    this.player = player;
    this.session.players[player]!.client.eachQueue(this.visit);
  }

  private readonly visit: QueueVisitor = (name, held, max) => {
    if (!(held <= max)) this.tell(this.atMs, this.player, `expected at most ${max} in ${name}, found ${held}`);
  };
}
