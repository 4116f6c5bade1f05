import type { AnyEntityTable, GameTypes, SharedGame } from "#engine/shared";
import type { SnapshotReader } from "../../shared/engine/replication/snapshot-reader.ts";

/**
 * The last two snapshots, and the view between them.
 *
 * What is drawn is a moment between the two: late by about one snapshot, but smooth, however unevenly snapshots
 * arrive within that time. The moment moves on with the clock and is held inside the two snapshots.
 */
export class InterpolationBuffer<Types extends GameTypes> {
  /** The state between the two snapshots at the moment of the last `advance`. */
  readonly view: Types["World"];
  private readonly game: SharedGame<Types>;
  private previous: Types["World"];
  private latest: Types["World"];
  private previousTick = 0;
  private latestTick = 0;
  private viewTick = 0;
  private lastMs: number | undefined;

  constructor(game: SharedGame<Types>) {
    this.game = game;
    this.previous = emptyWorld(game);
    this.latest = emptyWorld(game);
    this.view = emptyWorld(game);
  }

  /** The newest state as it was received. */
  get newest(): Types["World"] {
    return this.latest;
  }

  /** The tick of the newest state; 0 before the first. */
  get newestTick(): number {
    return this.latestTick;
  }

  /** Takes over what the reader holds after a snapshot, which is newer than the last one. */
  push(reader: SnapshotReader): void {
    [this.previous, this.latest] = [this.latest, this.previous];
    this.previousTick = this.latestTick === 0 ? reader.tick : this.latestTick;
    this.latestTick = reader.tick;
    this.game.tables(this.latest).forEach((table, kind) => {
      reader.show(kind, table);
    });
  }

  /** Moves the view on to `nowMs`. */
  advance(nowMs: number): void {
    const passedTicks = ((nowMs - (this.lastMs ?? nowMs)) * this.game.tickRate) / 1000;
    this.lastMs = nowMs;
    this.viewTick = Math.min(this.latestTick, Math.max(this.previousTick, this.viewTick + passedTicks));
    const span = this.latestTick - this.previousTick;
    this.fillView(span === 0 ? 1 : (this.viewTick - this.previousTick) / span);
  }

  private fillView(fraction: number): void {
    const from = this.game.tables(this.previous);
    const to = this.game.tables(this.latest);
    const into = this.game.tables(this.view);
    for (let kind = 0; kind < into.length; kind++) blend(from[kind]!, to[kind]!, fraction, into[kind]!);
  }
}

function emptyWorld<Types extends GameTypes>(game: SharedGame<Types>): Types["World"] {
  const world = game.createWorld(0);
  for (const table of game.tables(world)) table.clear();
  return world;
}

/** An entity that only the newer snapshot has appears when the view reaches it: it had no earlier place to come from. */
function blend(from: AnyEntityTable, to: AnyEntityTable, fraction: number, into: AnyEntityTable): void {
  into.clear();
  for (let slot = 0; slot < to.slotEnd; slot++) {
    if (!to.isLive(slot)) continue;
    const generation = to.generationOf(slot);
    const isKnown = from.isLive(slot) && from.generationOf(slot) === generation;
    if (!isKnown && fraction < 1) continue;
    into.place(slot, generation);
    if (isKnown) to.codec.interpolate(from.columns, to.columns, slot, fraction, into.columns);
    else to.codec.copy(to.columns, into.columns, slot);
  }
}
