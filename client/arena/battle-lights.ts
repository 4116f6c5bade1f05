import { ASTEROID_RADII, MUZZLE_DISTANCE, SHIP_RADIUS } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { Camera } from "./camera.ts";
import { EntityWatch } from "./entity-watch.ts";
import type { LastSeen } from "./entity-watch.ts";
import { Palette } from "./palette.ts";
import type { Sparks } from "./sparks.ts";

/** A shot that ends this near to a body's surface has hit it: one tick of flight, and some. In units. */
const STRIKE_UNITS = 30;
const STRUCK_UNITS = SHIP_RADIUS + STRIKE_UNITS;
/** The room lets a shot that is late fly on by up to so many ticks before anybody sees it. */
const FLOWN_TICKS_MAX = 13;
/** A way shorter than this is not worth a streak, in units. */
const STREAK_UNITS_MIN = 24;
/** A ship whose health falls so soon after an own shot ended at it was struck by that. */
const STRIKE_MS = 600;
/** Most strikes that wait for it; the oldest are forgotten. */
const STRIKES_MAX = 64;
/** What ends this far beyond the screen's edge is still seen to end, in units. */
const SEEN_BEYOND_UNITS = 60;

/** One display frame of time. */
interface Moment {
  readonly elapsedMs: number;
  /** Nothing was drawn for a while. */
  readonly hasPaused: boolean;
}

/** A place beside a ship where a shot ended. */
interface Strike {
  readonly ship: number;
  readonly generation: number;
  readonly dx: number;
  readonly dy: number;
  ageMs: number;
}

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
  private readonly healths: Uint8Array;
  /** Where own shots ended at ships: the prediction only guesses that they have struck. */
  private guesses: Strike[] = [];

  /** `world`: any of the worlds it will be shown, for their capacities. */
  constructor(world: ArenaWorld, sparks: Sparks) {
    this.sparks = sparks;
    this.ships = new EntityWatch(world.ships.capacity);
    this.shots = new EntityWatch(world.shots.capacity);
    this.asteroids = new EntityWatch(world.asteroids.capacity);
    this.shipOwners = new Uint16Array(world.ships.capacity);
    this.shotOwners = new Uint16Array(world.shots.capacity);
    this.healths = new Uint8Array(world.ships.capacity);
  }

  /** Once a display frame. Returns the slots of ships that were not there before. */
  observe(world: ArenaWorld, camera: Camera, ownId: number | undefined, moment: Moment): readonly number[] {
    const { elapsedMs, hasPaused } = moment;
    this.ships.compare(world.ships);
    this.shots.compare(world.shots);
    this.asteroids.compare(world.asteroids);
    const hasOwnShipCome = this.ships.came.some((slot) => world.ships.columns.owner[slot] === ownId);
    if (!hasOwnShipCome && !hasPaused) {
      this.lightEnds(world, camera, ownId);
      for (const slot of this.shots.came) this.lightMuzzle(world, slot, ownId);
    }
    this.lightGuesses(world, elapsedMs);
    copy(world.ships.columns.owner, this.shipOwners, world.ships.slotEnd);
    copy(world.ships.columns.health, this.healths, world.ships.slotEnd);
    copy(world.shots.columns.owner, this.shotOwners, world.shots.slotEnd);
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
      const isOwn = this.shotOwners[shot.slot] === ownId;
      const ship = shipNear(world.ships, (owner) => owner !== this.shotOwners[shot.slot], shot, STRUCK_UNITS);
      if (isOwn && ship !== undefined) this.guess(world, ship, shot);
      else if (ship !== undefined || isNearAsteroid(world, shot) || isNearAny(this.asteroids.gone, shot)) {
        this.sparks.shotStrikes(shot.x, shot.y, isOwn ? Palette.ownShot : Palette.foeShot);
      }
    }
  }

  private guess({ ships }: ArenaWorld, ship: number, { x, y }: LastSeen): void {
    const [dx, dy] = [x - ships.columns.x[ship]!, y - ships.columns.y[ship]!];
    this.guesses.push({ ship, generation: ships.generationOf(ship), dx, dy, ageMs: 0 });
    if (this.guesses.length > STRIKES_MAX) this.guesses.shift();
  }

  /** A guess is right once the ship is hurt: one for each time. */
  private lightGuesses({ ships }: ArenaWorld, elapsedMs: number): void {
    const { x, y, health } = ships.columns;
    const lit = new Set<number>();
    this.guesses = this.guesses.filter((guess) => {
      const { ship, generation, dx, dy } = guess;
      guess.ageMs += elapsedMs;
      if (guess.ageMs > STRIKE_MS || !ships.isLive(ship) || ships.generationOf(ship) !== generation) return false;
      if (lit.has(ship) || health[ship]! >= this.healths[ship]!) return true;
      lit.add(ship);
      this.sparks.shotStrikes(x[ship]! + dx, y[ship]! + dy, Palette.ownShot);
      return false;
    });
  }

  /** At the ship, wherever the shot is seen first: the room has let it fly on, and a streak tells its way. */
  private lightMuzzle({ ships, shots }: ArenaWorld, slot: number, ownId: number | undefined): void {
    const { x, y, vx, vy, owner } = shots.columns;
    const rgb = owner[slot] === ownId ? Palette.ownShot : Palette.foeShot;
    const speed = Math.max(1e-9, Math.hypot(vx[slot]!, vy[slot]!));
    const [cos, sin] = [vx[slot]! / speed, vy[slot]! / speed];
    for (const ship of ships.slots()) {
      if (ships.columns.owner[ship] !== owner[slot]) continue;
      const [dx, dy] = [x[slot]! - ships.columns.x[ship]!, y[slot]! - ships.columns.y[ship]!];
      const flown = dx * cos + dy * sin - MUZZLE_DISTANCE;
      const isFromShip = Math.abs(dy * cos - dx * sin) < STRIKE_UNITS;
      if (!isFromShip || flown < -STRIKE_UNITS || flown > FLOWN_TICKS_MAX * speed) continue;
      const back = Math.max(0, flown);
      const [muzzleX, muzzleY] = [x[slot]! - back * cos, y[slot]! - back * sin];
      this.sparks.muzzle(muzzleX, muzzleY, rgb);
      if (back > STREAK_UNITS_MIN) this.sparks.streak(muzzleX, muzzleY, back * cos, back * sin, rgb);
    }
  }
}

function copy(from: Uint8Array | Uint16Array, to: Uint8Array | Uint16Array, end: number): void {
  for (let slot = 0; slot < end; slot++) to[slot] = from[slot]!;
}

function isSeen(camera: Camera, { x, y }: LastSeen): boolean {
  return (
    Math.abs(x - camera.x) < camera.halfWidth + SEEN_BEYOND_UNITS &&
    Math.abs(y - camera.y) < camera.halfHeight + SEEN_BEYOND_UNITS
  );
}

function isNearAsteroid({ asteroids }: ArenaWorld, { x, y }: LastSeen): boolean {
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (!asteroids.isLive(slot)) continue;
    const reach = ASTEROID_RADII[asteroids.columns.size[slot]!]! + STRIKE_UNITS;
    if (isWithin(asteroids.columns.x[slot]! - x, asteroids.columns.y[slot]! - y, reach)) return true;
  }
  return false;
}

/** The slot of a ship that is meant and near. */
function shipNear(
  ships: ArenaWorld["ships"],
  isMeant: (owner: number) => boolean,
  { x, y }: LastSeen,
  range: number,
): number | undefined {
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (!ships.isLive(slot) || !isMeant(ships.columns.owner[slot]!)) continue;
    if (isWithin(ships.columns.x[slot]! - x, ships.columns.y[slot]! - y, range)) return slot;
  }
  return undefined;
}

function isNearAny(gone: readonly LastSeen[], { x, y }: LastSeen): boolean {
  return gone.some((body) => isWithin(body.x - x, body.y - y, ASTEROID_RADII[0] + 2 * STRIKE_UNITS));
}

function isWithin(dx: number, dy: number, range: number): boolean {
  return dx * dx + dy * dy < range * range;
}
