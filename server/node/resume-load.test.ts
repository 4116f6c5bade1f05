/** A thousand resumes over real sockets. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { expect, test } from "vitest";
import { GameClient } from "#engine/client";
import { offeredSubprotocols, Rng, WebSocketLink } from "#engine/shared";
import {
  encodeNumbered,
  type Numbered,
  NUMBERED_LANES,
  numberedGame,
  type NumberedTypes,
} from "../../tools/simulator/numbered-game.ts";
import { nodeEventLoop } from "./event-loop.ts";
import { type GameServer, startGameServer } from "./game-server.ts";

const CLIENTS = 20;
const KILLS = 50;
const FRAME_MS = 16;
/** The first kill waits for the join; the next one comes so long after the session has gone on, at most. */
const REST_MS_MAX = 400;
const P99_MS_MAX = 500;
const RUN_MS_MAX = 60_000;

/** A client whose sockets die, and what both sides have said and heard. */
class Victim {
  readonly client: GameClient<NumberedTypes>;
  readonly heard: Numbered[] = [];
  /** From each kill to the first message over the next connection. */
  readonly recoveriesMs: number[] = [];
  said = 0;
  told = 0;
  private readonly rng: Rng;
  private socket: WebSocket | undefined;
  private nextKillMs = Infinity;
  private killedMs: number | undefined;

  constructor(seed: number, url: string) {
    this.rng = new Rng(seed);
    const game = numberedGame();
    this.client = new GameClient({ game, joinOptions: {}, readInput: () => 0, random: () => this.rng.next() });
    this.client.connect(() => {
      this.socket = new WebSocket(url, offeredSubprotocols(game.protocol));
      return new WebSocketLink(this.socket, nodeEventLoop);
    });
  }

  /** Says the next message of each lane, and hears what has come. */
  draw(nowMs: number, isTalking: boolean): void {
    const { client } = this;
    if (client.playerId !== undefined && isTalking) {
      for (const lane of NUMBERED_LANES) client.send(encodeNumbered({ lane, number: this.said }));
      this.said += 1;
    }
    client.advance(nowMs);
    const news = client.takeMessages();
    this.heard.push(...news);
    if (news.length > 0 && client.status.phase === "connected") this.recover(nowMs);
    if (nowMs >= this.nextKillMs && this.killedMs === undefined) this.kill(nowMs);
  }

  private recover(nowMs: number): void {
    if (this.killedMs === undefined && this.nextKillMs !== Infinity) return;
    if (this.killedMs !== undefined) this.recoveriesMs.push(nowMs - this.killedMs);
    this.killedMs = undefined;
    this.nextKillMs = this.recoveriesMs.length < KILLS ? nowMs + this.rng.between(0, REST_MS_MAX) : Infinity;
  }

  /** Resets the connection, without a word. */
  private kill(nowMs: number): void {
    this.killedMs = nowMs;
    this.socket!.terminate();
  }
}

function tell(server: GameServer<NumberedTypes>, victims: readonly Victim[]): void {
  for (const victim of victims) {
    const { playerId } = victim.client;
    if (playerId === undefined) continue;
    for (const lane of NUMBERED_LANES) server.room.toPlayer(playerId, encodeNumbered({ lane, number: victim.told }));
    victim.told += 1;
  }
}

/** What of so many messages a side has not heard once and in order. */
function wrongOf(heard: readonly Numbered[], said: number): number {
  return NUMBERED_LANES.reduce((wrong, lane) => {
    const numbers = heard.filter((message) => message.lane === lane).map(({ number }) => number);
    return wrong + Math.abs(said - numbers.length) + numbers.filter((number, i) => number !== i).length;
  }, 0);
}

/** Calls `run` every so often, until it says that all is done. */
function every(periodMs: number, run: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!run()) return;
      clearInterval(timer);
      resolve();
    }, periodMs);
  });
}

test(
  "20 clients lose their sockets 50 times each: none loses or doubles a message, and 99 % hear on within 500 ms",
  { timeout: RUN_MS_MAX },
  async () => {
    const staticDirectory = mkdtempSync(join(tmpdir(), "tickwire-static-"));
    const room = { game: numberedGame(), seed: 1, playersMax: CLIENTS, ticksPerSnapshot: 1, metadata: {} };
    const server = await startGameServer({ room, port: 0, host: "127.0.0.1", staticDirectory });
    const victims = Array.from({ length: CLIENTS }, (_, i) => new Victim(i + 1, `ws://127.0.0.1:${server.port}/ws`));
    const wrong = (): number =>
      victims.reduce((sum, { client, heard, told, said }) => {
        const { playerId } = client;
        const heardByRoom = server.room.world.heard.filter((message) => message.playerId === playerId);
        return sum + wrongOf(heard, told) + wrongOf(heardByRoom, said);
      }, 0);
    const drawAll = (isTalking: boolean): void => {
      for (const victim of victims) victim.draw(nodeEventLoop.nowMs(), isTalking);
    };
    let frames = 0;
    await every(FRAME_MS, () => {
      frames += 1;
      if (frames % 2 === 0) tell(server, victims);
      drawAll(frames % 2 === 0);
      return victims.every(({ recoveriesMs }) => recoveriesMs.length === KILLS);
    });
    frames = 0;
    await every(FRAME_MS, () => {
      frames += 1;
      drawAll(false);
      return frames > 500 || (frames % 50 === 0 && wrong() === 0);
    });

    const recoveriesMs = victims.flatMap((victim) => victim.recoveriesMs).sort((a, b) => a - b);
    const [p50, p99, max] = [0.5, 0.99, 1].map((share) => Math.round(recoveriesMs[Math.ceil(share * 1_000) - 1]!));
    const figures = `${recoveriesMs.length} resumes, p50 ${p50} ms, p99 ${p99} ms, at most ${max} ms`;
    expect(recoveriesMs).toHaveLength(CLIENTS * KILLS);
    expect(wrong()).toBe(0);
    expect(server.room.world.left).toEqual([]);
    expect(server.room.playerCount).toBe(CLIENTS);
    expect(p99, figures).toBeLessThanOrEqual(P99_MS_MAX);
    for (const { client } of victims) client.close();
    await server.close("over");
  },
);
