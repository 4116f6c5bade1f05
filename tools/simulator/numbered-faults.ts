import type { GameDefinition } from "#engine/shared";
import type { Part } from "./engine/faults/fault-session.ts";
import type { Play } from "./engine/played-game.ts";
import { encodeNumbered, NUMBERED_LANES, numberedGame, type NumberedTypes } from "./numbered-game.ts";

/** Each side speaks so often. */
const TALK_MS = 200;

/** A game that says numbered messages on every lane to all who are there. */
export function talkingGame(): GameDefinition<NumberedTypes> {
  const game = numberedGame();
  const ticksPerLine = Math.round((TALK_MS * game.tickRate) / 1_000);
  const ticks = new WeakMap<object, number>();
  return {
    ...game,
    step: (world, inputs, outbox, rewind) => {
      const tick = (ticks.get(world) ?? 0) + 1;
      ticks.set(world, tick);
      game.step(world, inputs, outbox, rewind);
      if (tick % ticksPerLine !== 0) return;
      for (const lane of NUMBERED_LANES) outbox.toAll(encodeNumbered({ lane, number: tick / ticksPerLine }));
    },
  };
}

/** Every input of a player is another one. */
export function playsNumbers(): Play<NumberedTypes> {
  const presses = new WeakMap<object, number>();
  return (client) => {
    const press = (presses.get(client) ?? 0) + 1;
    presses.set(client, press);
    return press & 0xffff;
  };
}

/** A player who says numbered messages on every lane. */
export function talker() {
  let line = 0;
  return {
    onFrame: (self, atMs) => {
      self.client.takeMessages();
      if (self.client.playerId === undefined || atMs < line * TALK_MS) return;
      line = Math.ceil(atMs / TALK_MS) + 1;
      for (const lane of NUMBERED_LANES) self.say(encodeNumbered({ lane, number: line }));
    },
  } satisfies Part<NumberedTypes>;
}
