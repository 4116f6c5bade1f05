import { Rng, type SharedGame } from "#engine/shared";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import type { ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { arena } from "../../shared/arena/game.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { encodeChatSay } from "../../shared/schema/generated/arena.ts";
import { steer } from "../bots/bot-brain.ts";
import { botName } from "../bots/bot-name.ts";
import { BulkLoad } from "./engine/bulk-load.ts";
import { FeelMeter } from "./engine/feel-meter.ts";
import { countBroken } from "./engine/invariants/broken-count.ts";
import { gameInvariants } from "./engine/invariants/game-invariants.ts";
import { LaneLatency } from "./engine/lane-latency.ts";
import type { LinkConditions } from "./engine/link-conditions.ts";
import { COMING_MS, type RunReport } from "./engine/run.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";
import { ArenaFeel } from "./arena-feel.ts";
import { RestlessPilot } from "./restless-pilot.ts";
import { bulkSection } from "./sections/bulk-section.ts";
import { feelSection } from "./sections/feel-section.ts";
import { lanesSection } from "./sections/lanes-section.ts";
import type { Section } from "./sections/section.ts";

/** What is simulated. */
export interface ArenaSimulationOptions {
  readonly link: LinkConditions;
  readonly seed: number;
  readonly players: number;
  /** What players do: fight as bots do, or change their minds all the time. */
  readonly play: "fight" | "dance";
  /** Whether something large is on its way all the time. */
  readonly hasBulk: boolean;
}

const BULK_BYTES = 4_000_000;
/** By then everybody has joined. */
const BULK_BEGINS_MS = 2_000;
/** How often somebody looks whether bulk is still under way. */
const BULK_LOOK_MS = 20;
const CHAT_MS = 2_000;
const HEAR_MS = 20;

/**
 * Arena with traffic on every lane: bots that fight, and so snapshots, inputs and kills; a line of chat from each every
 * two seconds; and, where that is wanted, from the third second on something large on its way to each of them.
 */
export class ArenaSimulation {
  private readonly session: SimulatedSession<ArenaRulesTypes>;
  private readonly latency = new LaneLatency(arena.protocol.lanes);
  private readonly loads: readonly BulkLoad[];
  private readonly feel: FeelMeter<ArenaRulesTypes>;
  private readonly broken: ReturnType<typeof countBroken>;
  private readonly rng: Rng;
  private readonly options: ArenaSimulationOptions;

  constructor(options: ArenaSimulationOptions) {
    const { link, seed, players } = options;
    this.options = options;
    this.rng = new Rng(seed);
    this.session = new SimulatedSession({
      game: arenaRules,
      seed,
      link,
      playersMax: players,
      watchers: [this.latency],
    });
    this.feel = new FeelMeter(this.session, arenaRules.tickRate, new ArenaFeel());
    this.broken = countBroken(this.session, gameInvariants(arenaRules));
    this.loads = Array.from({ length: players }, (_, index) => this.join(index));
    this.session.network.schedule(COMING_MS, () => {
      this.feel.restart();
    });
  }

  /** Moves time on, in virtual milliseconds. */
  advanceTo(nowMs: number): void {
    this.session.advanceTo(nowMs);
  }

  /** The session is over: how it felt from `COMING_MS` on, which may have been no time at all. */
  feelReport(): RunReport {
    const measuredMs = this.session.network.nowMs - COMING_MS;
    if (measuredMs <= 0) this.feel.restart();
    return { ...this.feel.report(), measuredSeconds: Math.max(0, measuredMs / 1_000), ...this.broken.end() };
  }

  /** The session is over: all that has been measured. */
  sections(): Section[] {
    const bulk = this.loads.flatMap(({ latenciesMs }) => latenciesMs);
    return [
      lanesSection({ ...this.latency.latenciesMs, bulk }),
      ...(this.options.hasBulk ? [bulkSection(this.loads.map(({ mbit }) => mbit))] : []),
      feelSection(this.feelReport()),
    ];
  }

  private join(index: number): BulkLoad {
    const { network } = this.session;
    const { play, hasBulk } = this.options;
    const aim = new Rng(this.rng.below(4_294_967_296));
    const bulk = new BulkLoad(network, BULK_BYTES);
    const pilot = new RestlessPilot(aim);
    const mirror = new TerrainMirror();
    const player = this.session.join({
      game: mirror.game as SharedGame<ArenaRulesTypes>,
      joinOptions: { name: botName(index) },
      readInput: (client) =>
        play === "dance"
          ? pilot.wants(client.predictedTick)
          : steer(client.view, client.playerId ?? 0, client.tick, aim),
      receiveBulk: (offer) => mirror.receiveBulk(offer) ?? bulk.receive(offer),
    });
    this.repeat(CHAT_MS, this.rng.between(0, CHAT_MS), (times) => {
      player.say(encodeChatSay({ text: `${botName(index)} was here ${times} times.` }));
    });
    this.repeat(HEAR_MS, HEAR_MS, () => {
      for (const message of player.client.takeMessages()) mirror.hear(message);
    });
    if (!hasBulk) return bulk;
    this.repeat(BULK_LOOK_MS, BULK_BEGINS_MS, () => {
      const { playerId } = player.client;
      if (playerId !== undefined) bulk.keepUp((source) => this.session.room.sendBulk(playerId, source));
    });
    return bulk;
  }

  /** Runs `run` every so often from `atMs` on; `times`: how often it has run. */
  private repeat(everyMs: number, atMs: number, run: (times: number) => void, times = 0): void {
    this.session.network.schedule(atMs, () => {
      run(times);
      this.repeat(everyMs, atMs + everyMs, run, times + 1);
    });
  }
}
