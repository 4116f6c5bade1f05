import type { GameTypes, SharedGame } from "#engine/shared";
import type { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";
import type { Welcome } from "../../shared/schema/generated/engine.ts";
import type { ClientStats } from "./client-stats.ts";
import { InputClock } from "./input-clock.ts";
import { InputHistory } from "./input-history.ts";
import { InterpolationBuffer } from "./interpolation-buffer.ts";
import { OwnView } from "./own-view.ts";
import { emptyWorld } from "./prediction.ts";
import { ViewClock } from "./view-clock.ts";

/** What a player's game is made with. */
export interface PlayOptions<Types extends GameTypes> {
  readonly game: SharedGame<Types>;
  readonly welcome: Welcome;
  /** Becomes the newest state as it was received. */
  readonly world: Types["World"];
  readonly stats: ClientStats;
  readonly readInput: () => Types["Input"];
  readonly peekInput: (() => Types["Input"]) | undefined;
  /** When Welcome came, and there and back: in milliseconds. */
  readonly nowMs: number;
  readonly rttMs: number;
}

/** A client that stood still, in a hidden tab say, says its newest intents and not all it missed. */
const CATCH_UP_INPUTS_MAX = 4;
/** `Snapshot.inputSlack` is told in steps of so many milliseconds; the lowest one says nothing. */
const SLACK_STEP_MS = 2;
const NO_SLACK = -128;

/**
 * A player's game from Welcome on, whatever connection it goes over: two clocks, of the inputs, which are ahead of the
 * room, and of the others, which are behind it; and what is drawn, in which both meet.
 */
export class Play<Types extends GameTypes> {
  readonly inputs: InputHistory<Types["Input"]>;
  private readonly options: PlayOptions<Types>;
  private readonly inputClock: InputClock;
  private readonly viewClock: ViewClock;
  private readonly buffer: InterpolationBuffer;
  private readonly own: OwnView<Types> | undefined;
  private readonly drawn: Types["World"];
  private newestInputTick = 0;
  /** A snapshot has come that what is predicted does not go on from yet. */
  private hasNews = false;
  private isDrawn = false;
  private lastMs: number;
  private drawnMs: number;

  constructor(options: PlayOptions<Types>) {
    const { game, welcome, world, nowMs, rttMs } = options;
    const { tickRate, ticksPerSnapshot, tick, playerId } = welcome;
    this.options = options;
    this.inputClock = new InputClock({ tickRate, tick, nowMs, rttMs });
    this.viewClock = new ViewClock({ tickRate, ticksPerSnapshot });
    this.inputs = new InputHistory<Types["Input"]>(game.protocol.input, tickRate);
    this.buffer = new InterpolationBuffer(game.tables(world));
    this.drawn = emptyWorld(game);
    this.lastMs = nowMs;
    this.drawnMs = nowMs;
    const { ownership } = game;
    if (ownership === undefined) return;
    this.own = new OwnView({ game, ownership, playerId, newest: world, inputs: this.inputs });
  }

  /** The tick of the newest snapshot; 0 before the first. */
  get newestTick(): number {
    return this.buffer.newestTick;
  }

  /** The tick of the newest input; 0 before the first. */
  get inputTick(): number {
    return this.newestInputTick;
  }

  /** The tick that the others are drawn at, with a fraction; 0 before the first snapshot. */
  get viewTick(): number {
    return this.viewClock.tick;
  }

  get interpolationDelayMs(): number {
    return this.viewClock.delayMs;
  }

  /** How long before the tick of the newest input the others are drawn, in milliseconds. */
  get viewAgeMs(): number {
    return ((this.newestInputTick - this.viewTick) * 1_000) / this.options.welcome.tickRate;
  }

  /** What is to be drawn at the moment of the last `advance`. */
  get view(): Types["World"] {
    if (!this.isDrawn) this.draw();
    return this.drawn;
  }

  /** A snapshot came at `atMs`, which the reader has read. `inputSlack`: as the message has it. */
  heard(reader: SnapshotReader, inputSlack: number, rttMs: number, atMs: number): void {
    this.buffer.push(reader);
    this.viewClock.arrived(reader.tick, atMs);
    this.hasNews = true;
    this.inputClock.heard(reader.tick, rttMs, atMs);
    if (inputSlack !== NO_SLACK) this.inputClock.report(SLACK_STEP_MS * inputSlack, rttMs, atMs);
  }

  /** Once a display frame: moves the clocks on, takes what the player wants, and predicts what follows from it. */
  advance(nowMs: number): void {
    this.isDrawn = false;
    this.inputClock.advance(nowMs);
    this.viewClock.advance(nowMs);
    this.buffer.forget(this.viewTick);
    this.own?.advance(nowMs - this.lastMs);
    this.lastMs = nowMs;
    if (this.hasNews) this.takeNews();
    if (this.newestTick > 0) this.options.stats.addFrame(this.viewClock.isUnderrun, this.viewClock.delayMs);
    this.takeInputs();
  }

  private takeNews(): void {
    const { game, world, stats } = this.options;
    const { newest, newestTick } = this.buffer;
    this.hasNews = false;
    game.tables(world).forEach((table, kind) => {
      table.copyFrom(newest![kind]!);
    });
    this.inputs.acknowledge(newestTick);
    for (const { dx, dy } of this.own?.heard(newestTick) ?? []) stats.addCorrection(Math.hypot(dx, dy));
  }

  private takeInputs(): void {
    const due = Math.floor(this.inputClock.tick);
    const first = Math.max(this.newestInputTick + 1, due - CATCH_UP_INPUTS_MAX + 1);
    for (let tick = first; tick <= due; tick++) {
      const input = this.options.readInput();
      this.inputs.add(tick, input);
      this.own?.step(tick, input);
      this.newestInputTick = tick;
    }
  }

  private draw(): void {
    this.isDrawn = true;
    const { game, peekInput } = this.options;
    const passedMs = this.lastMs - this.drawnMs;
    this.drawnMs = this.lastMs;
    this.buffer.show(this.viewTick, passedMs, game.tables(this.drawn));
    const fraction = Math.max(0, Math.min(1, this.inputClock.tick - this.newestInputTick));
    const others = { view: this.drawn, viewTick: this.viewTick, newestTick: this.newestTick };
    this.own?.show(others, fraction, peekInput?.() ?? this.inputs.at(this.newestInputTick));
  }
}
