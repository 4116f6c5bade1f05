import type { Rewind } from "#engine/shared";
import type { ArenaInput } from "../schema/generated/arena.ts";
import { hitAsteroid } from "./asteroids.ts";
import { digCrater } from "./digging.ts";
import { AIM_DIRECTIONS, aimOfHeading } from "./movement.ts";
import { hurtShip } from "./ship-health.ts";
import { isInWorld } from "./shots.ts";
import { firstTarget } from "./targets.ts";
import { rockAhead } from "./terrain-contact.ts";
import {
  BEAM_COOLDOWN_TICKS,
  BEAM_DAMAGE,
  BEAM_PUSH_SPEED,
  BEAM_RANGE,
  BEAM_TRACE_TICKS,
  MUZZLE_DISTANCE,
  SHOT_CRATER_CELLS,
} from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

/** Whose past the targets of a beam are in. */
export interface BeamSight {
  readonly rewind: Rewind;
  readonly sawTick: number;
}

/** A ship's beam runs down. */
export function coolBeam(world: ArenaWorld, ship: number): void {
  const { beamCooldown } = world.ships.columns;
  if (beamCooldown[ship]! > 0) beamCooldown[ship]! -= 1;
}

/** Traces fade. */
export function fadeBeams(world: ArenaWorld): void {
  const { beams, beamTicksLeft } = world;
  for (let slot = 0; slot < beams.slotEnd; slot++) {
    if (!beams.isLive(slot)) continue;
    beamTicksLeft[slot]! -= 1;
    if (beamTicksLeft[slot] === 0) beams.destroy(slot);
  }
}

/**
 * A ship that wants to fire its beam and may does so: the first thing on its way is hit at once, where the player of the
 * ship saw it. Without a sight nothing is hit, and the trace ends at rock: that is for the room to say.
 */
export function fireBeam(world: ArenaWorld, ship: number, input: ArenaInput, sight: BeamSight | undefined): void {
  const { columns: ships } = world.ships;
  if (!input.beam || ships.beamCooldown[ship] !== 0) return;
  const aim = input.aims ? input.aim : aimOfHeading(ships.heading[ship]!);
  const [cos, sin] = [AIM_DIRECTIONS.cos[aim]!, AIM_DIRECTIONS.sin[aim]!];
  const x = ships.x[ship]! + cos * MUZZLE_DISTANCE;
  const y = ships.y[ship]! + sin * MUZZLE_DISTANCE;
  const slot = isInWorld(x, y) ? world.beams.spawn() : undefined;
  if (slot === undefined) return;
  ships.beamCooldown[ship] = BEAM_COOLDOWN_TICKS;
  const { columns: beams } = world.beams;
  const owner = ships.owner[ship]!;
  beams.owner[slot] = owner;
  beams.x[slot] = x;
  beams.y[slot] = y;
  beams.aim[slot] = aim;
  world.beamTicksLeft[slot] = BEAM_TRACE_TICKS;
  const way = { x, y, moveX: cos * BEAM_RANGE, moveY: sin * BEAM_RANGE, radius: 0, owner };
  const rock = rockAhead(world.terrain, x, y, way.moveX, way.moveY);
  const target =
    sight && firstTarget(world, way, { rewind: sight.rewind, fromTick: sight.sawTick, toTick: sight.sawTick });
  const time = Math.min(1, rock?.time ?? 1, target?.time ?? 1);
  beams.length[slot] = Math.round(time * BEAM_RANGE);
  if (target?.time === time) {
    beams.hit[slot] = 1;
    if (target.kind === "ship") hurtShip(world, target.slot, BEAM_DAMAGE, owner);
    else hitAsteroid(world, target.slot, cos * BEAM_PUSH_SPEED, sin * BEAM_PUSH_SPEED, owner);
  } else if (rock !== undefined && sight !== undefined) {
    digCrater(world, { x: rock.cellX, y: rock.cellY, radius: SHOT_CRATER_CELLS });
  }
}
