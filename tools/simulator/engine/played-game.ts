import type { GameClient } from "#engine/client";
import type { GameDefinition, GameTypes, Rng, SharedGame } from "#engine/shared";

/** What a player wants for the next tick; asked once a tick. `random` is the player's own, from the session's seed. */
export type Play<Types extends GameTypes> = (client: GameClient<Types>, random: Rng) => Types["Input"];

/** A game, and how it is played: what `run` and `runFaults` both take. */
export interface PlayedGame<Types extends GameTypes> {
  readonly game: GameDefinition<Types>;
  /** What clients know of it; by default what the room knows. */
  readonly clientGame?: SharedGame<Types>;
  readonly play: Play<Types>;
  /** What every player tells the game when it joins; `{}` by default. */
  readonly joinOptions?: Record<string, unknown>;
}

/** What a client asks for its inputs. Throws a TypeError where `play` is no function, or when it has given nothing. */
export function inputsFrom<Types extends GameTypes>(
  play: Play<Types>,
  random: Rng,
): (client: GameClient<Types>) => Types["Input"] {
  if (typeof play !== "function") {
    throw new TypeError(`play is ${String(play)}: write a function, (client, random) => what the player wants`);
  }
  return (client) => {
    const input = play(client, random);
    if (input === undefined || input === null)
      throw new TypeError(`play gave ${String(input)}: it must return an input`);
    return input;
  };
}
