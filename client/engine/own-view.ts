import type { AnyEntityTable, GameTypes, Ownership, PlayerId, SharedGame } from "#engine/shared";
import type { InputHistory } from "./input-history.ts";
import { type Correction, Prediction, wireGeneration } from "./prediction.ts";
import { ShownSpawns } from "./shown-spawns.ts";
import { Smoothing } from "./smoothing.ts";

/** The others, as they are drawn. */
export interface OthersMoment<World> {
  readonly view: World;
  readonly viewTick: number;
  readonly newestTick: number;
}

/** What an own view is made with. */
export interface OwnViewOptions<Types extends GameTypes> {
  readonly game: SharedGame<Types>;
  readonly ownership: Ownership<Types["World"], Types["Input"]>;
  readonly playerId: PlayerId;
  /** Filled by every snapshot before `heard`. */
  readonly newest: Types["World"];
  readonly inputs: InputHistory<Types["Input"]>;
}

/**
 * What is the player's own, as it is drawn: predicted, smoothed where the room corrects it, and moved by what the player
 * wants just now, at once and not only with the next tick.
 */
export class OwnView<Types extends GameTypes> {
  private readonly options: OwnViewOptions<Types>;
  private readonly prediction: Prediction<Types>;
  private readonly spawns: ShownSpawns;
  private readonly smoothing = new Smoothing();
  private readonly entity = { kind: 0, slot: 0 };

  constructor(options: OwnViewOptions<Types>) {
    const { game, ownership, playerId, newest } = options;
    this.options = options;
    this.prediction = new Prediction(game, ownership, playerId);
    this.spawns = new ShownSpawns({
      newest: game.tables(newest),
      predicted: game.tables(this.prediction.world),
      spawned: this.prediction.spawned,
      renewed: this.prediction.renewed,
      predictedKinds: ownership.predictedKinds,
      isOwn: (entity) => ownership.ownerOf(newest, entity) === playerId,
      smoothing: this.smoothing,
    });
  }

  /** The newest tick that is predicted. */
  get tick(): number {
    return this.prediction.tick;
  }

  /** The state after that tick: of others the newest that is known. */
  get world(): Types["World"] {
    return this.prediction.world;
  }

  /** Snapshots have come, the newest of `tick`. Returns by how much what was predicted of the player's own was wrong. */
  heard(tick: number): Correction[] {
    const { game, newest, inputs } = this.options;
    const tables = game.tables(newest);
    const wasAhead = this.prediction.tick >= tick;
    this.spawns.confirm(tick);
    const corrections = this.prediction
      .reconcile(tables, tick, (inputTick) => inputs.at(inputTick))
      .filter(({ kind, slot }) => !this.isSpawned(kind, slot));
    if (wasAhead) corrections.push(...this.spawns.corrections());
    for (const correction of corrections) this.smoothing.add(correction);
    return corrections;
  }

  /** The player wants something in the tick behind `tick`, or in one farther on: those between go on as before. */
  step(tick: number, input: Types["Input"]): void {
    const { inputs } = this.options;
    while (this.prediction.tick < tick) this.prediction.step(inputs.at(this.prediction.tick + 1) ?? input);
  }

  advance(passedMs: number): void {
    this.smoothing.advance(passedMs);
  }

  /**
   * Puts the player's own into the view of the others. `fraction`: how much of the next tick has passed, 0 to 1;
   * `input`: what the player wants in that, undefined before it has wanted anything.
   */
  show(others: OthersMoment<Types["World"]>, fraction: number, input: Types["Input"] | undefined): void {
    const { game } = this.options;
    const view = game.tables(others.view);
    const predicted = game.tables(this.prediction.world);
    const ahead = input === undefined ? predicted : game.tables(this.prediction.ahead(input));
    for (const kind of this.options.ownership.predictedKinds) {
      this.takeOut(others.view, kind, view[kind]!);
      for (const slot of this.prediction.ownSlots(kind)) {
        if (this.isSpawned(kind, slot)) continue;
        this.put(kind, slot, predicted[kind]!, ahead[kind]!, fraction, view[kind]!);
      }
    }
    const { viewTick, newestTick } = others;
    this.spawns.place({ view, viewTick, newestTick, ownTick: this.prediction.tick + fraction, ahead, fraction });
  }

  /** Whether an entity of the prediction is shown as what an input has spawned. */
  private isSpawned(kind: number, slot: number): boolean {
    const table = this.options.game.tables(this.prediction.world)[kind]!;
    return this.spawns.has(kind, slot, table.firstGenerationOf(slot));
  }

  /** The player's own as it was: it is shown as it is. */
  private takeOut(world: Types["World"], kind: number, table: AnyEntityTable): void {
    const { entity } = this;
    entity.kind = kind;
    for (entity.slot = 0; entity.slot < table.slotEnd; entity.slot++) {
      if (!table.isLive(entity.slot)) continue;
      if (this.options.ownership.ownerOf(world, entity) === this.options.playerId) table.destroy(entity.slot);
    }
  }

  private put(
    kind: number,
    slot: number,
    now: AnyEntityTable,
    next: AnyEntityTable,
    fraction: number,
    view: AnyEntityTable,
  ): void {
    view.place(slot, wireGeneration(now, slot));
    const goesOn = next.isLive(slot) && next.generationOf(slot) === now.generationOf(slot);
    if (goesOn) now.codec.interpolate(now.columns, next.columns, slot, fraction, view.columns);
    else now.codec.copy(now.columns, view.columns, slot);
    this.smoothing.apply(kind, slot, view);
  }
}
