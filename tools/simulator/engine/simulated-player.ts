import type { GameClient } from "#engine/client";
import type { GameTypes } from "#engine/shared";
import type { Connection } from "../../../shared/engine/transport/connection.ts";
import type { LinkPair } from "./virtual-network.ts";

/** A headless player: the client, and both ends of every link it has opened. */
export class SimulatedPlayer<Types extends GameTypes> {
  readonly client: GameClient<Types>;
  /** Oldest first; the last may be an attempt that comes to nothing. */
  readonly links: LinkPair[] = [];
  /** The room's connection on each of the links. */
  readonly serverConnections: Connection[] = [];
  private readonly onSay: (message: Uint8Array) => void;
  private isFrozen = false;

  /** `onSay` is told of what the player says, before it is sent. */
  constructor(client: GameClient<Types>, onSay: (message: Uint8Array) => void) {
    this.client = client;
    this.onSay = onSay;
  }

  /** Sends the room's game an encoded message; nothing happens before Welcome. */
  say(message: Uint8Array): void {
    if (this.client.playerId === undefined) return;
    this.onSay(message);
    this.client.send(message);
  }

  /** A display frame; false while the program stands still. */
  draw(nowMs: number): boolean {
    if (!this.isFrozen) this.client.advance(nowMs);
    return !this.isFrozen;
  }

  /** Stops the player's program: it neither reads nor writes nor draws, while its kernel goes on. */
  freeze(): void {
    this.isFrozen = true;
    for (const { client } of this.links) client.freeze();
  }

  thaw(): void {
    this.isFrozen = false;
    for (const { client } of this.links) client.thaw();
  }
}
