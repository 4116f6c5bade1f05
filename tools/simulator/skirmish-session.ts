import { GameClient } from "#engine/client";
import { Room } from "#engine/server";
import type { GameDefinition } from "#engine/shared";
import { Connection } from "../../shared/engine/transport/connection.ts";
import { seededBytes } from "./engine/seeded-bytes.ts";
import { type VirtualLink, VirtualNetwork } from "./engine/virtual-network.ts";
import {
  skirmishGame,
  type SkirmishTypes,
  type SkirmishVersion,
  type SkirmishWorld,
  spawnSkirmisher,
} from "./skirmish.ts";

const TICK_MS = 50;

/** What may differ between sessions. */
export interface SkirmishSessionOptions {
  readonly clientVersion?: SkirmishVersion;
  readonly serverVersion?: SkirmishVersion;
  readonly radius?: number;
  readonly step?: (world: SkirmishWorld) => void;
  /** Of each kind. */
  readonly count?: number;
}

/** A room and one client that looks at it, on a virtual network without delay. */
export class SkirmishSession {
  readonly room: Room<SkirmishTypes>;
  readonly client: GameClient<SkirmishTypes>;
  readonly serverEnd: VirtualLink;
  /** The room's side of the link: what is sent over it besides, the room knows nothing of. */
  readonly connection: Connection;
  private readonly network = new VirtualNetwork();

  constructor(ours: GameDefinition<SkirmishTypes>, theirs: GameDefinition<SkirmishTypes>, count: number) {
    this.room = new Room({
      game: ours,
      seed: 1,
      playersMax: 4,
      ticksPerSnapshot: 1,
      metadata: {},
      randomBytes: seededBytes(1),
    });
    for (let kind = 0; kind < this.room.world.tables.length; kind++) {
      for (let i = 0; i < count; i++) spawnSkirmisher(this.room.world, kind, i % 3);
    }
    this.client = new GameClient({ game: theirs, joinOptions: {}, readInput: () => ({ dx: 1 }), random: () => 0.5 });
    const { client, server } = this.network.createLinks(0);
    this.serverEnd = server;
    this.connection = new Connection(server);
    this.room.accept(this.connection);
    this.client.connect(() => client);
  }

  static async start(options: SkirmishSessionOptions = {}): Promise<SkirmishSession> {
    const { clientVersion = 2, serverVersion = 2, radius = Infinity, count = 10 } = options;
    const ours = { ...(await skirmishGame(serverVersion, radius)), ...(options.step && { step: options.step }) };
    return new SkirmishSession(ours, await skirmishGame(clientVersion, radius), count);
  }

  get nowMs(): number {
    return this.network.nowMs;
  }

  /** Ticks of the room, each with a display frame half a tick later. */
  run(ticks: number): void {
    for (let i = 0; i < ticks; i++) {
      this.network.advanceTo(this.network.nowMs + TICK_MS / 2);
      this.room.advanceTick(this.network.nowMs);
      this.network.advanceTo(this.network.nowMs + TICK_MS / 2);
      this.client.advance(this.network.nowMs);
    }
  }

  /** A tick of the room, and five display frames until the next one is due. */
  runFrames(onFrame: () => void): void {
    this.room.advanceTick(this.network.nowMs);
    for (let frame = 0; frame < 5; frame++) {
      this.network.advanceTo(this.network.nowMs + TICK_MS / 5);
      this.client.advance(this.network.nowMs);
      onFrame();
    }
  }
}
