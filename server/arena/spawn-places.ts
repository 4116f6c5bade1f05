import type { Viewpoint } from "#engine/shared";
import {
  SHIP_RADIUS,
  SPAWN_BORDER_DISTANCE,
  SPAWN_CANDIDATES,
  SPAWN_CLEARANCE,
  SPAWN_FOE_DISTANCE,
} from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { isFree, randomPlace } from "./asteroid-field.ts";

/**
 * Where a new ship has room and time: clear of asteroids and rock, and of some places the one farthest from any foe.
 * One that `isKnown` to its player comes before any that the player would have to wait for.
 */
export function chooseSpawnPlace(world: ArenaWorld, isKnown: (place: Viewpoint) => boolean): Viewpoint {
  let best = randomPlace(world, SPAWN_BORDER_DISTANCE);
  let bestRank = rank(world, best, isKnown);
  for (let candidate = 1; candidate < SPAWN_CANDIDATES; candidate++) {
    const place = randomPlace(world, SPAWN_BORDER_DISTANCE);
    const placeRank = rank(world, place, isKnown);
    if (placeRank <= bestRank) continue;
    best = place;
    bestRank = placeRank;
  }
  return best;
}

/** Whether a new ship has room there. */
export function isRoomy(world: ArenaWorld, place: Viewpoint): boolean {
  return isFree(world, place, SHIP_RADIUS + SPAWN_CLEARANCE);
}

/**
 * The squared distance to the nearest foe, up to where it no longer matters. A place that is not known ranks below all
 * that are, and one without room below everything.
 */
function rank(world: ArenaWorld, place: Viewpoint, isKnown: (place: Viewpoint) => boolean): number {
  if (!isRoomy(world, place)) return -Infinity;
  const { ships } = world;
  const farSquared = SPAWN_FOE_DISTANCE * SPAWN_FOE_DISTANCE;
  let nearestSquared = farSquared;
  for (const slot of ships.slots()) {
    const dx = ships.columns.x[slot]! - place.x;
    const dy = ships.columns.y[slot]! - place.y;
    nearestSquared = Math.min(nearestSquared, dx * dx + dy * dy);
  }
  return isKnown(place) ? nearestSquared : nearestSquared - 2 * farSquared;
}
