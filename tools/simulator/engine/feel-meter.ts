import type { GameTypes } from "#engine/shared";
import { type Distribution, distributionOf } from "./distribution.ts";
import type { SimulatedSession } from "./simulated-session.ts";

/** How a session feels to its players. Shares are 0 to 1; times are in milliseconds. */
export interface FeelReport {
  /**
   * By how far each snapshot moved what is the player's own and predicted: in units of the game, which are pixels where
   * that is how it draws.
   */
  readonly correctionPx: Distribution;
  /** Of all display frames, those that lacked a snapshot behind what they drew. */
  readonly underrunShare: number;
  /** Of all inputs, those that came after their tick. */
  readonly lateInputShare: number;
  /** How long before their ticks inputs came. */
  readonly inputLeadMs: Distribution;
  /** How long after the quickest snapshots arrive what they say is drawn. */
  readonly interpolationDelayMs: Distribution;
}

/** Counters that rise, as they stood when measuring began. */
interface Begun {
  readonly frames: number;
  readonly underruns: number;
  readonly received: number;
  readonly late: number;
}

/** Measures how a session feels, from its beginning or from when players have come. Call `collect` at least every 5 s. */
export class FeelMeter<Types extends GameTypes> {
  private readonly session: SimulatedSession<Types>;
  private readonly begun = new Map<number, Begun>();
  private readonly corrections: number[] = [];
  private readonly leadsMs: number[] = [];
  private readonly delaysMs: number[] = [];

  constructor(session: SimulatedSession<Types>) {
    this.session = session;
  }

  /** What was until now does not count: players were still coming. */
  restart(): void {
    this.collect();
    this.corrections.length = 0;
    this.leadsMs.length = 0;
    this.delaysMs.length = 0;
    this.session.players.forEach((_, index) => this.begun.set(index, this.countersOf(index)));
  }

  /** Takes what clients and room have kept since the last call, which is a few seconds' worth. */
  collect(): void {
    for (const { client } of this.session.players) {
      this.corrections.push(...client.stats.corrections.splice(0));
      this.delaysMs.push(...client.stats.interpolationDelaysMs.splice(0));
      if (client.playerId !== undefined) this.leadsMs.push(...this.session.room.takeInputLeadsMs(client.playerId));
    }
  }

  report(): FeelReport {
    this.collect();
    const sum = { frames: 0, underruns: 0, received: 0, late: 0 };
    this.session.players.forEach((_, index) => {
      const now = this.countersOf(index);
      const begun = this.begun.get(index);
      for (const name of ["frames", "underruns", "received", "late"] as const) {
        sum[name] += now[name] - (begun?.[name] ?? 0);
      }
    });
    return {
      correctionPx: distributionOf(this.corrections),
      underrunShare: share(sum.underruns, sum.frames),
      lateInputShare: share(sum.late, sum.received),
      inputLeadMs: distributionOf(this.leadsMs),
      interpolationDelayMs: distributionOf(this.delaysMs),
    };
  }

  private countersOf(index: number): Begun {
    const { stats, playerId } = this.session.players[index]!.client;
    const report = playerId === undefined ? undefined : this.session.room.inputReportOf(playerId);
    const { received = 0, late = 0 } = report ?? {};
    return { frames: stats.frames, underruns: stats.underruns, received, late };
  }
}

function share(part: number, all: number): number {
  return all === 0 ? 0 : Math.round((1e5 * part) / all) / 1e5;
}
