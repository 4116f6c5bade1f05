import { GameClient } from "#engine/client";
import { CloseCode, type Link, Rng } from "#engine/shared";
import type { ArenaTypes } from "../../shared/arena/game.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { steer } from "./bot-brain.ts";
import type { BotReport } from "./bot-summary.ts";

const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 5_000;

/** The ending of one whose connection broke off and was not back when it was asked. */
const AWAY = { code: CloseCode.ABNORMAL, reason: "The connection to the server broke off." };

/** What a bot is made with. */
export interface BotOptions {
  readonly name: string;
  readonly seed: number;
  /** When it connects for the first time, on the clock of `advance`. */
  readonly startsAtMs: number;
  /** Whether it comes back after it was lost. */
  readonly isPersistent: boolean;
  readonly openLink: () => Link;
  /** Told of each snapshot that `advance` finds to be the newest, and of a loss. */
  readonly watcher?: BotWatcher | undefined;
}

/** Somebody who wants to know what a bot sees. */
export interface BotWatcher {
  onSnapshot(tick: number, world: ArenaTypes["World"]): void;
  onLoss(): void;
}

/** Where the counters stood when the room said Welcome. */
interface Joined {
  readonly atMs: number;
  readonly snapshots: number;
  readonly bytes: number;
}

/**
 * One player without a screen: the client that browsers run, with a brain at its controls.
 *
 * A persistent one comes back after each loss, waiting longer each time: a server that starts again is not
 * met by all of them at once.
 */
export class Bot {
  private readonly options: BotOptions;
  private readonly rng: Rng;
  private client: GameClient<ArenaTypes> | undefined;
  private mirror: TerrainMirror | undefined;
  private joined: Joined | undefined;
  private lastMs = 0;
  private nextTryMs: number;
  private retryMs = RETRY_MS_MIN;
  private entitiesSum = 0;
  private advances = 0;
  /** The tick of the snapshot that the watcher was told of last. */
  private watchedTick = 0;

  constructor(options: BotOptions) {
    this.options = options;
    this.rng = new Rng(options.seed);
    this.nextTryMs = options.startsAtMs;
  }

  get isConnected(): boolean {
    return this.client?.status.phase === "connected";
  }

  /** Whether it was lost and will not come back. */
  get isGone(): boolean {
    return !this.options.isPersistent && this.client?.status.phase === "lost";
  }

  /** Snapshots of the present connection. */
  get snapshots(): number {
    return this.client?.stats.snapshots ?? 0;
  }

  /** About once a tick. `nowMs` is monotonic. */
  advance(nowMs: number): void {
    if (this.client === undefined) {
      if (nowMs >= this.nextTryMs) this.connect();
      return;
    }
    this.client.advance(nowMs);
    for (const message of this.client.takeMessages()) this.mirror?.hear(message);
    const { phase } = this.client.status;
    if (phase === "connected") this.measure(nowMs, this.client);
    this.tellWatcher(this.client);
    if (phase === "lost" && this.options.isPersistent) this.retryLater(nowMs);
  }

  /** Leaves the room. */
  stop(): void {
    this.client?.close();
  }

  /** How it fares: to be asked before `stop`. */
  report(): BotReport {
    const { client, joined } = this;
    const status = client?.status;
    const isAway = status?.phase === "reconnecting";
    return {
      hasJoined: joined !== undefined,
      ending: status?.phase === "lost" ? { code: status.code, reason: status.reason } : isAway ? AWAY : undefined,
      joinedSeconds: joined === undefined ? 0 : (this.lastMs - joined.atMs) / 1_000,
      snapshots: this.snapshots - (joined?.snapshots ?? 0),
      bytes: (client?.stats.bytesReceived ?? 0) - (joined?.bytes ?? 0),
      entitiesInView: this.advances === 0 ? 0 : this.entitiesSum / this.advances,
      rttSamplesMs: client?.stats.rttSamplesMs ?? [],
    };
  }

  private connect(): void {
    const mirror = new TerrainMirror();
    const client: GameClient<ArenaTypes> = new GameClient<ArenaTypes>({
      game: mirror.game,
      joinOptions: { name: this.options.name },
      readInput: () => steer(client.view, client.playerId ?? 0, client.tick, this.rng),
      random: () => this.rng.next(),
      receiveBulk: mirror.receiveBulk,
    });
    client.connect(this.options.openLink);
    this.client = client;
    this.mirror = mirror;
  }

  private measure(nowMs: number, { stats }: GameClient<ArenaTypes>): void {
    this.joined ??= { atMs: nowMs, snapshots: stats.snapshots, bytes: stats.bytesReceived };
    this.lastMs = nowMs;
    this.retryMs = RETRY_MS_MIN;
    this.entitiesSum += stats.entitiesInView;
    this.advances += 1;
  }

  private tellWatcher({ status, tick, world }: GameClient<ArenaTypes>): void {
    const { watcher } = this.options;
    if (tick !== this.watchedTick) watcher?.onSnapshot(tick, world);
    this.watchedTick = tick;
    if (status.phase === "lost") watcher?.onLoss();
  }

  private retryLater(nowMs: number): void {
    this.client = undefined;
    this.joined = undefined;
    this.entitiesSum = 0;
    this.advances = 0;
    this.watchedTick = 0;
    this.nextTryMs = nowMs + this.rng.between(this.retryMs / 2, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MS_MAX);
  }
}
