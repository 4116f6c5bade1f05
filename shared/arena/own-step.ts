import type { PlayerId } from "#engine/shared";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { driftAsteroids } from "./asteroids.ts";
import { coolBeam, fadeBeams, fireBeam } from "./beams.ts";
import { crashShip } from "./crashes.ts";
import { fillCells } from "./fill-cells.ts";
import { moveShip } from "./movement.ts";
import { coolGun, fireShot, isInWorld } from "./shots.ts";
import { firstTarget } from "./targets.ts";
import { rockAhead } from "./terrain-contact.ts";
import { crashShipIntoRock } from "./terrain-crashes.ts";
import { SHOT_RADIUS } from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

/**
 * What `simulate` does to a player's own ship and what it fires, in a client's mirror: it flies, bounces and fires at
 * once. Others go on as they went; who is hit and hurt is for the room to say.
 */
export function stepOwn(world: ArenaWorld, playerId: PlayerId, input: ArenaInput, tick: number): void {
  const { ships } = world;
  world.tick = tick;
  const own = slotOfShip(world, playerId);
  moveOthers(world, own);
  driftAsteroids(world);
  if (own !== undefined) moveShip(ships.columns, own, input);
  fillCells(world);
  flyOwnShots(world, playerId);
  fadeBeams(world);
  if (own === undefined) return;
  coolGun(world, own);
  coolBeam(world, own);
  // What a mirror does to a ship's health is not to be seen.
  world.shipTimers.shieldTicks[own] = 1;
  crashShip(world, own);
  crashShipIntoRock(world, own);
  fireShot(world, own, input);
  fireBeam(world, own, input, undefined);
}

/** The slot of a player's ship; undefined while there is none. */
export function slotOfShip({ ships }: ArenaWorld, playerId: PlayerId | undefined): number | undefined {
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (ships.isLive(slot) && ships.columns.owner[slot] === playerId) return slot;
  }
  return undefined;
}

function moveOthers({ ships }: ArenaWorld, own: number | undefined): void {
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (ships.isLive(slot) && slot !== own) ships.codec.advance(ships.columns, slot);
  }
}

/**
 * They end at what is in their way, and nothing comes of it. How much longer each flies a mirror that was only told of it
 * cannot know; the room's own takes its place before that matters.
 */
function flyOwnShots(world: ArenaWorld, playerId: PlayerId): void {
  const { shots } = world;
  const { x, y, vx, vy, owner } = shots.columns;
  for (let slot = 0; slot < shots.slotEnd; slot++) {
    if (!shots.isLive(slot) || owner[slot] !== playerId) continue;
    const way = { x: x[slot]!, y: y[slot]!, moveX: vx[slot]!, moveY: vy[slot]!, radius: SHOT_RADIUS, owner: playerId };
    const isStopped =
      rockAhead(world.terrain, way.x, way.y, way.moveX, way.moveY) !== undefined ||
      firstTarget(world, way) !== undefined;
    x[slot]! += way.moveX;
    y[slot]! += way.moveY;
    if (isStopped || !isInWorld(x[slot]!, y[slot]!)) shots.destroy(slot);
  }
}
