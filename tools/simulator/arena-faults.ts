import type { Rng, SharedGame } from "#engine/shared";
import type { ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { encodeChatSay } from "../../shared/schema/generated/arena.ts";
import { steer } from "../bots/bot-brain.ts";
import { botName } from "../bots/bot-name.ts";
import type { FaultPlan } from "./engine/faults/fault-plan.ts";
import type { Part } from "./engine/faults/fault-session.ts";

/** About how often everybody says something. */
const CHAT_MS = 2_000;
/** Nobody shoots in the last seconds, so that in the end everybody has heard of every crater. */
const PEACE_MS = 4_000;

/** A bot that fights, talks, and keeps its terrain; in the end that is to be the room's. */
export function arenaPart(player: number, rng: Rng, plan: FaultPlan): Part<ArenaRulesTypes> {
  const mirror = new TerrainMirror();
  const peaceMs = plan.seconds * 1_000 - PEACE_MS;
  let chatMs = rng.between(0, CHAT_MS);
  let nowMs = 0;
  let lines = 0;
  return {
    // A client's world has less than the room's: nothing here asks for the rest.
    game: mirror.game as SharedGame<ArenaRulesTypes>,
    joinOptions: { name: botName(player) },
    receiveBulk: mirror.receiveBulk,
    readInput: ({ world, playerId = 0, tick }) => {
      const input = steer(world, playerId, tick, rng);
      return nowMs < peaceMs ? input : { ...input, fire: false };
    },
    onFrame: (self, atMs) => {
      nowMs = atMs;
      for (const message of self.client.takeMessages()) mirror.hear(message);
      if (atMs < chatMs) return;
      chatMs += CHAT_MS;
      self.say(encodeChatSay({ text: `Line ${lines++} of ${botName(player)}` }));
    },
    mistakes: ({ room }) => {
      if (mirror.outcome === "arriving") return [];
      if (mirror.outcome !== "done") return [`expected the terrain, found it ${mirror.outcome}`];
      const cell = differingCell(room.world.terrain.cells, mirror.terrain.cells);
      return cell === undefined ? [] : [`expected the room's terrain, found cell ${cell} to be otherwise`];
    },
  };
}

function differingCell(ours: Uint8Array, theirs: Uint8Array): number | undefined {
  for (let cell = 0; cell < ours.length; cell++) if (ours[cell] !== theirs[cell]) return cell;
  return undefined;
}
