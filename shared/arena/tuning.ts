import { WORLD_SIZE } from "../schema/generated/arena.ts";

/** Simulation steps per second. Everything below that moves does so in units per tick. */
export const TICK_RATE = 30;

const perTick = (unitsPerSecond: number): number => unitsPerSecond / TICK_RATE;
const perTickSquared = (unitsPerSecondSquared: number): number => unitsPerSecondSquared / (TICK_RATE * TICK_RATE);
const ticks = (seconds: number): number => Math.round(seconds * TICK_RATE);

/** Most shots in the air: what every ship can have fired within a shot's life, and some. */
export const SHOTS_MAX = 2048;
/** Most asteroids: `FIELD_WEIGHT` with one large asteroid in reserve, all of it broken into small ones. */
export const ASTEROIDS_MAX = 640;
/** Side of a cell of the broad phase, in units: about the diameter of the largest asteroid. */
export const CELL_SIZE = 128;
export const CELLS_PER_SIDE = Math.ceil(WORLD_SIZE / CELL_SIZE);
/** Share of its speed that a body keeps when it bounces off the border of the world. */
export const BORDER_BOUNCE = 0.5;
/** Share of their closing speed with which two bodies part after a collision. */
export const COLLISION_BOUNCE = 0.6;

/** In units. */
export const SHIP_RADIUS = 14;
/** What of a ship rock stops, in units: less, so that it slips through what its shots dig. */
export const SHIP_ROCK_RADIUS = 12;
/** In asteroid mass, which is an asteroid's radius squared. */
export const SHIP_MASS = 500;
export const SHIP_HEALTH_MAX = 100;
/** In units per tick, as all speeds are: 360 units per second. */
export const SHIP_SPEED_MAX = perTick(360);
/** In units per tick per tick, as all accelerations are. */
export const SHIP_ACCELERATION = perTickSquared(420);
export const SHIP_REVERSE_ACCELERATION = perTickSquared(240);
/** Share of its speed that a ship loses with each tick. */
export const SHIP_DRAG = 0.02;
/**
 * Speed that a ship loses with each tick besides, in units per tick. One step of a velocity on the wire: with less,
 * a slow ship would be rounded back to the speed it had and never come to rest.
 */
export const SHIP_BRAKE = 1 / 32;
/** Heading steps per tick: a full turn of 1024 steps in 1.3 seconds. */
export const SHIP_TURN_STEPS = 26;
/** How long nothing hurts a ship that has just spawned. */
export const SHIELD_TICKS = ticks(2);
/** A ship nobody hurts for this long begins to heal … */
export const REGENERATION_DELAY_TICKS = ticks(5);
/** … by one point of health in this many ticks. */
export const REGENERATION_TICKS_PER_POINT = 6;

/** In units. */
export const SHOT_RADIUS = 2;
/** In asteroid mass: what a hit pushes with. */
export const SHOT_MASS = 12;
export const SHOT_DAMAGE = 12;
/** Relative to the ship that fires: 720 units per second. */
export const SHOT_MUZZLE_SPEED = perTick(720);
/** What the wire can say, less one step. */
export const SHOT_SPEED_MAX = 32 - 1 / 16;
export const SHOT_COOLDOWN_TICKS = ticks(1 / 5);
export const SHOT_LIFE_TICKS = ticks(1.4);
/** How far a beam reaches, in units. */
export const BEAM_RANGE = 640;
export const BEAM_DAMAGE = 25;
/** In asteroid mass times units per tick: what a beam pushes an asteroid with. */
export const BEAM_PUSH_SPEED = perTick(540);
export const BEAM_COOLDOWN_TICKS = ticks(1.5);
/** For how long its trace is there: long enough that a snapshot that is left out hides none. */
export const BEAM_TRACE_TICKS = 4;
/** Traces at one time: one of each ship, and some. */
export const BEAMS_MAX = 512;
/** What a shot digs out of rock around the cell it hits, in cells of terrain: a ship fits through. */
export const SHOT_CRATER_CELLS = 4;
/** What a ship's end digs, in cells of terrain. */
export const SHIP_CRATER_CELLS = 6;
/** From the ship's centre to where its shots appear, in units. */
export const MUZZLE_DISTANCE = 18;

/** In units, by AsteroidSize as all such lists are: small, medium, large. */
export const ASTEROID_RADII = [18, 34, 64] as const;
/** Hits an asteroid stands: the last one breaks it. */
export const ASTEROID_HITS = [2, 3, 5] as const;
/** How many pieces of the next smaller size it breaks into. */
export const ASTEROID_PIECES = [0, 2, 3] as const;
/** How many small asteroids are in it, in the end. */
export const ASTEROID_WEIGHTS = [1, 2, 6] as const;
/** From the broken asteroid's centre to its pieces': far enough that they do not overlap. In units. */
export const PIECE_DISTANCES = [0, 19, 41] as const;
/** At which pieces fly apart, besides the speed of what broke: 36 units per second. */
export const PIECE_SPEED = perTick(36);
export const ASTEROID_RADIUS_MAX = 64;
/** With PIECE_SPEED on top it stays below what the wire can say, 8. */
export const ASTEROID_SPEED_MAX = 6.5;
/** An asteroid slows down once in this many ticks: gentler than the wire's velocity steps would allow each tick. */
export const ASTEROID_BRAKE_PERIOD_TICKS = 4;
/** Share of its speed that it loses each time … */
export const ASTEROID_DRAG = 0.03;
/** … and the speed it loses besides; see `SHIP_BRAKE`. */
export const ASTEROID_BRAKE = 1 / 32;
/** Fastest spin of a fresh piece, in heading steps per tick. */
export const ASTEROID_SPIN_STEPS_MAX = 9;

/** Closing speed up to which a ship takes no harm from an asteroid, in units per tick: 90 units per second. */
export const CRASH_SPEED_HARMLESS = perTick(90);
/** Damage for each unit per tick beyond. */
export const CRASH_DAMAGE_PER_SPEED = 4;

/** Points for a foe's ship. */
export const KILL_SCORE = 100;
/** Points for breaking an asteroid, by AsteroidSize. */
export const ASTEROID_SCORES = [5, 10, 20] as const;
/** What the wire can say. */
export const SCORE_MAX = 65_535;
/** From a ship's end to its player's next ship. */
export const RESPAWN_TICKS = ticks(3);
/** Players know of what is up to this far from their ship, in units. */
export const INTEREST_RADIUS = 1000;
/** Places looked at for a new ship; the best is taken. */
export const SPAWN_CANDIDATES = 24;
/** Farther from the next foe than this is no better, in units: out of each other's sight. */
export const SPAWN_FOE_DISTANCE = 800;
/** Between a new ship's hull and the next asteroid's, in units. */
export const SPAWN_CLEARANCE = 60;
/** From a new ship to the border of the world, in units. */
export const SPAWN_BORDER_DISTANCE = 200;
/** The leaderboard is looked at this often, and told when it has changed. */
export const LEADERBOARD_PERIOD_TICKS = ticks(1);
/** A player may say one line in this time … */
export const CHAT_PERIOD_TICKS = ticks(1);
/** … and this many in a row after a silence. */
export const CHAT_BURST = 3;

/** Asteroids of a fresh world, by AsteroidSize. */
export const FIELD_COUNTS = [80, 70, 60] as const;
/** The weight of a fresh world's asteroids: 80 · 1 + 70 · 2 + 60 · 6. */
export const FIELD_WEIGHT = 580;
/** Between two asteroids' hulls in a fresh world, and to its border, in units. */
export const FIELD_GAP = 40;
/** How often one large asteroid may come back. */
export const FIELD_REFILL_PERIOD_TICKS = ticks(1 / 5);
/** Places tried for it. */
export const FIELD_REFILL_CANDIDATES = 16;
/** From a new asteroid to the nearest viewpoint, in units: nobody has it in view. */
export const FIELD_UNSEEN_DISTANCE = INTEREST_RADIUS + ASTEROID_RADIUS_MAX;
/** In a crowded world every place is in somebody's view: a field below this weight … */
export const FIELD_SPARSE_WEIGHT = 400;
/** … makes do with this distance, in units: beyond the edge of an ordinary screen. The sparser, the less … */
export const FIELD_SPARSE_DISTANCE = 760;
/** … but never with less than this, in units: nobody meets an asteroid out of nowhere. */
export const FIELD_DISTANCE_MIN = 240;
