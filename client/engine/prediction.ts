import {
  type AnyEntityTable,
  checkedTables,
  type EntityRef,
  type GameTypes,
  type Ownership,
  type PlayerId,
  type SharedGame,
} from "#engine/shared";
import { GENERATION_MASK } from "../../shared/engine/replication/snapshot-layout.ts";
import { type PredictedRenewal, type PredictedSpawn, SpawnWatch } from "./spawn-watch.ts";

/** The player's intents by tick; undefined where none is known. */
type InputAt<Input> = (tick: number) => Input | undefined;

/** From where one of the player's entities was predicted to be to where it is: units of the game. */
export interface Correction extends EntityRef {
  /** As snapshots have it. */
  readonly generation: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * The player's own entities, ahead of the room: its simulation, run early.
 *
 * Each snapshot replaces what was guessed; inputs that it does not have yet are then played again on top of it. What
 * the room calculates equals what was calculated here unless something really differed, and then nothing moves. (The
 * method is that of Bernier's paper of 2001 and of Gambetta's Fast-Paced Multiplayer.)
 */
export class Prediction<Types extends GameTypes> {
  /** The state after `tick`: of others the newest that is known. */
  readonly world: Types["World"];
  /** What `stepOwn` has spawned since the newest snapshot, oldest first: what has ended again too. */
  readonly spawned: PredictedSpawn[] = [];
  /** What it has renewed since then, oldest first. */
  readonly renewed: PredictedRenewal[] = [];
  private readonly game: SharedGame<Types>;
  private readonly ownership: Ownership<Types["World"], Types["Input"]>;
  private readonly playerId: PlayerId;
  private readonly tables: readonly AnyEntityTable[];
  private readonly spawns: SpawnWatch;
  private lastTick = 0;
  /** A tick farther on than `world`. */
  private readonly aheadWorld: Types["World"];

  constructor(game: SharedGame<Types>, ownership: Ownership<Types["World"], Types["Input"]>, playerId: PlayerId) {
    this.game = game;
    this.ownership = ownership;
    this.playerId = playerId;
    this.world = emptyWorld(game);
    this.aheadWorld = emptyWorld(game);
    this.tables = game.tables(this.world);
    this.spawns = new SpawnWatch(this.tables);
  }

  get tick(): number {
    return this.lastTick;
  }

  /** The next tick, with what the player wants in it. */
  step(input: Types["Input"]): void {
    this.lastTick += 1;
    this.ownership.stepOwn(this.world, this.playerId, input, this.lastTick);
    // As the room does: what is predicted stays equal to what the wire can say.
    for (const table of this.tables) table.snap();
    this.spawns.look(this.lastTick, this.spawned, this.renewed);
  }

  /**
   * Goes on from what the room says of `tick`, up to where the prediction was: by the inputs behind it. Returns by how
   * much each of the player's entities was wrong, or nothing where there was none to compare: of what has been spawned
   * nothing, as it is in another slot each time.
   */
  reconcile(newest: readonly AnyEntityTable[], tick: number, inputAt: InputAt<Types["Input"]>): Correction[] {
    const targetTick = this.lastTick;
    const guesses = targetTick >= tick ? this.ownPlaces() : [];
    this.tables.forEach((table, kind) => {
      table.copyFrom(newest[kind]!);
    });
    this.spawned.length = 0;
    this.renewed.length = 0;
    this.spawns.reset();
    this.lastTick = tick;
    while (this.lastTick < targetTick) {
      const input = inputAt(this.lastTick + 1);
      if (input === undefined) this.lastTick += 1;
      else this.step(input);
    }
    return guesses.flatMap((guess) => this.correctionOf(guess));
  }

  /** The world a tick farther on, with what the player wants just now: good until the next call. */
  ahead(input: Types["Input"]): Types["World"] {
    const { aheadWorld, tables } = this;
    this.game.tables(aheadWorld).forEach((table, kind) => {
      table.copyFrom(tables[kind]!);
    });
    this.ownership.stepOwn(aheadWorld, this.playerId, input, this.lastTick + 1);
    return aheadWorld;
  }

  /** The slots of the player's own entities of a kind, rising. */
  ownSlots(kind: number): number[] {
    const entity = { kind, slot: 0 };
    return [...this.tables[kind]!.slots()].filter((slot) => {
      entity.slot = slot;
      return this.ownership.ownerOf(this.world, entity) === this.playerId;
    });
  }

  private ownPlaces(): OwnPlace[] {
    return this.ownership.predictedKinds.flatMap((kind) => {
      const table = this.tables[kind]!;
      const { position } = table;
      if (position === undefined) return [];
      const slots = this.ownSlots(kind).filter((slot) => !this.isSpawned(kind, slot, table.firstGenerationOf(slot)));
      return slots.map((slot) => {
        return { kind, slot, generation: wireGeneration(table, slot), x: position.x[slot]!, y: position.y[slot]! };
      });
    });
  }

  private isSpawned(kind: number, slot: number, generation: number): boolean {
    return this.spawned.some((spawn) => spawn.kind === kind && spawn.slot === slot && spawn.generation === generation);
  }

  private correctionOf({ kind, slot, generation, x, y }: OwnPlace): Correction[] {
    const table = this.tables[kind]!;
    if (!table.isLive(slot) || wireGeneration(table, slot) !== generation) return [];
    return [{ kind, slot, generation, dx: table.position!.x[slot]! - x, dy: table.position!.y[slot]! - y }];
  }
}

interface OwnPlace extends EntityRef {
  readonly generation: number;
  readonly x: number;
  readonly y: number;
}

/** An entity's generation as snapshots have it: what is renewed in a prediction has the one that the room's will have. */
export function wireGeneration(table: AnyEntityTable, slot: number): number {
  return table.generationOf(slot) & GENERATION_MASK;
}

/** A world of a game, with nothing in it. Throws a `GameDefinitionError` where its tables are not those of the schema. */
export function emptyWorld<Types extends GameTypes>(game: SharedGame<Types>): Types["World"] {
  const world = game.createWorld(0);
  for (const table of checkedTables(game, world)) table.clear();
  return world;
}
