import type { GameDefinition, Outbox, SharedGame } from "#engine/shared";
import { arenaRules, type ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { type ArenaMatch, createMatch } from "../../server/arena/match.ts";
import { digAsTold } from "../../shared/arena/digging.ts";
import { arenaOn, type ArenaTypes } from "../../shared/arena/game.ts";
import { growTerrain } from "../../shared/arena/terrain-growth.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { OPEN, Terrain } from "../../shared/arena/terrain.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { encodeChatSay, type ServerMessage } from "../../shared/schema/generated/arena.ts";
import { steer } from "../bots/bot-brain.ts";
import { botName } from "../bots/bot-name.ts";
import type { Comer, FaultGame, Part } from "./engine/faults/fault-session.ts";

/** Terrains that sessions share: to grow one takes as long as a tenth of a session. */
const TERRAINS = 4;
/** About how often everybody says something. */
const CHAT_MS = 2_000;
/** Nobody shoots in the last seconds, so that in the end everybody has heard of nearly every crater. */
const PEACE_MS = 4_000;
/** Rocks may dig even then: what four craters have. */
const LATE_CELLS_MAX = 256;
/** The first player draws, as fast as screens do; the others look seldom, as bots may. */
const FRAMES_MS = [1_000 / 60, 1_000 / 20] as const;

/** A client's terrain: what it plays on, how it hears of craters, and what is wrong with it. */
interface Ground extends Pick<Part<ArenaRulesTypes>, "receiveBulk"> {
  readonly terrain: Terrain;
  readonly hear: (message: ServerMessage) => void;
  /** Whether it is whole, so that it must be the room's; a text where it never will be. */
  readonly isWhole: () => boolean | string;
}

/** A bot's part, which hears of every frame. */
type ArenaPart = Part<ArenaRulesTypes> & Required<Pick<Part<ArenaRulesTypes>, "onFrame">>;

/**
 * Arena, with bots that fight, talk and keep their terrain, which in the end is to be the room's: for many sessions, one
 * after the other. With every fourth seed the terrain arrives beside all else; with others players have it already.
 */
export function arenaUnderFaults(): FaultGame<ArenaRulesTypes> {
  const grown = new Map<number, Terrain>();
  const terrainFor = (seed: number): Terrain => {
    const known = grown.get(seed % TERRAINS) ?? growTerrain(seed % TERRAINS);
    grown.set(seed % TERRAINS, known);
    return copyOf(known);
  };
  const known = new WeakSet<ArenaMatch>();
  const peaceful = new WeakSet<object>();
  const game: GameDefinition<ArenaRulesTypes> = {
    ...arenaRules,
    createWorld: (seed) => {
      const match = createMatch(seed, terrainFor(seed));
      if (hasTerrain(seed)) known.add(match);
      return match;
    },
    addPlayer: (match, playerId, options, outbox) => {
      arenaRules.addPlayer(match, playerId, options, known.has(match) ? withoutBulk(outbox) : outbox);
    },
  };
  return {
    game,
    play: (client, random) => {
      const input = steer(client.world, client.playerId ?? 0, client.tick, random);
      return peaceful.has(client) ? { ...input, fire: false } : input;
    },
    partOf: (comer) => {
      const part = botPart(comer, hasTerrain(comer.seed) ? ground(terrainFor(comer.seed)) : noGround());
      const peaceMs = comer.plan.seconds * 1_000 - PEACE_MS;
      return {
        ...part,
        onFrame: (self, atMs) => {
          if (atMs >= peaceMs) peaceful.add(self.client);
          part.onFrame(self, atMs);
        },
      };
    },
  };
}

function hasTerrain(seed: number): boolean {
  return seed % 4 !== 1;
}

function copyOf({ cells, rockCounts }: Terrain): Terrain {
  const terrain = new Terrain();
  terrain.cells.set(cells);
  terrain.rockCounts.set(rockCounts);
  return terrain;
}

function withoutBulk(outbox: Outbox): Outbox {
  return Object.assign(Object.create(outbox) as Outbox, { sendBulk: () => undefined });
}

function ground(terrain: Terrain): Ground {
  return { terrain, hear: (message) => digAsTold(terrain, message), isWhole: () => true };
}

function noGround(): Ground {
  const mirror = new TerrainMirror();
  const isWhole = (): boolean | string => {
    if (mirror.outcome === "arriving") return false;
    return mirror.outcome === "done" ? true : `expected the terrain, found it ${mirror.outcome}`;
  };
  const { terrain, receiveBulk } = mirror;
  return { terrain, receiveBulk, hear: (message) => mirror.hear(message), isWhole };
}

function botPart({ player, rng }: Comer, { terrain, receiveBulk, hear, isWhole }: Ground): ArenaPart {
  let chatMs = rng.between(0, CHAT_MS);
  let lines = 0;
  let strange: string | undefined;
  const game = arenaOn(terrain);
  return {
    // Only who draws predicts. A client's world has less than the room's: nothing here asks for the rest.
    game: (player === 0 ? game : unpredicted(game)) as SharedGame<ArenaRulesTypes>,
    joinOptions: { name: botName(player) },
    frameMs: FRAMES_MS[player === 0 ? 0 : 1],
    ...(receiveBulk && { receiveBulk }),
    onFrame: (self, atMs) => {
      if (player === 0) strange ??= strangeIn(self.client.view, self.client.playerId, atMs);
      for (const message of self.client.takeMessages()) hear(message);
      if (atMs < chatMs) return;
      chatMs += CHAT_MS;
      self.say(encodeChatSay({ text: `Line ${lines++} of ${botName(player)}` }));
    },
    mistakes: ({ room }) => {
      const whole = isWhole();
      if (strange !== undefined) return [strange];
      if (typeof whole === "string") return [whole];
      const mistake = whole ? mistakeIn(terrain.cells, room.world.terrain.cells) : undefined;
      return mistake === undefined ? [] : [mistake];
    },
  };
}

/** What no player should ever see: its own ship twice, or a ship that is nowhere. */
function strangeIn({ ships }: ArenaWorld, playerId: number | undefined, atMs: number): string | undefined {
  const { owner, x, y } = ships.columns;
  const slots = [...ships.slots()];
  const own = slots.filter((slot) => owner[slot] === playerId).length;
  if (own > 1) return `expected to see its own ship once, found ${own} of it at ${Math.round(atMs)} ms`;
  const lost = slots.find((slot) => !Number.isFinite(x[slot]! + y[slot]!));
  return lost === undefined ? undefined : `expected ship ${lost} somewhere, found it nowhere at ${Math.round(atMs)} ms`;
}

function unpredicted(game: SharedGame<ArenaTypes>): SharedGame<ArenaTypes> {
  const changed = { ...game };
  delete (changed as { ownership?: unknown }).ownership;
  return changed;
}

/** What is wrong with a whole terrain, which may not have heard yet of the last craters. */
function mistakeIn(theirs: Uint8Array, ours: Uint8Array): string | undefined {
  let lateCells = 0;
  for (let cell = 0; cell < ours.length; cell++) {
    if (ours[cell] === theirs[cell]) continue;
    if (ours[cell] !== OPEN) return `expected cell ${cell} to be ${ours[cell]!}, found ${theirs[cell]!}`;
    lateCells += 1;
  }
  if (lateCells <= LATE_CELLS_MAX) return undefined;
  return `expected up to ${LATE_CELLS_MAX} cells that are not open yet, found ${lateCells}`;
}
