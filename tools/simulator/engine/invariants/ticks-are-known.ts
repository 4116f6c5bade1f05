import type { Invariant, Tell } from "./invariant.ts";

/** What is asked of a session: ticks alone. */
interface TickingSession {
  readonly room: { readonly tick: number };
  readonly players: readonly { readonly client: { readonly tick: number } }[];
}

/** No client is ahead of its room, and none goes back. */
export class TicksAreKnown implements Invariant {
  readonly sentence = "no client shows a tick that the room has not produced, or one older than it has shown";
  private readonly session: TickingSession;
  private readonly tell: Tell;
  private readonly newest: number[] = [];

  constructor(session: TickingSession, tell: Tell) {
    this.session = session;
    this.tell = tell;
  }

  onFrame(player: number, atMs: number): void {
    const { room, players } = this.session;
    const { tick } = players[player]!.client;
    const least = this.newest[player] ?? 0;
    if (tick > room.tick) this.tell(atMs, player, `expected a tick up to ${room.tick}, found ${tick}`);
    if (tick < least) this.tell(atMs, player, `expected tick ${least} or a later one, found ${tick}`);
    this.newest[player] = Math.max(least, tick);
  }
}
