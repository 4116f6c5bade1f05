import type { AnyEntityTable, GameDefinition, GameTypes, PlayerId, Viewpoint } from "#engine/shared";
import { type KindView, SnapshotEncoder } from "../../shared/engine/replication/snapshot-encoder.ts";
import { encodeSnapshot } from "../../shared/schema/generated/engine.ts";
import { InterestGrid } from "./interest-grid.ts";

/** What a snapshot says besides the entities. */
export interface SnapshotHead {
  readonly tick: number;
  /** Sequence of the newest input of this player that is part of the state. */
  readonly inputSequence: number;
}

/**
 * Turns the world into each player's snapshot: what is near the viewpoint and visible, in full records.
 *
 * Once a tick `prepare` sorts the world into grids; then `snapshotFor` is asked for each player who can take one.
 */
export class Replicator<Types extends GameTypes> {
  private readonly game: GameDefinition<Types>;
  private readonly world: Types["World"];
  private readonly tables: readonly AnyEntityTable[];
  private readonly grids: readonly (InterestGrid | undefined)[];
  private readonly views: readonly KindView[];
  private readonly encoder = new SnapshotEncoder();

  constructor(game: GameDefinition<Types>, world: Types["World"]) {
    this.game = game;
    this.world = world;
    this.tables = game.tables(world);
    this.grids = this.tables.map((table) =>
      table.position ? new InterestGrid(table, game.interest.radius) : undefined,
    );
    this.views = this.tables.map((table) => ({ slots: new Uint16Array(table.capacity), count: 0 }));
  }

  /** Call after the tick, before the first `snapshotFor` of it. */
  prepare(): void {
    for (const grid of this.grids) grid?.rebuild();
  }

  /** The encoded Snapshot message of one player, in a version of the schema; the caller may keep it. */
  snapshotFor(playerId: PlayerId, version: number, head: SnapshotHead): Uint8Array {
    const viewpoint = this.game.interest.viewpoint(this.world, playerId);
    for (let kind = 0; kind < this.tables.length; kind++) this.look(kind, playerId, viewpoint);
    const sections = this.encoder.encode(this.tables, this.views, version);
    return encodeSnapshot({ tick: head.tick, inputSequence: head.inputSequence, sections });
  }

  /** Fills the view of one kind. */
  private look(kind: number, playerId: PlayerId, viewpoint: Viewpoint | undefined): void {
    const { interest } = this.game;
    const view = this.views[kind]!;
    const near = this.candidates(kind, viewpoint);
    let count = 0;
    for (let i = 0; i < near; i++) {
      const slot = view.slots[i]!;
      if (interest.isVisible(this.world, playerId, { kind, slot })) view.slots[count++] = slot;
    }
    view.count = count;
  }

  /** Writes what distance lets through into the view's slots; returns how many. */
  private candidates(kind: number, viewpoint: Viewpoint | undefined): number {
    const { slots } = this.views[kind]!;
    const grid = this.grids[kind];
    if (grid === undefined) return allSlots(this.tables[kind]!, slots);
    return viewpoint === undefined ? 0 : grid.query(viewpoint, this.game.interest.radius, slots);
  }
}

function allSlots(table: AnyEntityTable, slots: Uint16Array): number {
  let count = 0;
  for (let slot = 0; slot < table.slotEnd; slot++) if (table.isLive(slot)) slots[count++] = slot;
  return count;
}
