import { GameClient } from "#engine/client";
import { CATCH_UP_TICKS_MAX, Room } from "#engine/server";
import {
  type BulkOffer,
  type BulkSink,
  checkGame,
  checkSharedGame,
  type GameDefinition,
  type GameTypes,
  type Link,
  Rng,
  type SharedGame,
} from "#engine/shared";
import { Connection } from "../../../shared/engine/transport/connection.ts";
import type { LinkConditions } from "./link-conditions.ts";
import { seededBytes } from "./seeded-bytes.ts";
import type { SessionWatcher, WatchedPacket, Way } from "./session-watcher.ts";
import { SimulatedPlayer } from "./simulated-player.ts";
import { tappedLink } from "./tapped-link.ts";
import { type VirtualLink, VirtualNetwork } from "./virtual-network.ts";
import { watchedClientGame, watchedGame } from "./watched-game.ts";

/** What a session is made with. */
export interface SimulatedSessionOptions<Types extends GameTypes> {
  readonly game: GameDefinition<Types>;
  /** Decides the world, the luck of every link, and when frames are drawn: a whole number, 0 to 4,294,967,295. */
  readonly seed: number;
  /** What each player's link is like; each has its own. */
  readonly link: LinkConditions | number;
  readonly playersMax: number;
  /** 1 by default. */
  readonly ticksPerSnapshot?: number;
  readonly watchers?: readonly SessionWatcher[];
}

/** A player who is to join. */
export interface JoinOptions<Types extends GameTypes> {
  /** What the client knows of the game; what the room knows by default. */
  readonly game?: SharedGame<Types>;
  readonly joinOptions: Record<string, unknown>;
  /** Asked once a tick: what the player wants now. `client` is the player's own. */
  readonly readInput: (client: GameClient<Types>) => Types["Input"];
  /** Where something large that the room sends goes; nowhere by default. */
  readonly receiveBulk?: (offer: BulkOffer) => BulkSink | undefined;
  /** Between two display frames: a sixtieth of a second unless given. */
  readonly frameMs?: number;
  /** What the player's links are like, where that is not what all others' are. */
  readonly link?: LinkConditions;
}

const FRAME_MS = 1000 / 60;

/**
 * A room and real clients on a virtual network, in virtual time: the room ticks at the game's rate from 0 on, and each
 * client draws its frames at moments of its own, 60 a second unless it says otherwise. The same options and the same calls give the same bytes at
 * the same moments.
 */
export class SimulatedSession<Types extends GameTypes> {
  readonly network: VirtualNetwork;
  readonly room: Room<Types>;
  readonly players: SimulatedPlayer<Types>[] = [];
  private readonly options: SimulatedSessionOptions<Types>;
  private readonly watchers: SessionWatcher[];
  private readonly rng: Rng;
  private ticks = 0;
  private isRoomFrozen = false;
  /** Ticks that were due while the room stood still. */
  private missedTicks = 0;

  /** Throws what `Room` does where the game, or an option, cannot be. */
  constructor(options: SimulatedSessionOptions<Types>) {
    checkGame(options.game);
    this.options = options;
    this.watchers = [...(options.watchers ?? [])];
    this.network = new VirtualNetwork(options.seed);
    this.rng = new Rng(options.seed);
    this.room = new Room({
      game: this.watchedRoomGame(),
      seed: options.seed,
      playersMax: options.playersMax,
      ticksPerSnapshot: options.ticksPerSnapshot ?? 1,
      metadata: {},
      randomBytes: seededBytes(options.seed),
    });
    this.tickOn();
  }

  /** Somebody who looks on, from now on. Packets of links that stand already are not told of, unless others are. */
  watch(watcher: SessionWatcher): void {
    this.watchers.push(watcher);
  }

  /** A player who joins as soon as time moves. Throws what `GameClient` does where its game cannot be. */
  join(options: JoinOptions<Types>): SimulatedPlayer<Types> {
    const { joinOptions, readInput, receiveBulk, link = this.options.link, frameMs = FRAME_MS } = options;
    const game = options.game ?? this.options.game;
    checkSharedGame(game);
    const random = new Rng(this.rng.below(4_294_967_296));
    const index = this.players.length;
    const client = new GameClient<Types>({
      game: this.watchedClientGame(game, index),
      joinOptions,
      readInput: (client) => {
        const input = readInput(client);
        for (const watcher of this.watchers) watcher.onPlayerWants?.(index, input, this.network.nowMs);
        return input;
      },
      random: () => random.next(),
      ...(receiveBulk && { receiveBulk }),
    });
    const player = new SimulatedPlayer(client, (message) => {
      for (const watcher of this.watchers) watcher.onPlayerSays?.(index, message, this.network.nowMs);
    });
    this.players.push(player);
    client.connect(() => this.openLink(player, index, link));
    this.drawOn(index, this.network.nowMs + this.rng.between(0, frameMs), frameMs);
    return player;
  }

  /** Stops the room's process: it neither ticks nor reads nor writes, while its kernel goes on. */
  freezeRoom(): void {
    this.isRoomFrozen = true;
    for (const { links } of this.players) for (const { server } of links) server.freeze();
  }

  /** The room goes on: with its next tick it runs a few of those it missed. */
  thawRoom(): void {
    this.isRoomFrozen = false;
    for (const { links } of this.players) for (const { server } of links) server.thaw();
  }

  /** Moves time on: ticks, frames and packets happen in their order. */
  advanceTo(nowMs: number): void {
    this.network.advanceTo(nowMs);
  }

  private tickOn(): void {
    const atMs = (this.ticks * 1000) / this.options.game.tickRate;
    this.network.schedule(atMs, () => {
      this.ticks += 1;
      if (this.isRoomFrozen) this.missedTicks += 1;
      else this.tick();
      this.tickOn();
    });
  }

  private tick(): void {
    const { nowMs } = this.network;
    const count = Math.min(CATCH_UP_TICKS_MAX, 1 + this.missedTicks);
    this.missedTicks = 0;
    for (let i = 0; i < count; i++) {
      this.room.advanceTick(nowMs);
      for (const watcher of this.watchers) watcher.onTick?.(nowMs);
    }
  }

  private drawOn(index: number, atMs: number, frameMs: number): void {
    this.network.schedule(atMs, () => {
      const isDrawn = this.players[index]!.draw(atMs);
      if (isDrawn) for (const watcher of this.watchers) watcher.onFrame?.(index, atMs);
      this.drawOn(index, atMs + frameMs, frameMs);
    });
  }

  private watchedRoomGame(): GameDefinition<Types> {
    const { watchers, network } = this;
    return watchedGame(this.options.game, {
      onJoin: (playerId) => {
        for (const watcher of watchers) watcher.onPlayerJoins?.(playerId, network.nowMs);
      },
      onLeave: (playerId) => {
        for (const watcher of watchers) watcher.onPlayerLeaves?.(playerId, network.nowMs);
      },
      onSay: (playerId, message) => {
        for (const watcher of watchers) watcher.onRoomSays?.(playerId, message, network.nowMs);
      },
      onHear: (playerId, message) => {
        for (const watcher of watchers) watcher.onRoomHears?.(playerId, message, network.nowMs);
      },
      onStep: (inputs) => {
        for (const watcher of watchers) watcher.onRoomApplies?.(inputs, network.nowMs);
      },
    });
  }

  private watchedClientGame(game: SharedGame<Types>, player: number): SharedGame<Types> {
    const { watchers, network } = this;
    return watchedClientGame(game, {
      onHear: (message) => {
        for (const watcher of watchers) watcher.onPlayerHears?.(player, message, network.nowMs);
      },
      onPredict: (world, tick) => {
        for (const watcher of watchers) watcher.onPlayerPredicts?.(player, world, tick);
      },
      onPredicted: (world, tick) => {
        for (const watcher of watchers) watcher.onPlayerPredicted?.(player, world, tick);
      },
    });
  }

  private openLink(player: SimulatedPlayer<Types>, index: number, conditions: LinkConditions | number): Link {
    const pair = this.network.createLinks(conditions);
    const link = player.links.length;
    player.links.push(pair);
    if (this.isRoomFrozen) pair.server.freeze();
    const place = { player: index, link };
    const connection = new Connection(this.watched(pair.server, place, "down"));
    player.serverConnections.push(connection);
    this.room.accept(connection);
    return this.watched(pair.client, place, "up");
  }

  /** An end of a link, whose packets watchers are told of. `sends`: which way those of this end go. */
  private watched(end: VirtualLink, { player, link }: LinkPlace, sends: Way): Link {
    const { watchers, network } = this;
    if (watchers.length === 0) return end;
    const receives = sends === "down" ? "up" : "down";
    return tappedLink(end, {
      onSend: (packet) => {
        for (const each of watchers) each.onPacketSent?.({ player, link, way: sends, packet, atMs: network.nowMs });
      },
      onPacket: (packet) => {
        for (const each of watchers)
          each.onPacketReceived?.({ player, link, way: receives, packet, atMs: network.nowMs });
      },
    });
  }
}

/** Which link of which player it is. */
type LinkPlace = Pick<WatchedPacket, "player" | "link">;
