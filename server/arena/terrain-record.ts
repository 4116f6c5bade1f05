import type { Terrain } from "../../shared/arena/terrain.ts";
import {
  encodeTerrainDug,
  encodeTerrainEdits,
  TERRAIN_DUG_PER_MESSAGE_MAX,
  TERRAIN_EDITS_MAX,
  TERRAIN_EDITS_PER_MESSAGE_MAX,
} from "../../shared/schema/generated/arena.ts";
import type { Crater } from "../../shared/schema/generated/arena.ts";

/**
 * What a newcomer has to be told of the terrain: its cells as they were at some tick, the baseline, and what was dug
 * since.
 *
 * Players who have come before stay with the baseline of their time: with every crater since then they get to the
 * same cells.
 */
export class TerrainRecord {
  /** In the order in which they were dug, at most `TERRAIN_EDITS_MAX`. */
  private edits: Crater[] = [];
  private cells: Uint8Array;
  private tick: number;

  constructor(terrain: Terrain, tick: number) {
    this.cells = terrain.cells.slice();
    this.tick = tick;
  }

  /** The cells at `baselineTick`. They do not change any more. */
  get baseline(): Uint8Array {
    return this.cells;
  }

  get baselineTick(): number {
    return this.tick;
  }

  get editCount(): number {
    return this.edits.length;
  }

  /** Keeps what was dug in the tick that has just been simulated; makes a new baseline when it is too much to keep. */
  add(craters: readonly Crater[], terrain: Terrain, tick: number): void {
    if (this.edits.length + craters.length <= TERRAIN_EDITS_MAX) {
      this.edits.push(...craters);
      return;
    }
    this.edits = [];
    this.cells = terrain.cells.slice();
    this.tick = tick;
  }

  /** What a newcomer needs beside the baseline, encoded. */
  editMessages(): Uint8Array[] {
    return split(this.edits, TERRAIN_EDITS_PER_MESSAGE_MAX).map((craters) => encodeTerrainEdits({ craters }));
  }
}

/** What everyone needs to know of what was dug in a tick, encoded. */
export function dugMessages(craters: readonly Crater[]): Uint8Array[] {
  return split(craters, TERRAIN_DUG_PER_MESSAGE_MAX).map((part) => encodeTerrainDug({ craters: part }));
}

function split<Item>(items: readonly Item[], countMax: number): Item[][] {
  const parts: Item[][] = [];
  for (let from = 0; from < items.length; from += countMax) parts.push(items.slice(from, from + countMax));
  return parts;
}
