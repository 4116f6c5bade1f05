import type { GameDefinition, GameTypes } from "#engine/shared";
import { InputsInSequence } from "./inputs-in-sequence.ts";
import type { Invariant, InvariantMaker, Tell, WatchedSession } from "./invariant.ts";
import { MessagesArrive } from "./messages-arrive.ts";
import { QueuesAreBounded } from "./queues-are-bounded.ts";
import type { SimulatedSession } from "../simulated-session.ts";
import { TicksAreKnown } from "./ticks-are-known.ts";
import { ViewsAreTrue } from "./views-are-true.ts";

/** All that holds for every game; `game` says what is to be seen, whatever the room plays. */
export function gameInvariants<Types extends GameTypes>(game: GameDefinition<Types>): readonly InvariantMaker<Types>[] {
  return [
    (session, tell) => new TicksAreKnown(session, tell, game),
    (session, tell) => new ViewsAreTrue(session, tell, game),
    (session, tell) => new InputsInSequence(session, tell, game.protocol),
    (session, tell) => new MessagesArrive(session, tell, game.protocol),
    (session, tell) => new QueuesAreBounded(session, tell),
  ];
}

/** Told of an invariant that did not hold, by its sentence. */
export type TellBroken = (invariant: string, ...told: Parameters<Tell>) => void;

/** Makes invariants that look on a session from now on. */
export function watchInvariants<Types extends GameTypes>(
  makers: readonly InvariantMaker<Types>[],
  session: WatchedSession<Types> & Pick<SimulatedSession<Types>, "watch">,
  tell: TellBroken,
): readonly Invariant[] {
  return makers.map((make) => {
    const invariant = make(session, (atMs, player, says) => {
      tell(invariant.sentence, atMs, player, says);
    });
    session.watch(invariant);
    return invariant;
  });
}
