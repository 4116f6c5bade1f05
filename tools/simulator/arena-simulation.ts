import { Rng, type SharedGame } from "#engine/shared";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import type { ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { arena } from "../../shared/arena/game.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { encodeChatSay } from "../../shared/schema/generated/arena.ts";
import { steer } from "../bots/bot-brain.ts";
import { botName } from "../bots/bot-name.ts";
import { BulkLoad } from "./engine/bulk-load.ts";
import { LaneLatency } from "./engine/lane-latency.ts";
import { FeelMeter } from "./engine/feel-meter.ts";
import type { LinkConditions } from "./engine/link-conditions.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";
import { bulkSection } from "./sections/bulk-section.ts";
import { feelSection } from "./sections/feel-section.ts";
import { lanesSection } from "./sections/lanes-section.ts";
import type { Section } from "./sections/section.ts";

/** What is simulated. */
export interface ArenaSimulationOptions {
  readonly link: LinkConditions;
  readonly seed: number;
  readonly players: number;
}

const BULK_BYTES = 4_000_000;
/** By then everybody has joined. */
const BULK_BEGINS_MS = 2_000;
/** How often somebody looks whether bulk is still under way. */
const BULK_LOOK_MS = 20;
const CHAT_MS = 2_000;
/** From then on it counts how the session feels. */
const COMING_MS = 5_000;
const COLLECT_MS = 1_000;
const HEAR_MS = 20;

/**
 * Arena with traffic on every lane: bots that fight, and so snapshots, inputs and kills; a line of chat from each every
 * two seconds; and from the third second on something large on its way to each of them.
 */
export class ArenaSimulation {
  private readonly session: SimulatedSession<ArenaRulesTypes>;
  private readonly latency = new LaneLatency(arena.protocol.lanes);
  private readonly loads: readonly BulkLoad[];
  private readonly feel: FeelMeter<ArenaRulesTypes>;
  private readonly rng: Rng;

  constructor({ link, seed, players }: ArenaSimulationOptions) {
    this.rng = new Rng(seed);
    this.session = new SimulatedSession({
      game: arenaRules,
      seed,
      link,
      playersMax: players,
      watchers: [this.latency],
    });
    this.feel = new FeelMeter(this.session);
    this.loads = Array.from({ length: players }, (_, index) => this.join(index));
    this.session.network.schedule(COMING_MS, () => {
      this.feel.restart();
    });
    this.repeat(COLLECT_MS, COLLECT_MS, () => {
      this.feel.collect();
    });
  }

  /** Moves time on, in virtual milliseconds. */
  advanceTo(nowMs: number): void {
    this.session.advanceTo(nowMs);
  }

  /** What has been measured until now. */
  get sections(): Section[] {
    const bulk = this.loads.flatMap(({ latenciesMs }) => latenciesMs);
    return [
      lanesSection({ ...this.latency.latenciesMs, bulk }),
      bulkSection(this.loads.map(({ mbit }) => mbit)),
      feelSection(this.feel.report()),
    ];
  }

  private join(index: number): BulkLoad {
    const { network } = this.session;
    const aim = new Rng(this.rng.below(4_294_967_296));
    const bulk = new BulkLoad(network, BULK_BYTES);
    const mirror = new TerrainMirror();
    const player = this.session.join({
      game: mirror.game as SharedGame<ArenaRulesTypes>,
      joinOptions: { name: botName(index) },
      readInput: (client) => steer(client.view, client.playerId ?? 0, client.tick, aim),
      receiveBulk: (offer) => mirror.receiveBulk(offer) ?? bulk.receive(offer),
    });
    this.repeat(CHAT_MS, this.rng.between(0, CHAT_MS), (times) => {
      player.say(encodeChatSay({ text: `${botName(index)} was here ${times} times.` }));
    });
    this.repeat(HEAR_MS, HEAR_MS, () => {
      for (const message of player.client.takeMessages()) mirror.hear(message);
    });
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
