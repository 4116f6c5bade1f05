import type { ArenaWorld } from "./world.ts";

/** Sorts ships and asteroids into the cells of the broad phase, as they are now. */
export function fillCells(world: ArenaWorld): void {
  const { ships, shipCells, asteroids, asteroidCells } = world;
  shipCells.clear();
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (ships.isLive(slot)) shipCells.insert(slot, ships.columns.x[slot]!, ships.columns.y[slot]!);
  }
  asteroidCells.clear();
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (asteroids.isLive(slot)) asteroidCells.insert(slot, asteroids.columns.x[slot]!, asteroids.columns.y[slot]!);
  }
}
