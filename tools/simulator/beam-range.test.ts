import { angleOf, type GameDefinition } from "#engine/shared";
import { expect, test } from "vitest";
import { arenaRules, type ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { createMatch, type ArenaMatch } from "../../server/arena/match.ts";
import { AIM_STEPS, DIRECTIONS, IDLE_INPUT } from "../../shared/arena/movement.ts";
import { slotOfShip } from "../../shared/arena/own-step.ts";
import { simulate } from "../../shared/arena/simulation.ts";
import { Terrain } from "../../shared/arena/terrain.ts";
import { BEAM_COOLDOWN_TICKS, SHIP_HEALTH_MAX, SHIP_SPEED_MAX } from "../../shared/arena/tuning.ts";
import { spawnShip } from "../../shared/arena/world.ts";
import { SimulatedSession } from "./engine/simulated-session.ts";

const TARGET = 200;
const TRIES = 100;
/** Where the one who fires stands, and at what distance the target crosses. */
const SHOOTER = { x: 2_048, y: 2_048 };
const DISTANCE = 400;
/** So far up and down the target flies. */
const WAY_LENGTH = 250;
/** In seconds: with a beam every 1.5 s and some luck when to fire, all tries are done long before. */
const SECONDS_MAX = 600;

/** By then clocks have found their pace. */
const SETTLED_MS = 2_000;

interface Fired {
  readonly tries: number;
  readonly hits: number;
}

/** Nobody in the way, and a target that nothing stops. */
function rangeGame(onFired: (isHit: boolean) => void): GameDefinition<ArenaRulesTypes> {
  let heading = DIRECTIONS.steps / 4;
  return {
    ...arenaRules,
    createWorld: (seed) => {
      const match = createMatch(seed, new Terrain());
      for (const slot of match.asteroids.slots()) match.asteroids.destroy(slot);
      return match;
    },
    addPlayer: (match, playerId) => {
      spawnShip(match, playerId, SHOOTER.x, SHOOTER.y, 0);
      spawnShip(match, TARGET, SHOOTER.x + DISTANCE, SHOOTER.y, heading);
    },
    removePlayer: () => undefined,
    interest: { radius: 1_000, viewpoint: () => SHOOTER, isVisible: () => true },
    step: (match, inputs, _outbox, rewind) => {
      heading = crossOn(match, heading);
      const flight = { playerId: TARGET, input: { ...IDLE_INPUT, thrust: true }, sawTick: match.tick };
      simulate(match, [...inputs, flight], rewind);
      for (const slot of match.ships.slots()) {
        const { owner, beamCooldown } = match.ships.columns;
        if (owner[slot] === TARGET || beamCooldown[slot] !== BEAM_COOLDOWN_TICKS) continue;
        const beam = [...match.beams.slots()].at(-1)!;
        onFired(match.beams.columns.hit[beam] === 1);
      }
    },
  };
}

/** The target is as well as ever, at full speed, and turns at once where its way ends; returns where it heads. */
function crossOn({ ships }: ArenaMatch, heading: number): number {
  const slot = [...ships.slots()].find((each) => ships.columns.owner[each] === TARGET);
  if (slot === undefined) return heading;
  const { columns } = ships;
  const y = columns.y[slot]! - SHOOTER.y;
  if (y > WAY_LENGTH) heading = (3 * DIRECTIONS.steps) / 4;
  if (y < -WAY_LENGTH) heading = DIRECTIONS.steps / 4;
  columns.health[slot] = SHIP_HEALTH_MAX;
  columns.heading[slot] = heading;
  columns.vx[slot] = 0;
  columns.vy[slot] = heading === DIRECTIONS.steps / 4 ? SHIP_SPEED_MAX : -SHIP_SPEED_MAX;
  return heading;
}

/** One player stands still and fires 100 beams at the middle of a ship that crosses: as it sees it, or as it really is. */
function fireBeams(rttMs: number, aimsAt: "what it sees" | "the present"): Fired {
  let tries = 0;
  let hits = 0;
  const game = rangeGame((isHit) => {
    tries += 1;
    if (isHit) hits += 1;
  });
  const session = new SimulatedSession({ game, seed: 3, link: rttMs / 2, playersMax: 2 });
  session.join({
    joinOptions: {},
    readInput: (client) => {
      const { ships } = aimsAt === "what it sees" ? client.view : session.room.world;
      const own = slotOfShip(client.view, client.playerId);
      const target = [...ships.slots()].find((slot) => ships.columns.owner[slot] === TARGET);
      if (own === undefined || target === undefined) return IDLE_INPUT;
      const { x, y } = ships.columns;
      const aim = angleOf(x[target]! - SHOOTER.x, y[target]! - SHOOTER.y, AIM_STEPS);
      // Where it turns it does not cross.
      const crosses = Math.abs(y[target]! - SHOOTER.y) < WAY_LENGTH - 150;
      return { ...IDLE_INPUT, aims: true, aim, beam: crosses && session.network.nowMs > SETTLED_MS };
    },
  });
  for (let second = 1; tries < TRIES && second <= SECONDS_MAX; second++) session.advanceTo(1_000 * second);
  return { tries, hits };
}

test.each([0, 50, 100, 200])(
  "%i ms from the room, at least 98 of 100 beams hit that are aimed dead centre at a ship that crosses at full speed",
  (rttMs) => {
    const { tries, hits } = fireBeams(rttMs, "what it sees");

    expect(tries).toBe(TRIES);
    expect(hits).toBeGreaterThanOrEqual(0.98 * TRIES);
  },
);

test.each([50, 100, 200])(
  "%i ms from the room, none of 100 beams hits that are aimed at where the ship is by now",
  (rttMs) => {
    expect(fireBeams(rttMs, "the present")).toEqual({ tries: TRIES, hits: 0 });
  },
);
