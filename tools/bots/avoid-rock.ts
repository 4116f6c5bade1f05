import { angleBetween, angleOf } from "#engine/shared";
import { DIRECTIONS } from "../../shared/arena/movement.ts";
import { rockAhead } from "../../shared/arena/terrain-contact.ts";
import { SHIP_ROCK_RADIUS } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { type ArenaInput, SHIP_HEADING_STEPS } from "../../shared/schema/generated/arena.ts";

/** A ship looks so many ticks of its flight ahead for rock, and so far besides, in units. */
const LOOK_TICKS = 22;
const LOOK_UNITS = 34;
/** A way is free when nothing is in it for so far, in units; where none is, the longest is taken. */
const FREE_UNITS = 190;
/** Ways that are looked at, to either side of the one that is wanted, in heading steps. */
const WAY_STEPS = 48;
const WAYS = Math.floor(SHIP_HEADING_STEPS / 2 / WAY_STEPS);
/** Speed along a free way, in units per tick, and how much of a way of any length a ship covers in a tick at most. */
const CRUISE_SPEED = 8;
const WAY_SHARE = 1 / 16;
/** A ship thrusts when its heading is this near to where it wants to, in heading steps. */
const THRUST_STEPS = 110;
/** It shoots at rock this near in front of it when there is no free way, in units. */
const DIG_UNITS = 60;

/** A way a ship may take. */
interface Way {
  readonly heading: number;
  /** How far it is free, in units, up to `FREE_UNITS`. */
  readonly freeUnits: number;
}

/** Keeps a ship off rock, whatever it is about to do: it goes on with that as soon as its course is clear. */
export function avoidRock(world: ArenaWorld, own: number, input: ArenaInput): ArenaInput {
  const { vx, vy, heading } = world.ships.columns;
  const speed = Math.hypot(vx[own]!, vy[own]!);
  const course = speed < 0.5 ? heading[own]! : angleOf(vx[own]!, vy[own]!, SHIP_HEADING_STEPS);
  const lookUnits = LOOK_UNITS + speed * LOOK_TICKS;
  const isCourseFree = freeUnits(world, own, course, lookUnits) >= lookUnits;
  const isHeadingFree = !input.thrust || freeUnits(world, own, heading[own]!, LOOK_UNITS) >= LOOK_UNITS;
  return isCourseFree && isHeadingFree ? input : takeWay(world, own, bestWay(world, own, input.aim), input);
}

/** Where a ship goes that wants to go there but has rock in its way: by the nearest way that is free. */
export function goAround(world: ArenaWorld, own: number, wanted: number, input: ArenaInput): ArenaInput {
  return takeWay(world, own, bestWay(world, own, wanted), input);
}

/** How far it is from a place to the first rock on the way to another, in units; Infinity when the way is clear. */
export function rockDistance(world: ArenaWorld, x: number, y: number, dx: number, dy: number): number {
  const rock = rockAhead(world.terrain, x, y, dx, dy);
  return rock === undefined ? Infinity : rock.time * Math.hypot(dx, dy);
}

/** Speeds up, slows down and turns so that the ship comes to fly along the way. */
function takeWay(world: ArenaWorld, own: number, way: Way, input: ArenaInput): ArenaInput {
  const { vx, vy, heading } = world.ships.columns;
  const speed = Math.min(CRUISE_SPEED, way.freeUnits * WAY_SHARE);
  const changeX = DIRECTIONS.cos[way.heading]! * speed - vx[own]!;
  const changeY = DIRECTIONS.sin[way.heading]! * speed - vy[own]!;
  const isWay = Math.hypot(changeX, changeY) < 0.8;
  const aim = isWay ? way.heading : angleOf(changeX, changeY, SHIP_HEADING_STEPS);
  const off = Math.abs(angleBetween(heading[own]!, aim, SHIP_HEADING_STEPS));
  const isShut = way.freeUnits < FREE_UNITS && freeUnits(world, own, heading[own]!, DIG_UNITS) < DIG_UNITS;
  return {
    ...input,
    aims: true,
    aim,
    thrust: !isWay && off < THRUST_STEPS,
    reverse: !isWay && off > SHIP_HEADING_STEPS / 2 - THRUST_STEPS,
    fire: input.fire || isShut,
  };
}

function bestWay(world: ArenaWorld, own: number, wanted: number): Way {
  let best: Way = { heading: wanted, freeUnits: -1 };
  for (let index = 0; index <= WAYS; index++) {
    for (const side of index === 0 ? [1] : [1, -1]) {
      const heading = (wanted + side * index * WAY_STEPS) & (SHIP_HEADING_STEPS - 1);
      const free = freeUnits(world, own, heading, FREE_UNITS);
      if (free >= FREE_UNITS) return { heading, freeUnits: free };
      if (free > best.freeUnits) best = { heading, freeUnits: free };
    }
  }
  return best;
}

/** How far a ship can fly along a heading before its hull meets rock, in units, up to `unitsMax`. */
function freeUnits(world: ArenaWorld, own: number, heading: number, unitsMax: number): number {
  const { x, y } = world.ships.columns;
  const cos = DIRECTIONS.cos[heading]!;
  const sin = DIRECTIONS.sin[heading]!;
  let free = unitsMax;
  for (const side of [-SHIP_ROCK_RADIUS, SHIP_ROCK_RADIUS]) {
    const [fromX, fromY] = [x[own]! - sin * side, y[own]! + cos * side];
    free = Math.min(free, rockDistance(world, fromX, fromY, cos * unitsMax, sin * unitsMax));
  }
  return free;
}
