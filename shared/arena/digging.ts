import type { Crater } from "./terrain.ts";
import type { ArenaWorld } from "./world.ts";

/** Takes rock out of the world, where there is some, and says so. */
export function digCrater(world: ArenaWorld, crater: Crater): void {
  if (world.terrain.dig(crater) > 0) world.outcomes.craters.push(crater);
}
