import type { Invariant, Tell } from "./invariant.ts";

/** What is asked of a session: ticks alone. */
interface TickingSession {
  readonly room: { readonly tick: number };
  readonly players: readonly { readonly client: { readonly tick: number; readonly viewTick: number } }[];
}

/** Where the next snapshot is late, the others are drawn so much beyond the newest at most. */
const BEYOND_MS_MAX = 100;
/** Of sums of many parts. */
const ROUNDING_TICKS = 1e-6;

/** No client is ahead of its room, none goes back, and what it draws is at most a guess of a tenth of a second. */
export class TicksAreKnown implements Invariant {
  readonly sentence = "no client shows a tick that the room has not produced, or one older than it has shown";
  private readonly session: TickingSession;
  private readonly tell: Tell;
  private readonly beyondTicksMax: number;
  private readonly newest: number[] = [];

  constructor(session: TickingSession, tell: Tell, { tickRate }: { readonly tickRate: number }) {
    this.session = session;
    this.tell = tell;
    this.beyondTicksMax = (BEYOND_MS_MAX * tickRate) / 1_000;
  }

  onFrame(player: number, atMs: number): void {
    const { room, players } = this.session;
    const { tick, viewTick } = players[player]!.client;
    const most = tick + this.beyondTicksMax;
    const least = this.newest[player] ?? 0;
    if (tick > room.tick) this.tell(atMs, player, `expected a tick up to ${room.tick}, found ${tick}`);
    if (tick < least) this.tell(atMs, player, `expected tick ${least} or a later one, found ${tick}`);
    if (viewTick > most + ROUNDING_TICKS)
      this.tell(atMs, player, `expected to see up to tick ${most}, found ${viewTick}`);
    this.newest[player] = Math.max(least, tick);
  }
}
