import type { AnyEntityTable, Ownership, PlayerId } from "#engine/shared";
import type { Invariant, Tell } from "./invariant.ts";

/** What is asked of a game. */
interface OwningGame<World> {
  tables(world: World): readonly AnyEntityTable[];
  readonly ownership?: Pick<Ownership<World, never>, "ownerOf">;
}

/** What is asked of a session: who is there, and the world. */
interface SeatedSession<World> {
  readonly room: { readonly world: World };
  readonly players: readonly {
    readonly client: { readonly playerId: PlayerId | undefined; readonly status: { readonly phase: string } };
  }[];
}

/** Nobody is left out: who has never been in the room, or had nothing in it, has nothing that could go wrong. */
export class EverybodyPlays<World> implements Invariant {
  readonly sentence =
    "every player is in the room in the end, and has had something of its own where the game knows owners";
  private readonly session: SeatedSession<World>;
  private readonly tell: Tell;
  private readonly game: OwningGame<World>;
  /** By the order of joining. */
  private readonly owners = new Set<number>();

  constructor(session: SeatedSession<World>, tell: Tell, game: OwningGame<World>) {
    this.session = session;
    this.tell = tell;
    this.game = game;
  }

  onTick(): void {
    const { players } = this.session;
    if (this.game.ownership === undefined || this.owners.size === players.length) return;
    const ids = this.ownerIds();
    players.forEach(({ client }, player) => {
      if (client.playerId !== undefined && ids.has(client.playerId)) this.owners.add(player);
    });
  }

  onEnd(atMs: number): void {
    this.session.players.forEach(({ client: { playerId, status } }, player) => {
      if (playerId === undefined || status.phase === "lost") {
        this.tell(atMs, player, `expected to find it in the room, found it ${status.phase}`);
      } else if (this.game.ownership !== undefined && !this.owners.has(player)) {
        this.tell(atMs, player, "expected ownership.ownerOf to name it at some tick, found nothing that was its own");
      }
    });
  }

  private ownerIds(): Set<PlayerId | undefined> {
    const { world } = this.session.room;
    const { game } = this;
    const tables = game.tables(world);
    return new Set(
      tables.flatMap((table, kind) =>
        Array.from(table.slots(), (slot) => game.ownership!.ownerOf(world, { kind, slot })),
      ),
    );
  }
}
