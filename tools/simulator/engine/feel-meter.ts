import type { InputReport } from "#engine/server";
import type { GameTypes, PlayerInput } from "#engine/shared";
import { type Distribution, distributionOf } from "./distribution.ts";
import type { FeelRules } from "./feel-rules.ts";
import { HitCount } from "./hit-count.ts";
import type { SessionWatcher } from "./session-watcher.ts";
import type { SimulatedSession } from "./simulated-session.ts";

/** How a session feels to its players. Shares are 0 to 1, times in milliseconds; null where there was nothing to measure. */
export interface FeelReport {
  /**
   * By how far each snapshot moved what is the player's own and predicted: in units of the game, which are pixels where
   * that is how it draws.
   */
  readonly correctionPx: Distribution;
  /** Of them, those half a second or more from any tick in which something else moved or hurt what is the player's. */
  readonly calmCorrectionPx: Distribution;
  /** Of all display frames, those that lacked a snapshot behind what they drew. */
  readonly underrunShare: number | null;
  /** Of all inputs, those that came after their tick. */
  readonly lateInputShare: number | null;
  /** The same of those that no stall of the link held up. */
  readonly lateInputShareOutsideStalls: number | null;
  /** How long before their ticks inputs came. */
  readonly inputLeadMs: Distribution;
  /** How long after the quickest snapshots arrive what they say is drawn. */
  readonly interpolationDelayMs: Distribution;
  /** Hits that players' screens showed, and those of them that the room's rules say were so. */
  readonly hits: { readonly claimed: number; readonly confirmed: number };
}

interface Correction {
  readonly units: number;
  readonly tick: number;
}

/** One player, since measuring began. */
class PlayerFeel {
  readonly corrections: Correction[] = [];
  /** Of the room. */
  readonly disturbedTicks: number[] = [];
  readonly hits = new HitCount();
  readonly counted = { received: 0, late: 0, receivedOutside: 0, lateOutside: 0, frames: 0, underruns: 0 };
  /** Counters that rise, as they stood when they were last looked at. */
  readonly seen = { received: 0, late: 0, frames: 0, underruns: 0 };
}

const CALM_MS = 500;

/** Measures how a session feels, from when it is made, or from its last `restart`. */
export class FeelMeter<Types extends GameTypes> implements SessionWatcher {
  private readonly session: SimulatedSession<Types>;
  private readonly rules: FeelRules<Types>;
  private readonly calmTicks: number;
  private players: PlayerFeel[] = [];
  private leadsMs: number[] = [];
  private delaysMs: number[] = [];
  private tickMs = 0;

  constructor(session: SimulatedSession<Types>, tickRate: number, rules: FeelRules<Types> = {}) {
    this.session = session;
    this.rules = rules;
    this.calmTicks = (CALM_MS * tickRate) / 1_000;
    session.watch(this);
  }

  /** What was until now does not count: players were still coming. */
  restart(): void {
    const { players } = this;
    this.players = [];
    this.leadsMs = [];
    this.delaysMs = [];
    players.forEach(({ seen }, player) => Object.assign(this.feelOf(player).seen, seen));
  }

  onRoomApplies(inputs: readonly PlayerInput<unknown>[]): void {
    this.rules.beforeTick?.(this.session.room.world, inputs);
  }

  onTick(atMs: number): void {
    const { room, players } = this.session;
    players.forEach(({ client, links }, player) => {
      const { playerId } = client;
      const report = playerId === undefined ? undefined : room.inputReportOf(playerId);
      if (playerId === undefined || report === undefined) return;
      const feel = this.feelOf(player);
      this.leadsMs.push(...room.takeInputLeadsMs(playerId));
      const isHeld = (links.at(-1)?.client.heldUntilMs ?? 0) > this.tickMs;
      countInputs(feel, report, isHeld);
      if (this.rules.isDisturbed?.(room.world, playerId) === true) feel.disturbedTicks.push(room.tick);
      feel.hits.confirm(this.rules.confirmedHits?.(room.world, playerId) ?? 0, atMs);
    });
    this.tickMs = atMs;
  }

  onFrame(player: number, atMs: number): void {
    const { client } = this.session.players[player]!;
    const { stats, tick } = client;
    const feel = this.feelOf(player);
    for (const units of stats.corrections.splice(0)) feel.corrections.push({ units, tick });
    this.delaysMs.push(...stats.interpolationDelaysMs.splice(0));
    const { counted, seen } = feel;
    counted.frames += stats.frames - seen.frames;
    counted.underruns += stats.underruns - seen.underruns;
    seen.frames = stats.frames;
    seen.underruns = stats.underruns;
    feel.hits.claim(this.rules.claimedHits?.(client) ?? 0, atMs);
  }

  report(): FeelReport {
    const { players } = this;
    const sum = (name: keyof PlayerFeel["counted"]): number =>
      players.reduce((total, { counted }) => total + counted[name], 0);
    const all = players.flatMap(({ corrections }) => corrections);
    const calm = players.flatMap((feel) => feel.corrections.filter(({ tick }) => this.isCalm(feel, tick)));
    return {
      correctionPx: distributionOf(all.map(({ units }) => units)),
      calmCorrectionPx: distributionOf(calm.map(({ units }) => units)),
      underrunShare: share(sum("underruns"), sum("frames")),
      lateInputShare: share(sum("late"), sum("received")),
      lateInputShareOutsideStalls: share(sum("lateOutside"), sum("receivedOutside")),
      inputLeadMs: distributionOf(this.leadsMs),
      interpolationDelayMs: distributionOf(this.delaysMs),
      hits: {
        claimed: players.reduce((total, { hits }) => total + hits.claimed, 0),
        confirmed: players.reduce((total, { hits }) => total + hits.confirmed, 0),
      },
    };
  }

  private isCalm({ disturbedTicks }: PlayerFeel, tick: number): boolean {
    return !disturbedTicks.some((disturbed) => Math.abs(disturbed - tick) < this.calmTicks);
  }

  private feelOf(player: number): PlayerFeel {
    return (this.players[player] ??= new PlayerFeel());
  }
}

function countInputs({ counted, seen }: PlayerFeel, report: InputReport, isHeld: boolean): void {
  // Whoever comes again begins anew.
  if (report.received < seen.received) Object.assign(seen, { received: 0, late: 0 });
  const received = report.received - seen.received;
  const late = report.late - seen.late;
  seen.received = report.received;
  seen.late = report.late;
  counted.received += received;
  counted.late += late;
  if (isHeld) return;
  counted.receivedOutside += received;
  counted.lateOutside += late;
}

function share(part: number, all: number): number | null {
  return all === 0 ? null : Math.round((1e5 * part) / all) / 1e5;
}
