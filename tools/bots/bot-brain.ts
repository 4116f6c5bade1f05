import { angleBetween, angleOf, Rng } from "#engine/shared";
import { aimOfHeading, AIM_STEPS, IDLE_INPUT } from "../../shared/arena/movement.ts";
import { slotOfShip } from "../../shared/arena/own-step.ts";
import {
  ASTEROID_RADII,
  BEAM_RANGE,
  MUZZLE_DISTANCE,
  SHIP_RADIUS,
  SHOT_LIFE_TICKS,
  SHOT_MUZZLE_SPEED,
  TICK_RATE,
} from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { type ArenaInput, SHIP_HEADING_STEPS, WORLD_SIZE } from "../../shared/schema/generated/arena.ts";
import { avoidRock, goAround, rockDistance } from "./avoid-rock.ts";

/** A bot keeps this far from its prey, in units: near enough to hit, far enough not to ram. */
const CHASE_DISTANCE = 240;
const RETREAT_DISTANCE = 110;
const SHOT_REACH = SHOT_MUZZLE_SPEED * SHOT_LIFE_TICKS;
/** How far ahead a bot looks for rocks, in ticks, and how wide it passes them, in units. */
const DODGE_TICKS = 28;
const DODGE_MARGIN = 14;
/** No hand is steady: the most an aim is off, in heading steps, either way. */
const AIM_ERROR_STEPS = 14;
/** The same for the beam, in steps of an aim: at 300 units a quarter of them miss. */
const BEAM_ERROR_STEPS = 640;
/** A bot with a beam that is ready takes about so many ticks until it fires: many of them at once would end any ship. */
const BEAM_WAIT_TICKS = 2 * TICK_RATE;
/** The least a shot may be off and still be fired, in heading steps. */
const FIRE_STEPS = 6;
const STEPS_PER_RADIAN = SHIP_HEADING_STEPS / (2 * Math.PI);
const WANDER_TICKS = 3 * TICK_RATE;
/** Rock between a bot and its prey that is no thicker than this is shot at, in units. */
const THIN_ROCK = 70;
/** A wanderer stays this far from the border, in units. */
const WANDER_BORDER = 400;

/** Where something is and how it moves, as one ship sees it: relative to it. Units, and units per tick. */
interface Bearing {
  readonly dx: number;
  readonly dy: number;
  readonly vx: number;
  readonly vy: number;
  readonly distance: number;
}

/** A rock on a collision course: what is nearest of it, seen from where the ship will be then. */
interface Threat {
  readonly bearing: Bearing;
  readonly radius: number;
  readonly ticks: number;
}

/**
 * What a bot does now: it dodges what it would hit, hunts the nearest foe in view, and wanders when alone. Whatever it
 * does, it keeps off rock.
 *
 * It remembers nothing: the same world, tick and state of `rng` give the same intent.
 */
export function steer(world: ArenaWorld, playerId: number, tick: number, rng: Rng): ArenaInput {
  const own = slotOfShip(world, playerId);
  if (own === undefined) return IDLE_INPUT;
  const input = avoidRock(world, own, intent(world, own, playerId, tick, rng));
  return aimBeam(world, own, { ...input, aim: aimOfHeading(input.aim) }, rng);
}

/** The beam reaches what it is aimed at at once, wherever the ship points. */
function aimBeam(world: ArenaWorld, own: number, input: ArenaInput, rng: Rng): ArenaInput {
  const { beamCooldown, shielded } = world.ships.columns;
  const foe = beamCooldown[own] === 0 ? nearestFoe(world, own) : undefined;
  if (foe === undefined || shielded[foe] === 1 || rockBetween(world, own, foe) > 0) return input;
  const { dx, dy, distance } = bearingOf(world, own, world.ships.columns, foe);
  if (distance > BEAM_RANGE || rng.below(BEAM_WAIT_TICKS) !== 0) return input;
  const error = Math.round(rng.between(-BEAM_ERROR_STEPS, BEAM_ERROR_STEPS));
  return { ...input, beam: true, aims: true, aim: (angleOf(dx, dy, AIM_STEPS) + error + AIM_STEPS) % AIM_STEPS };
}

function intent(world: ArenaWorld, own: number, playerId: number, tick: number, rng: Rng): ArenaInput {
  const threat = nextThreat(world, own);
  if (threat !== undefined) return dodge(world, own, threat);
  const foe = nearestFoe(world, own);
  if (foe === undefined) return wander(world, own, playerId, tick);
  const rock = rockBetween(world, own, foe);
  return rock === 0 ? hunt(world, own, foe, rng) : goAroundTo(world, own, foe, rock);
}

/** The rock that would be hit first if nothing were done. */
function nextThreat(world: ArenaWorld, own: number): Threat | undefined {
  let next: Threat | undefined;
  for (const slot of world.asteroids.slots()) {
    const bearing = bearingOf(world, own, world.asteroids.columns, slot);
    const radius = ASTEROID_RADII[world.asteroids.columns.size[slot]!] ?? 0;
    const ticks = ticksToNearest(bearing);
    if (ticks > Math.min(DODGE_TICKS, next?.ticks ?? Infinity)) continue;
    const missX = bearing.dx + bearing.vx * ticks;
    const missY = bearing.dy + bearing.vy * ticks;
    if (Math.hypot(missX, missY) < radius + SHIP_RADIUS + DODGE_MARGIN) next = { bearing, radius, ticks };
  }
  return next;
}

/** When two bodies that keep their course are closest: Infinity when they part. */
function ticksToNearest({ dx, dy, vx, vy }: Bearing): number {
  const closing = -(dx * vx + dy * vy);
  return closing <= 0 ? Infinity : closing / (vx * vx + vy * vy);
}

/** Turns away from the side the rock is on, and shoots at it while it is in front. */
function dodge(world: ArenaWorld, own: number, { bearing, radius }: Threat): ArenaInput {
  const { dx, dy, vx, vy } = bearing;
  // The rock comes along (vx, vy); the ship leaves its path by the shorter way, across it.
  const side = dx * vy - dy * vx >= 0 ? 1 : -1;
  const aim = angleOf(-vy * side, vx * side, SHIP_HEADING_STEPS);
  const isAhead = isLinedUp(world, own, angleOf(dx, dy, SHIP_HEADING_STEPS), radius, bearing.distance);
  return { ...IDLE_INPUT, aims: true, aim, thrust: isNear(headingOf(world, own), aim, 160), fire: isAhead };
}

function nearestFoe(world: ArenaWorld, own: number): number | undefined {
  let nearest: number | undefined;
  let nearestDistance = Infinity;
  for (const slot of world.ships.slots()) {
    const { distance } = bearingOf(world, own, world.ships.columns, slot);
    if (slot === own || distance >= nearestDistance) continue;
    nearest = slot;
    nearestDistance = distance;
  }
  return nearest;
}

/** How thick rock between two ships is at most, in units; 0 when they see each other. */
function rockBetween(world: ArenaWorld, own: number, foe: number): number {
  const { x, y } = world.ships.columns;
  const { dx, dy, distance } = bearingOf(world, own, world.ships.columns, foe);
  const toRock = rockDistance(world, x[own]!, y[own]!, dx, dy);
  if (toRock === Infinity) return 0;
  return Math.max(1, distance - toRock - rockDistance(world, x[foe]!, y[foe]!, -dx, -dy));
}

/** Flies around the rock in front of a foe, and shoots at it where it is thin. */
function goAroundTo(world: ArenaWorld, own: number, foe: number, rock: number): ArenaInput {
  const { dx, dy, distance } = bearingOf(world, own, world.ships.columns, foe);
  const aim = angleOf(dx, dy, SHIP_HEADING_STEPS);
  const fire = rock < THIN_ROCK && distance < SHOT_REACH && isLinedUp(world, own, aim, SHIP_RADIUS, distance);
  return goAround(world, own, aim, { ...IDLE_INPUT, fire });
}

/** Aims where the foe will be when the shot is there. Shots carry the ship's own velocity: all is relative to it. */
function hunt(world: ArenaWorld, own: number, foe: number, rng: Rng): ArenaInput {
  const bearing = bearingOf(world, own, world.ships.columns, foe);
  const flightTicks = Math.max(0, bearing.distance - MUZZLE_DISTANCE) / SHOT_MUZZLE_SPEED;
  const aheadX = bearing.dx + bearing.vx * flightTicks;
  const aheadY = bearing.dy + bearing.vy * flightTicks;
  const exact = angleOf(aheadX, aheadY, SHIP_HEADING_STEPS);
  const error = Math.round(rng.between(-AIM_ERROR_STEPS, AIM_ERROR_STEPS));
  const isInReach = bearing.distance < SHOT_REACH && world.ships.columns.shielded[foe] === 0;
  return {
    ...IDLE_INPUT,
    aims: true,
    aim: (exact + error + SHIP_HEADING_STEPS) % SHIP_HEADING_STEPS,
    thrust: bearing.distance > CHASE_DISTANCE && isNear(headingOf(world, own), exact, 100),
    reverse: bearing.distance < RETREAT_DISTANCE,
    fire: isInReach && isLinedUp(world, own, exact, SHIP_RADIUS, bearing.distance),
  };
}

/** Flies from place to place, each for three seconds, at half throttle. Each bot has places of its own. */
function wander(world: ArenaWorld, own: number, playerId: number, tick: number): ArenaInput {
  const leg = Math.floor(tick / WANDER_TICKS);
  const places = new Rng(playerId * 65_537 + leg);
  const { x, y } = world.ships.columns;
  const dx = places.between(WANDER_BORDER, WORLD_SIZE - WANDER_BORDER) - x[own]!;
  const dy = places.between(WANDER_BORDER, WORLD_SIZE - WANDER_BORDER) - y[own]!;
  const aim = angleOf(dx, dy, SHIP_HEADING_STEPS);
  return { ...IDLE_INPUT, aims: true, aim, thrust: tick % 2 === 0 && isNear(headingOf(world, own), aim, 64) };
}

interface MovingColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
}

function bearingOf(world: ArenaWorld, own: number, columns: MovingColumns, slot: number): Bearing {
  const ships = world.ships.columns;
  const dx = columns.x[slot]! - ships.x[own]!;
  const dy = columns.y[slot]! - ships.y[own]!;
  const vx = columns.vx[slot]! - ships.vx[own]!;
  const vy = columns.vy[slot]! - ships.vy[own]!;
  return { dx, dy, vx, vy, distance: Math.hypot(dx, dy) };
}

function headingOf(world: ArenaWorld, own: number): number {
  return world.ships.columns.heading[own]!;
}

/** Whether a shot along the heading would touch a body of this radius at this distance. */
function isLinedUp(world: ArenaWorld, own: number, aim: number, radius: number, distance: number): boolean {
  const halfWidthSteps = (radius / Math.max(distance, radius)) * STEPS_PER_RADIAN;
  return isNear(headingOf(world, own), aim, Math.max(FIRE_STEPS, halfWidthSteps));
}

function isNear(heading: number, aim: number, stepsMax: number): boolean {
  return Math.abs(angleBetween(heading, aim, SHIP_HEADING_STEPS)) <= stepsMax;
}
