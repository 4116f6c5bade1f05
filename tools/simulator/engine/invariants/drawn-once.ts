import type { AnyEntityTable, GameDefinition, GameTypes, PlayerId } from "#engine/shared";
import { GENERATION_MASK } from "../../../../shared/engine/replication/snapshot-layout.ts";
import { type Invariant, playerCalled, type Tell, type WatchedSession } from "./invariant.ts";

/** How many entities of each kind were spawned. */
type Counts = readonly number[];

/** What a player's client has predicted. */
interface Predicted {
  /** Tables of the prediction, as `stepOwn` is given them; each counts what is spawned. */
  readonly counted: Set<AnyEntityTable>;
  /** By kind, in the tick that is being predicted. */
  counts: number[];
  /** By tick, as it was predicted last. */
  readonly spawned: Map<number, Counts>;
}

/** Older ticks are forgotten: so far a prediction never is ahead of its newest snapshot. */
const TICKS_MAX = 1_024;

/**
 * What is drawn of a player's own is not more, of any kind, than the newest snapshot has of it and the prediction has
 * spawned since. Where the kind is not predicted, what the room had since the tick that the others are drawn at counts
 * as well: it may still be drawn.
 *
 * It reads every frame's view, which costs as much as to draw; it is for games whose `stepOwn` changes no owners.
 */
export class DrawnOnce<Types extends GameTypes> implements Invariant {
  readonly sentence = "what is a player's own is drawn once";
  private readonly session: WatchedSession<Types>;
  private readonly tell: Tell;
  private readonly game: GameDefinition<Types>;
  private readonly predicted: Predicted[] = [];
  /** By tick, what the room had: `nameOf` each, with its owner. */
  private readonly roomHad = new Map<number, ReadonlyMap<number, PlayerId>>();

  constructor(session: WatchedSession<Types>, tell: Tell, game: GameDefinition<Types>) {
    this.session = session;
    this.tell = tell;
    this.game = game;
  }

  onPlayerPredicts(player: number, world: unknown): void {
    const predicted = this.of(player);
    const tables = this.game.tables(world);
    predicted.counts = tables.map(() => 0);
    tables.forEach((table, kind) => {
      if (predicted.counted.has(table)) return;
      predicted.counted.add(table);
      const spawn = table.spawn.bind(table);
      table.spawn = () => {
        const slot = spawn();
        if (slot !== undefined) predicted.counts[kind]! += 1;
        return slot;
      };
    });
  }

  /** A look ahead is predicted anew when its tick is there. */
  onPlayerPredicted(player: number, _world: unknown, tick: number): void {
    const { spawned, counts } = this.of(player);
    spawned.set(tick, counts);
    spawned.delete(tick - TICKS_MAX);
  }

  onTick(): void {
    const { room } = this.session;
    this.roomHad.set(room.tick, this.ownedIn(room.world));
    this.roomHad.delete(room.tick - TICKS_MAX);
  }

  onFrame(player: number, atMs: number): void {
    const { client } = this.session.players[player]!;
    const { playerId, view } = client;
    if (playerId === undefined || playerCalled(this.session.players, playerId) !== player) return;
    const drawn = this.ownedIn(view);
    const newest = this.ownedIn(client.world);
    const mayLast = new Map(newest);
    for (let tick = Math.floor(client.viewTick); tick <= client.tick; tick++) {
      for (const [name, owner] of this.roomHad.get(tick) ?? []) mayLast.set(name, owner);
    }
    for (let kind = 0; kind < this.game.tables(view).length; kind++) {
      // A client whose game has no ownership predicts nothing.
      const isPredicted = player in this.predicted && this.game.ownership?.predictedKinds.includes(kind) === true;
      const known = countOf(isPredicted ? newest : mayLast, kind, playerId);
      const pending = this.pendingOf(player, kind, client.tick, client.predictedTick);
      const found = countOf(drawn, kind, playerId);
      if (found <= known + pending) continue;
      const { name } = this.game.tables(view)[kind]!.codec;
      const says = `expected ${known} ${name} of its own that are there and ${pending} that are to come, found ${found}`;
      this.tell(atMs, player, says);
    }
  }

  private pendingOf(player: number, kind: number, newestTick: number, predictedTick: number): number {
    const spawned = this.predicted[player]?.spawned;
    let pending = 0;
    for (let tick = newestTick + 1; tick <= predictedTick; tick++) pending += spawned?.get(tick)?.[kind] ?? 0;
    return pending;
  }

  /** Whose each entity is that is somebody's. */
  private ownedIn(world: Types["World"]): Map<number, PlayerId> {
    const owned = new Map<number, PlayerId>();
    this.game.tables(world).forEach((table, kind) => {
      for (const slot of table.slots()) {
        const owner = this.game.ownership?.ownerOf(world, { kind, slot });
        if (owner !== undefined) owned.set(nameOf(kind, slot, table.generationOf(slot)), owner);
      }
    });
    return owned;
  }

  private of(player: number): Predicted {
    return (this.predicted[player] ??= { counted: new Set(), counts: [], spawned: new Map() });
  }
}

const SLOTS = 65_536;
const GENERATIONS = GENERATION_MASK + 1;

/** As snapshots name it. */
function nameOf(kind: number, slot: number, generation: number): number {
  return (kind * SLOTS + slot) * GENERATIONS + (generation & GENERATION_MASK);
}

function countOf(owned: ReadonlyMap<number, PlayerId>, kind: number, playerId: PlayerId): number {
  let count = 0;
  for (const [name, owner] of owned)
    if (owner === playerId && Math.floor(name / SLOTS / GENERATIONS) === kind) count += 1;
  return count;
}
