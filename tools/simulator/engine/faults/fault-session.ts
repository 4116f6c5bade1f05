import { type GameTypes, Rng } from "#engine/shared";
import type { WatchedSession } from "../invariants/invariant.ts";
import { inputsFrom, type PlayedGame } from "../played-game.ts";
import type { SessionWatcher } from "../session-watcher.ts";
import type { SimulatedPlayer } from "../simulated-player.ts";
import { type JoinOptions, SimulatedSession } from "../simulated-session.ts";
import { type Fault, type FaultPlan, linkUnder } from "./fault-plan.ts";

/** What a player of a session under faults is beside what it plays; each member may be left out. */
export interface Part<Types extends GameTypes> extends Partial<Omit<JoinOptions<Types>, "link" | "readInput">> {
  /** Called after each of its display frames: it may speak, and read what it was told. */
  readonly onFrame?: (player: SimulatedPlayer<Types>, atMs: number) => void;
  /** What is wrong in the end, as only the game can know; asked for everybody who is there then. */
  readonly mistakes?: (session: WatchedSession<Types>, player: SimulatedPlayer<Types>) => readonly string[];
}

/** A player of the plan who comes, the first time or again. */
export interface Comer {
  /** Its number in the plan, from 0. */
  readonly player: number;
  /** Its own luck, which `play` draws from too. */
  readonly rng: Rng;
  readonly plan: FaultPlan;
  /** Of the whole session. */
  readonly seed: number;
}

/** A game, and who plays it. */
export interface FaultGame<Types extends GameTypes> extends PlayedGame<Types> {
  /** Makes the part of a player whenever it comes; without it all are alike. */
  readonly partOf?: (comer: Comer) => Part<Types>;
}

/** What is needed for a session under faults. */
export interface FaultSessionOptions<Types extends GameTypes> extends FaultGame<Types> {
  readonly seed: number;
  readonly plan: FaultPlan;
}

/** Who sits in one of the plan's places. */
interface Place<Types extends GameTypes> {
  readonly number: number;
  index: number | undefined;
  player: SimulatedPlayer<Types> | undefined;
  freezes: number;
  hides: number;
}

/** A session in which everything goes wrong that its plan says, and nothing else. */
export class FaultSession<Types extends GameTypes> implements WatchedSession<Types> {
  readonly session: SimulatedSession<Types>;
  /** By the order of joining: the player of the plan that each is. */
  readonly placeOf: number[] = [];
  private readonly options: FaultSessionOptions<Types>;
  private readonly places: readonly Place<Types>[];
  private readonly parts: Part<Types>[] = [];
  private readonly left = new Set<number>();
  private readonly rng: Rng;
  private hiccups = 0;

  constructor(options: FaultSessionOptions<Types>) {
    const { game, seed, plan } = options;
    this.options = options;
    this.rng = new Rng(seed);
    this.places = plan.links.map((_, number) => {
      return { number, index: undefined, player: undefined, freezes: 0, hides: 0 };
    });
    this.session = new SimulatedSession({
      game,
      seed,
      link: linkUnder(plan, 0),
      // Whoever comes again may meet a seat that is still kept for what it was.
      playersMax: 2 * plan.links.length + plan.faults.length,
      watchers: [{ onFrame: (index, atMs) => this.parts[index]!.onFrame?.(this.session.players[index]!, atMs) }],
    });
    for (const place of this.places) if (comesAtOnce(plan, place.number)) this.join(place);
    for (const fault of plan.faults) this.schedule(fault);
  }

  get room() {
    return this.session.room;
  }

  get players() {
    return this.session.players;
  }

  hasLeft(player: number): boolean {
    return this.left.has(player);
  }

  /** Somebody who looks on, from now on. */
  watch(watcher: SessionWatcher): void {
    this.session.watch(watcher);
  }

  /** Moves time on to the end. */
  run(): void {
    this.session.advanceTo(this.options.plan.seconds * 1_000);
  }

  /** What games find wrong with those who are there, by the order of joining. */
  mistakes(): { readonly player: number; readonly says: string }[] {
    return this.players.flatMap((player, index) => {
      const says = player.client.status.phase === "connected" ? this.parts[index]!.mistakes?.(this, player) : [];
      return (says ?? []).map((each) => ({ player: index, says: each }));
    });
  }

  private schedule(fault: Fault): void {
    const { network } = this.session;
    const place = fault.kind === "hiccup" ? undefined : this.places[fault.player]!;
    network.schedule(fault.atMs, () => {
      this.begin(fault.kind, place);
    });
    if (!("lastsMs" in fault)) return;
    network.schedule(fault.atMs + fault.lastsMs, () => {
      this.end(fault.kind, place);
    });
  }

  /** Outages, stalls and resets are their links' own. */
  private begin(kind: Fault["kind"], place: Place<Types> | undefined): void {
    if (kind === "hiccup") {
      this.hiccups += 1;
      this.session.freezeRoom();
    }
    if (place === undefined) return;
    if (kind === "join" && place.player === undefined) this.join(place);
    if (kind === "leave") this.leave(place);
    if (kind === "freeze") {
      place.freezes += 1;
      place.player?.freeze();
    }
    if (kind === "hide") {
      place.hides += 1;
      place.player?.client.setHidden(true);
    }
  }

  private end(kind: Fault["kind"], place: Place<Types> | undefined): void {
    if (kind === "hiccup") {
      this.hiccups -= 1;
      if (this.hiccups === 0) this.session.thawRoom();
    }
    if (kind === "freeze" && place !== undefined) {
      place.freezes -= 1;
      if (place.freezes === 0) place.player?.thaw();
    }
    if (kind === "hide" && place !== undefined) {
      place.hides -= 1;
      if (place.hides === 0) place.player?.client.setHidden(false);
    }
  }

  /** Whoever comes while its program would stand still, or its page be hidden, comes all the same. */
  private join(place: Place<Types>): void {
    const { clientGame, play, joinOptions = {}, partOf, plan, seed } = this.options;
    const rng = new Rng(this.rng.below(4_294_967_296));
    const part = partOf?.({ player: place.number, rng, plan, seed }) ?? {};
    const usual = { ...(clientGame && { game: clientGame }), joinOptions };
    place.index = this.players.length;
    this.parts.push(part);
    this.placeOf.push(place.number);
    const readInput = inputsFrom(play, rng);
    place.player = this.session.join({ ...usual, ...part, readInput, link: linkUnder(plan, place.number) });
  }

  private leave(place: Place<Types>): void {
    if (place.player === undefined || place.index === undefined) return;
    this.left.add(place.index);
    place.player.thaw();
    place.player.client.close();
    place.player = undefined;
  }
}

/** Whether a player is there from the beginning: one that first comes, and then leaves, is not. */
function comesAtOnce({ faults }: FaultPlan, player: number): boolean {
  const own = faults.filter(({ kind, ...fault }) => {
    return (kind === "join" || kind === "leave") && "player" in fault && fault.player === player;
  });
  return own.toSorted((a, b) => a.atMs - b.atMs)[0]?.kind !== "join";
}
