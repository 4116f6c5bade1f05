import { GameClient } from "#engine/client";
import { Room } from "#engine/server";
import { Rng } from "#engine/shared";
import { arenaRules } from "../../server/arena/arena-rules.ts";
import { arena, type ArenaTypes } from "../../shared/arena/game.ts";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { Connection } from "../../shared/engine/transport/connection.ts";
import type { ArenaInput } from "../../shared/schema/generated/arena.ts";
import { seededBytes } from "./engine/seeded-bytes.ts";
import { type VirtualLink, VirtualNetwork } from "./engine/virtual-network.ts";

const TICK_MS = 1000 / arena.tickRate;

export const NO_INPUT: ArenaInput = IDLE_INPUT;
export const THRUST: ArenaInput = { ...NO_INPUT, thrust: true };

/** What may differ between sessions. */
export interface ArenaSessionOptions {
  readonly seed?: number;
  readonly delayMs?: number;
  readonly playersMax?: number;
  readonly ticksPerSnapshot?: number;
  readonly isProfiling?: boolean;
}

/** A headless player of a session: the client, both ends of its present link, and what it presses. */
export interface SimulatedPlayer {
  readonly client: GameClient<ArenaTypes>;
  clientEnd: VirtualLink;
  serverEnd: VirtualLink;
  input: ArenaInput;
}

/** Arena's room and real clients on a virtual network: a whole evening in milliseconds. */
export class ArenaSession {
  readonly room: Room<ArenaTypes>;
  readonly network = new VirtualNetwork();
  readonly players: SimulatedPlayer[] = [];
  private readonly delayMs: number;
  private ticks = 0;

  constructor(options: ArenaSessionOptions = {}) {
    this.delayMs = options.delayMs ?? 20;
    this.room = new Room({
      game: arenaRules,
      seed: options.seed ?? 1,
      playersMax: options.playersMax ?? 8,
      ticksPerSnapshot: options.ticksPerSnapshot ?? 1,
      metadata: { room: "arena" },
      isProfiling: options.isProfiling ?? false,
      randomBytes: seededBytes(1),
    });
  }

  /** A client that joins as soon as time moves. `game` may differ from the room's, to be refused. */
  join(name: string, game = arena): SimulatedPlayer {
    const random = new Rng(this.players.length + 1);
    const mirror = new TerrainMirror();
    const player: SimulatedPlayer = {
      client: new GameClient({
        game: game === arena ? mirror.game : game,
        joinOptions: { name },
        readInput: () => player.input,
        random: () => random.next(),
        receiveBulk: mirror.receiveBulk,
      }),
      ...this.connectRaw(),
      input: NO_INPUT,
    };
    let isFirst = true;
    player.client.connect(() => {
      if (!isFirst) Object.assign(player, this.connectRaw());
      isFirst = false;
      return player.clientEnd;
    });
    this.players.push(player);
    return player;
  }

  /** A link to the room without a client: the caller says what goes over it. */
  connectRaw(): { clientEnd: VirtualLink; serverEnd: VirtualLink } {
    const { client, server } = this.network.createLinks(this.delayMs);
    this.room.accept(new Connection(server));
    return { clientEnd: client, serverEnd: server };
  }

  /** Clients advance once a tick too, half a tick after the room. */
  runTicks(ticks: number): void {
    for (let i = 0; i < ticks; i++) {
      this.ticks += 1;
      this.network.advanceTo(this.ticks * TICK_MS);
      this.room.advanceTick(this.network.nowMs);
      this.network.advanceTo((this.ticks + 0.5) * TICK_MS);
      for (const { client } of this.players) client.advance(this.network.nowMs);
    }
  }

  /** The slot of a player's ship in the server's world. */
  shipOf(player: SimulatedPlayer): number {
    const { ships } = this.room.world;
    for (const slot of ships.slots()) if (ships.columns.owner[slot] === player.client.playerId) return slot;
    throw new Error("the player has no ship");
  }
}
