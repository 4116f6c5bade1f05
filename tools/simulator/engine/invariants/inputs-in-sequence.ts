import type { GameTypes, PlayerInput, Protocol } from "#engine/shared";
import { type Invariant, playerCalled, type Tell, type WatchedSession } from "./invariant.ts";

/** What one player wanted, each as a text of its bytes, that has not been applied, oldest first, and what was applied last. */
interface Wanted {
  readonly waiting: string[];
  applied: string | undefined;
}

/** The oldest that nobody waits for any more are forgotten. */
const WAITING_MAX = 10_000;

/**
 * The inputs that the room's game gets of a player are those that the player wanted, in their order, some left out and
 * each at most once; only the last may be given again while no other comes. Inputs are told apart by their bytes: it
 * sees most with a game whose inputs differ.
 */
export class InputsInSequence<Types extends GameTypes> implements Invariant {
  readonly sentence = "inputs apply at most once and in sequence";
  private readonly players: WatchedSession<Types>["players"];
  private readonly tell: Tell;
  private readonly codec: Protocol["input"];
  private readonly bytes: Uint8Array;
  private readonly wanted: Wanted[] = [];

  constructor({ players }: Pick<WatchedSession<Types>, "players">, tell: Tell, { input }: Pick<Protocol, "input">) {
    this.players = players;
    this.tell = tell;
    this.codec = input;
    this.bytes = new Uint8Array(input.bytes);
  }

  onPlayerWants(player: number, input: unknown): void {
    const { waiting } = this.of(player);
    waiting.push(this.textOf(input));
    if (waiting.length > WAITING_MAX) waiting.shift();
  }

  onRoomApplies(inputs: readonly PlayerInput<unknown>[], atMs: number): void {
    for (const { playerId, input } of inputs) {
      const player = playerCalled(this.players, playerId);
      if (player >= 0) this.apply(player, this.textOf(input), atMs);
    }
  }

  private apply(player: number, text: string, atMs: number): void {
    const wanted = this.of(player);
    if (text === wanted.applied) return;
    const at = wanted.waiting.indexOf(text);
    if (at < 0) {
      const since = wanted.applied === undefined ? "it came" : hexOf(wanted.applied);
      this.tell(atMs, player, `expected an input that it wanted since ${since}, found ${hexOf(text)}`);
    }
    wanted.waiting.splice(0, at + 1);
    wanted.applied = text;
  }

  private of(player: number): Wanted {
    return (this.wanted[player] ??= { waiting: [], applied: undefined });
  }

  private textOf(input: unknown): string {
    this.codec.encodeInto(input, this.bytes, 0);
    let text = "";
    for (const byte of this.bytes) text += String.fromCharCode(byte);
    return text;
  }
}

function hexOf(text: string): string {
  return Array.from(text, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
