import type { GameDefinition, Outbox, PlayerId, Viewpoint } from "#engine/shared";
import { arena } from "../../shared/arena/game.ts";
import type { ArenaTypes } from "../../shared/arena/game.ts";
import { DIRECTIONS } from "../../shared/arena/movement.ts";
import { simulate } from "../../shared/arena/simulation.ts";
import { ASTEROID_SCORES, INTEREST_RADIUS, KILL_SCORE, RESPAWN_TICKS } from "../../shared/arena/tuning.ts";
import { spawnShip } from "../../shared/arena/world.ts";
import type { ShipKill } from "../../shared/arena/world.ts";
import {
  CHAT_BYTES_MAX,
  encodeChatSaid,
  encodeKill,
  encodeLeaderboard,
  encodePlayerJoined,
  encodePlayerLeft,
  encodeRoster,
  PLAYERS_MAX,
} from "../../shared/schema/generated/arena.ts";
import { refillField } from "./asteroid-field.ts";
import { announceLeaderboard } from "./leaderboard.ts";
import { createMatch, focusOf, viewpointOf } from "./match.ts";
import type { ArenaMatch } from "./match.ts";
import { addScore, createPilot, takeChatTurn } from "./pilots.ts";
import type { Pilot } from "./pilots.ts";
import { plainText } from "./plain-text.ts";
import { chooseSpawnPlace, isRoomy } from "./spawn-places.ts";
import { TerrainDelivery } from "./terrain-delivery.ts";
import { dugMessages } from "./terrain-record.ts";
import { TerrainSource } from "./terrain-source.ts";

/** Arena's types with the server's world in place of the mirror. */
export interface ArenaRulesTypes extends ArenaTypes {
  World: ArenaMatch;
}

/** Arena as the server runs it: the simulation both sides share, and what only the server may decide. */
export const arenaRules: GameDefinition<ArenaRulesTypes> = {
  ...arena,
  createWorld: createMatch,

  addPlayer(match, playerId, options, outbox) {
    const pilot = createPilot(playerId, options, match.tick);
    match.pilots.add(pilot);
    sendTerrain(match, pilot, outbox);
    giveShip(match, pilot);
    welcome(match, playerId, outbox);
    outbox.toAll(encodePlayerJoined({ playerId, name: pilot.name }));
  },

  removePlayer(match, playerId, outbox) {
    const pilot = match.pilots.remove(playerId);
    if (pilot === undefined) return;
    if (pilot.shipSlot !== undefined) match.ships.destroy(pilot.shipSlot);
    destroyShotsOf(match, playerId);
    match.leaderboard = match.leaderboard.filter((row) => row.playerId !== playerId);
    outbox.toAll(encodePlayerLeft({ playerId }));
  },

  step(match, inputs, outbox, rewind) {
    simulate(match, inputs, rewind);
    for (const kill of match.outcomes.kills) settleKill(match, kill, outbox);
    tellCraters(match, outbox);
    for (const { playerId, size } of match.outcomes.breaks) reward(match, playerId, ASTEROID_SCORES[size]);
    respawnPilots(match);
    refillField(match, () => match.pilots.all.map((pilot) => viewpointOf(match, pilot)));
    announceLeaderboard(match, outbox);
  },

  interest: {
    radius: INTEREST_RADIUS,
    viewpoint(match, playerId) {
      const pilot = match.pilots.get(playerId);
      return pilot && viewpointOf(match, pilot);
    },
    isVisible: () => true,
  },

  onMessage(match, playerId, message, outbox) {
    const pilot = match.pilots.get(playerId);
    if (pilot === undefined) return;
    switch (message.type) {
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the next message makes it a choice
      case "ChatSay":
        say(match, pilot, message.value.text, outbox);
    }
  },
};

/** What is around the place of the pilot's first ship comes first. */
function sendTerrain(match: ArenaMatch, pilot: Pilot, outbox: Outbox): void {
  const { x, y } = placeFor(match, pilot);
  pilot.lastX = x;
  pilot.lastY = y;
  const source = new TerrainSource(match.terrainRecord.baseline, () => focusOf(match, pilot));
  const transfer = outbox.sendBulk(pilot.playerId, source);
  if (transfer === undefined) return;
  pilot.delivery = new TerrainDelivery(source, transfer);
  pilot.delivery.advance();
}

/** What happened before the newcomer came. */
function welcome(match: ArenaMatch, playerId: PlayerId, outbox: Outbox): void {
  const rows = match.pilots.all.slice(0, PLAYERS_MAX).map((pilot) => ({ playerId: pilot.playerId, name: pilot.name }));
  outbox.toPlayer(playerId, encodeRoster({ rows }));
  outbox.toPlayer(playerId, encodeLeaderboard({ rows: [...match.leaderboard] }));
  for (const message of match.terrainRecord.editMessages()) outbox.toPlayer(playerId, message);
}

function tellCraters(match: ArenaMatch, outbox: Outbox): void {
  const { craters } = match.outcomes;
  match.terrainRecord.add(craters, match.terrain, match.tick);
  for (const message of dugMessages(craters)) outbox.toAll(message);
}

/**
 * The pilot waits until the terrain around the place has arrived; and where the world holds all the ships it can, until
 * one is gone.
 */
function giveShip(match: ArenaMatch, pilot: Pilot): void {
  const { x, y } = placeFor(match, pilot);
  if (pilot.delivery?.hasAround({ x, y }) === false) return;
  const slot = spawnShip(match, pilot.playerId, x, y, match.rng.below(DIRECTIONS.steps));
  if (slot === undefined) return;
  pilot.shipSlot = slot;
  pilot.nextPlace = undefined;
  match.ships.columns.score[slot] = pilot.score;
  match.knownBlocks[slot] = pilot.delivery?.knownBlocks;
}

/** The place that the pilot waits for, or another one where that is no longer free. */
function placeFor(match: ArenaMatch, pilot: Pilot): Viewpoint {
  if (pilot.nextPlace === undefined || !isRoomy(match, pilot.nextPlace)) {
    pilot.nextPlace = chooseSpawnPlace(match, (place) => pilot.delivery?.hasAround(place) !== false);
  }
  return pilot.nextPlace;
}

/** So that no hit of theirs is credited to whoever gets the same number next. */
function destroyShotsOf(match: ArenaMatch, playerId: PlayerId): void {
  const { shots } = match;
  for (const slot of shots.slots()) if (shots.columns.owner[slot] === playerId) shots.destroy(slot);
}

function settleKill(match: ArenaMatch, kill: ShipKill, outbox: Outbox): void {
  const victim = match.pilots.get(kill.victim);
  if (victim !== undefined) {
    victim.shipSlot = undefined;
    victim.respawnTick = match.tick + RESPAWN_TICKS;
    victim.lastX = kill.x;
    victim.lastY = kill.y;
  }
  reward(match, kill.killer, KILL_SCORE);
  outbox.toAll(encodeKill({ killer: kill.killer, victim: kill.victim }));
}

function reward(match: ArenaMatch, playerId: PlayerId, points: number): void {
  const pilot = match.pilots.get(playerId);
  if (pilot === undefined) return;
  addScore(pilot, points);
  if (pilot.shipSlot !== undefined) match.ships.columns.score[pilot.shipSlot] = pilot.score;
}

function respawnPilots(match: ArenaMatch): void {
  for (const pilot of match.pilots.all) {
    pilot.delivery?.advance();
    if (pilot.shipSlot === undefined && match.tick >= pilot.respawnTick) giveShip(match, pilot);
  }
}

function say(match: ArenaMatch, pilot: Pilot, line: string, outbox: Outbox): void {
  const text = plainText(line, CHAT_BYTES_MAX);
  if (text === "" || !takeChatTurn(pilot, match.tick)) return;
  outbox.toAll(encodeChatSaid({ playerId: pilot.playerId, text }));
}
