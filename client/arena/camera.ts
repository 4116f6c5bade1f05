import { INTEREST_RADIUS } from "../../shared/arena/tuning.ts";

/** What the camera is told of the ship it follows: units, and units per second. */
export interface CameraTarget {
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
}

/**
 * Every screen shows at least this much of the world along its longer and its shorter side, in units. A phone held
 * upright shows the same piece, turned: at the width of a lying one, most of its height would be beyond sight.
 */
export const VIEW_LONG_MIN = 1200;
export const VIEW_SHORT_MIN = 800;
/** What is about to leave the sight fades over this distance, so that nothing pops in and out, in units. */
const FADE_UNITS = 120;

/** How far ahead of the ship the camera looks: seconds of its flight, and units at most. */
const LEAD_SECONDS = 0.22;
const LEAD_MAX = 80;
/** How far the camera glides to a new ship, in units. */
const GLIDE_MAX = 240;
/** Natural frequency of the critically damped spring, 1/s: it has settled after about 4 / frequency seconds. */
const FREQUENCY = 5;

/**
 * Where the screen's middle is in the world.
 *
 * The ship itself is followed without delay, so that it never trembles; only the distance between ship and
 * middle is sprung. A new ship elsewhere is reached by a cut and a short glide: a flight over the whole world would
 * show empty space, as only the surroundings of the ship are known.
 */
export class Camera {
  x: number;
  y: number;
  /** Half of what the screen shows, in units. */
  halfWidth = VIEW_LONG_MIN / 2;
  halfHeight = VIEW_SHORT_MIN / 2;
  /** Screen pixels (CSS) for each unit. */
  pixelsPerUnit = 1;
  private offsetX = 0;
  private offsetY = 0;
  private offsetVx = 0;
  private offsetVy = 0;
  private shipX: number | undefined;
  private shipY: number | undefined;
  /** Where the ship is or was last: the surroundings of this place are known. */
  private sightX: number;
  private sightY: number;

  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
    this.sightX = x;
    this.sightY = y;
  }

  /** The screen's size in CSS pixels. */
  resize(width: number, height: number): void {
    const long = Math.max(width, height);
    const short = Math.min(width, height);
    this.pixelsPerUnit = Math.max(1e-3, Math.min(long / VIEW_LONG_MIN, short / VIEW_SHORT_MIN));
    this.halfWidth = width / 2 / this.pixelsPerUnit;
    this.halfHeight = height / 2 / this.pixelsPerUnit;
  }

  /** Once a display frame. Without a target the camera stays where it is. */
  follow(target: CameraTarget | undefined, elapsedSeconds: number): void {
    if (target === undefined) {
      this.shipX = undefined;
      this.shipY = undefined;
      return;
    }
    if (this.shipX === undefined || hasJumped(this.shipX, this.shipY!, target)) this.startFrom(target);
    this.shipX = target.x;
    this.shipY = target.y;
    this.sightX = target.x;
    this.sightY = target.y;
    const shrink = Math.min(LEAD_SECONDS, LEAD_MAX / Math.max(1e-9, Math.hypot(target.vx, target.vy)));
    this.spring(target.vx * shrink, target.vy * shrink, elapsedSeconds);
    this.x = target.x + this.offsetX;
    this.y = target.y + this.offsetY;
  }

  /** How clearly a place is seen: from 1, near the ship, to 0, where nothing is known any more. */
  clarityAt(worldX: number, worldY: number): number {
    const distance = Math.hypot(worldX - this.sightX, worldY - this.sightY);
    return Math.min(1, Math.max(0, (INTEREST_RADIUS - distance) / FADE_UNITS));
  }

  screenX(worldX: number): number {
    return (worldX - this.x + this.halfWidth) * this.pixelsPerUnit;
  }

  screenY(worldY: number): number {
    return (worldY - this.y + this.halfHeight) * this.pixelsPerUnit;
  }

  /** Cuts to a new ship, but for the last stretch, which shows from where one came. */
  private startFrom(target: CameraTarget): void {
    const awayX = this.x - target.x;
    const awayY = this.y - target.y;
    const kept = Math.min(1, GLIDE_MAX / Math.max(1e-9, Math.hypot(awayX, awayY)));
    this.offsetX = awayX * kept;
    this.offsetY = awayY * kept;
    this.offsetVx = 0;
    this.offsetVy = 0;
  }

  /** The exact solution for a step of any length: a slow frame neither overshoots nor explodes. */
  private spring(leadX: number, leadY: number, seconds: number): void {
    const decay = Math.exp(-FREQUENCY * seconds);
    const awayX = this.offsetX - leadX;
    const awayY = this.offsetY - leadY;
    const pullX = (this.offsetVx + FREQUENCY * awayX) * seconds;
    const pullY = (this.offsetVy + FREQUENCY * awayY) * seconds;
    this.offsetX = leadX + (awayX + pullX) * decay;
    this.offsetY = leadY + (awayY + pullY) * decay;
    this.offsetVx = (this.offsetVx - FREQUENCY * pullX) * decay;
    this.offsetVy = (this.offsetVy - FREQUENCY * pullY) * decay;
  }
}

/** No ship flies this far between two display frames: it is another one, or was put elsewhere. */
const JUMP_UNITS = 200;

function hasJumped(x: number, y: number, target: CameraTarget): boolean {
  return Math.abs(target.x - x) > JUMP_UNITS || Math.abs(target.y - y) > JUMP_UNITS;
}
