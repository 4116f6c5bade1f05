import { ASTEROID_RADII, MUZZLE_DISTANCE, SHIP_RADIUS } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { Camera } from "./camera.ts";
import { EntityWatch } from "./entity-watch.ts";
import type { LastSeen } from "./entity-watch.ts";
import { Palette } from "./palette.ts";
import type { Sparks } from "./sparks.ts";

/** A shot that ends this near to a body's surface has hit it: one tick of flight, and some. In units. */
const STRIKE_UNITS = 30;
/** What ends this far beyond the screen's edge is still seen to end, in units. */
const SEEN_BEYOND_UNITS = 60;

/**
 * Guesses from who came and who went what flashed and burst, and lights it.
 *
 * When the own ship appears elsewhere, or nothing was drawn for a while, all that was around it goes at once: that is
 * no battle, and stays dark.
 */
export class BattleLights {
  private readonly sparks: Sparks;
  private readonly ships: EntityWatch;
  private readonly shots: EntityWatch;
  private readonly asteroids: EntityWatch;
  /** The owner of the ship or shot last seen in a slot: the tables no longer say. */
  private readonly shipOwners: Uint16Array;
  private readonly shotOwners: Uint16Array;

  /** `world`: any of the worlds it will be shown, for their capacities. */
  constructor(world: ArenaWorld, sparks: Sparks) {
    this.sparks = sparks;
    this.ships = new EntityWatch(world.ships.capacity);
    this.shots = new EntityWatch(world.shots.capacity);
    this.asteroids = new EntityWatch(world.asteroids.capacity);
    this.shipOwners = new Uint16Array(world.ships.capacity);
    this.shotOwners = new Uint16Array(world.shots.capacity);
  }

  /** Once a display frame. Returns the slots of ships that were not there before. */
  observe(world: ArenaWorld, camera: Camera, ownId: number | undefined, hasPaused = false): readonly number[] {
    this.ships.compare(world.ships);
    this.shots.compare(world.shots);
    this.asteroids.compare(world.asteroids);
    const hasOwnShipCome = this.ships.came.some((slot) => world.ships.columns.owner[slot] === ownId);
    if (!hasOwnShipCome && !hasPaused) {
      this.lightEnds(world, camera, ownId);
      for (const slot of this.shots.came) this.lightMuzzle(world, slot, ownId);
    }
    copyOwners(world.ships.columns.owner, this.shipOwners, world.ships.slotEnd);
    copyOwners(world.shots.columns.owner, this.shotOwners, world.shots.slotEnd);
    return this.ships.came;
  }

  private lightEnds(world: ArenaWorld, camera: Camera, ownId: number | undefined): void {
    for (const ship of this.ships.gone) {
      const rgb = this.shipOwners[ship.slot] === ownId ? Palette.ownEngine : Palette.foe;
      if (isSeen(camera, ship)) this.sparks.shipEnds(ship.x, ship.y, rgb);
    }
    for (const rock of this.asteroids.gone) if (isSeen(camera, rock)) this.sparks.rockBreaks(rock.x, rock.y);
    for (const shot of this.shots.gone) {
      if (!isSeen(camera, shot)) continue;
      if (!hasStruck(world, shot) && !isNearAny(this.asteroids.gone, shot)) continue;
      const isOwn = this.shotOwners[shot.slot] === ownId;
      this.sparks.shotStrikes(shot.x, shot.y, isOwn ? Palette.ownShot : Palette.foeShot);
    }
  }

  private lightMuzzle(world: ArenaWorld, slot: number, ownId: number | undefined): void {
    const { x, y, owner } = world.shots.columns;
    const range = MUZZLE_DISTANCE + STRIKE_UNITS;
    const isFresh = isNearBody(world.ships, (ship) => ship === owner[slot], x[slot]!, y[slot]!, range);
    if (isFresh) this.sparks.muzzle(x[slot]!, y[slot]!, owner[slot] === ownId ? Palette.ownShot : Palette.foeShot);
  }
}

function copyOwners(from: Uint16Array, to: Uint16Array, end: number): void {
  for (let slot = 0; slot < end; slot++) to[slot] = from[slot]!;
}

function isSeen(camera: Camera, { x, y }: LastSeen): boolean {
  return (
    Math.abs(x - camera.x) < camera.halfWidth + SEEN_BEYOND_UNITS &&
    Math.abs(y - camera.y) < camera.halfHeight + SEEN_BEYOND_UNITS
  );
}

function hasStruck(world: ArenaWorld, { x, y }: LastSeen): boolean {
  if (isNearBody(world.ships, () => true, x, y, SHIP_RADIUS + STRIKE_UNITS)) return true;
  const { asteroids } = world;
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (!asteroids.isLive(slot)) continue;
    const reach = ASTEROID_RADII[asteroids.columns.size[slot]!]! + STRIKE_UNITS;
    if (isWithin(asteroids.columns.x[slot]! - x, asteroids.columns.y[slot]! - y, reach)) return true;
  }
  return false;
}

function isNearBody(
  ships: ArenaWorld["ships"],
  isMeant: (owner: number) => boolean,
  x: number,
  y: number,
  range: number,
): boolean {
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (!ships.isLive(slot) || !isMeant(ships.columns.owner[slot]!)) continue;
    if (isWithin(ships.columns.x[slot]! - x, ships.columns.y[slot]! - y, range)) return true;
  }
  return false;
}

function isNearAny(gone: readonly LastSeen[], { x, y }: LastSeen): boolean {
  return gone.some((body) => isWithin(body.x - x, body.y - y, ASTEROID_RADII[0] + 2 * STRIKE_UNITS));
}

function isWithin(dx: number, dy: number, range: number): boolean {
  return dx * dx + dy * dy < range * range;
}
