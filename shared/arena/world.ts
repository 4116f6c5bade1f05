import { EntityTable, Rng } from "#engine/shared";
import { Asteroid, Beam, PLAYERS_MAX, Ship, Shot } from "../schema/generated/arena.ts";
import type {
  AsteroidColumns,
  AsteroidSize,
  BeamColumns,
  Crater,
  ShipColumns,
  ShotColumns,
} from "../schema/generated/arena.ts";
import { CellGrid } from "./cell-grid.ts";
import { Terrain } from "./terrain.ts";
import {
  ASTEROIDS_MAX,
  BEAMS_MAX,
  CELL_SIZE,
  CELLS_PER_SIDE,
  SHIELD_TICKS,
  SHIP_HEALTH_MAX,
  SHOTS_MAX,
} from "./tuning.ts";

/** What a ship has that the wire does not carry, by the ship's slot. */
export interface ShipTimers {
  /** Until it can be hurt. */
  readonly shieldTicks: Uint8Array;
  /** Since it was last hurt; stays at 65,535. */
  readonly calmTicks: Uint16Array;
}

/** A ship's end, and where it was. `killer` is NOBODY when no player did it. */
export interface ShipKill {
  readonly killer: number;
  readonly victim: number;
  readonly x: number;
  readonly y: number;
}

/** An asteroid's end, and the player whose shot it was. */
export interface AsteroidBreak {
  readonly playerId: number;
  readonly size: AsteroidSize;
}

/** What happened during the newest tick that a rule outside the simulation may care about. */
export interface TickOutcomes {
  readonly kills: ShipKill[];
  readonly breaks: AsteroidBreak[];
  /** In the order in which they were dug. */
  readonly craters: Crater[];
}

/**
 * Arena's world. The tables are what snapshots carry, and rock arrives by itself; the rest is the server's and stays
 * empty in a client's mirror, which moves nothing but its own ship.
 */
export interface ArenaWorld {
  readonly ships: EntityTable<ShipColumns>;
  readonly shots: EntityTable<ShotColumns>;
  readonly asteroids: EntityTable<AsteroidColumns>;
  readonly beams: EntityTable<BeamColumns>;
  readonly terrain: Terrain;
  /**
   * The blocks of terrain that a ship's player has, by the ship's slot: 1 for each that has arrived. The others are
   * solid to that ship. Undefined: all have.
   */
  readonly knownBlocks: (Uint8Array | undefined)[];
  readonly shipTimers: ShipTimers;
  /** How much longer each shot flies, by slot. */
  readonly shotTicksLeft: Uint8Array;
  /** How much longer the trace of each beam is there, by slot. */
  readonly beamTicksLeft: Uint8Array;
  /** Heading steps per tick, by slot. */
  readonly asteroidSpin: Int8Array;
  /** Where ships and asteroids are in this tick: the broad phase of every search. */
  readonly shipCells: CellGrid;
  readonly asteroidCells: CellGrid;
  /** What somebody who fires saw: columns to rewind into, of two moments. */
  readonly seen: {
    readonly ships: readonly [ShipColumns, ShipColumns];
    readonly asteroids: readonly [AsteroidColumns, AsteroidColumns];
  };
  readonly outcomes: TickOutcomes;
  readonly rng: Rng;
  /** Ticks simulated so far. */
  tick: number;
}

/** A world without entities, and of open space unless it is given rock; every random choice follows from `seed`. */
export function createWorld(seed: number, terrain = new Terrain()): ArenaWorld {
  return {
    ships: new EntityTable(Ship, PLAYERS_MAX),
    shots: new EntityTable(Shot, SHOTS_MAX),
    asteroids: new EntityTable(Asteroid, ASTEROIDS_MAX),
    beams: new EntityTable(Beam, BEAMS_MAX),
    terrain,
    knownBlocks: [],
    shipTimers: {
      shieldTicks: new Uint8Array(PLAYERS_MAX),
      calmTicks: new Uint16Array(PLAYERS_MAX),
    },
    shotTicksLeft: new Uint8Array(SHOTS_MAX),
    beamTicksLeft: new Uint8Array(BEAMS_MAX),
    asteroidSpin: new Int8Array(ASTEROIDS_MAX),
    shipCells: new CellGrid(CELL_SIZE, CELLS_PER_SIDE, PLAYERS_MAX),
    asteroidCells: new CellGrid(CELL_SIZE, CELLS_PER_SIDE, ASTEROIDS_MAX),
    seen: {
      ships: [Ship.createColumns(PLAYERS_MAX), Ship.createColumns(PLAYERS_MAX)],
      asteroids: [Asteroid.createColumns(ASTEROIDS_MAX), Asteroid.createColumns(ASTEROIDS_MAX)],
    },
    outcomes: { kills: [], breaks: [], craters: [] },
    rng: new Rng(seed),
    tick: 0,
  };
}

/** The tables in the order of the protocol's entities: Ship, Shot, Asteroid, Beam. */
export function tablesOf({
  ships,
  shots,
  asteroids,
  beams,
}: ArenaWorld): [ArenaWorld["ships"], ArenaWorld["shots"], ArenaWorld["asteroids"], ArenaWorld["beams"]] {
  return [ships, shots, asteroids, beams];
}

/** A new ship: at rest, whole, shielded. Undefined when the world holds all it can. */
export function spawnShip(world: ArenaWorld, owner: number, x: number, y: number, heading: number): number | undefined {
  const slot = world.ships.spawn();
  if (slot === undefined) return undefined;
  const { columns } = world.ships;
  columns.owner[slot] = owner;
  columns.x[slot] = x;
  columns.y[slot] = y;
  columns.heading[slot] = heading;
  columns.health[slot] = SHIP_HEALTH_MAX;
  columns.shielded[slot] = 1;
  world.knownBlocks[slot] = undefined;
  world.shipTimers.shieldTicks[slot] = SHIELD_TICKS;
  world.shipTimers.calmTicks[slot] = 0;
  return slot;
}
