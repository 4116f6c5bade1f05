import type { GameDefinition } from "#engine/shared";
import { churnSkirmishers, moveSkirmishers, skirmishGame, type SkirmishTypes, spawnSkirmisher } from "./skirmish.ts";

/** Of each kind, when the session begins. */
const COUNT = 60;
/** Players have numbers below it, and there are ships of each of them. */
const OWNERS = 8;

/** A skirmish that goes on by itself: everything moves, comes, goes, hides and changes its owner. */
export async function livelySkirmish(): Promise<GameDefinition<SkirmishTypes>> {
  const game = await skirmishGame();
  return {
    ...game,
    createWorld: (seed) => {
      const world = game.createWorld(seed);
      for (let kind = 0; kind < world.tables.length; kind++) {
        for (let i = 0; i < COUNT; i++) spawnSkirmisher(world, kind, i % OWNERS);
      }
      return world;
    },
    addPlayer: ({ viewpoints, rng }, playerId) => {
      viewpoints.set(playerId, { x: rng.between(0, 1024), y: rng.between(0, 1024) });
    },
    step: (world) => {
      moveSkirmishers(world);
      churnSkirmishers(world, OWNERS);
    },
  };
}

/** What who only looks on wants. */
export function lookOn(): SkirmishTypes["Input"] {
  return { dx: 1 };
}
