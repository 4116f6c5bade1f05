import type { GameDefinition } from "#engine/shared";
import type { Part } from "./engine/faults/fault-session.ts";
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

/** A player whose every input is another one, and who says numbered messages on every lane. */
export function talker(): Part<NumberedTypes> {
  let [presses, line] = [0, 0];
  return {
    joinOptions: {},
    readInput: () => ++presses & 0xffff,
    onFrame: (self, atMs) => {
      self.client.takeMessages();
      if (self.client.playerId === undefined || atMs < line * TALK_MS) return;
      line = Math.ceil(atMs / TALK_MS) + 1;
      for (const lane of NUMBERED_LANES) self.say(encodeNumbered({ lane, number: line }));
    },
  };
}
