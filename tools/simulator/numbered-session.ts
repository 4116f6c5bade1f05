import { GameClient } from "#engine/client";
import { Room } from "#engine/server";
import { type BulkSink, type LinkEvents, Rng } from "#engine/shared";
import { Connection } from "../../shared/engine/transport/connection.ts";
import type { LinkConditions } from "./engine/link-conditions.ts";
import { seededBytes } from "./engine/seeded-bytes.ts";
import { type LinkPair, VirtualNetwork } from "./engine/virtual-network.ts";
import {
  encodeNumbered,
  NUMBERED_LANES,
  type Numbered,
  numberedGame,
  type NumberedLane,
  type NumberedTypes,
} from "./numbered-game.ts";

/** What may differ between sessions; times in milliseconds. */
export interface NumberedSessionOptions {
  readonly seed?: number;
  /** Of every link, or a delay without a bottleneck; or asked for each. */
  readonly link?: LinkConditions | number | (() => LinkConditions);
  readonly frameMs?: number;
  /** When the client's first frame is. */
  readonly phaseMs?: number;
  readonly firstNumber?: number;
  /** They talk in every so many frames and ticks. */
  readonly talkEvery?: number;
  readonly receiveUpload?: () => BulkSink | undefined;
  readonly receiveDownload?: () => BulkSink | undefined;
}

const TICK_MS = 1000 / 30;

/**
 * A room, and a client whose connections a test may break: both say numbered messages on every lane, one of each a
 * frame and a tick, while `isTalking`.
 */
export class NumberedSession {
  readonly network: VirtualNetwork;
  readonly room: Room<NumberedTypes>;
  readonly client: GameClient<NumberedTypes>;
  /** Every link that the client has opened. */
  readonly links: LinkPair[] = [];
  /** What the client has heard, oldest first. */
  readonly heard: Numbered[] = [];
  /** Called after each frame of the client. */
  onFrame: (() => void) | undefined;
  isTalking = true;
  private readonly said = { client: 0, room: 0 };
  private isClientFrozen = false;
  private isRoomFrozen = false;
  private readonly talkEvery: number;
  private presses = 0;
  private ticks = 0;

  constructor(options: NumberedSessionOptions = {}) {
    const { seed = 1, link = 20, frameMs = 1000 / 60, phaseMs = 5, firstNumber = 0 } = options;
    const random = new Rng(seed);
    this.network = new VirtualNetwork(seed);
    const game = numberedGame();
    const { receiveUpload } = options;
    const randomBytes = seededBytes(seed);
    this.room = new Room({
      game,
      seed,
      playersMax: 4,
      ticksPerSnapshot: 1,
      metadata: {},
      firstNumber,
      randomBytes,
      ...(receiveUpload && { receiveBulk: receiveUpload }),
    });
    this.client = new GameClient({
      game,
      joinOptions: {},
      readInput: () => ++this.presses & 0xffff,
      random: () => random.next(),
      firstNumber,
      ...(options.receiveDownload === undefined ? {} : { receiveBulk: options.receiveDownload }),
    });
    this.client.connect(() => this.open(typeof link === "function" ? link() : link).client);
    this.talkEvery = options.talkEvery ?? 1;
    this.every(TICK_MS, TICK_MS, () => {
      if (!this.isRoomFrozen) this.tickRoom();
    });
    this.every(phaseMs, frameMs, () => {
      if (!this.isClientFrozen) this.drawFrame();
    });
  }

  /** The newest link. */
  get link(): LinkPair {
    return this.links.at(-1)!;
  }

  /** A link to the room, which the room takes. */
  open(link: LinkConditions | number): LinkPair {
    const pair = this.network.createLinks(link);
    this.links.push(pair);
    if (this.isRoomFrozen) pair.server.freeze();
    this.room.accept(new Connection(pair.server));
    return pair;
  }

  run(ms: number): void {
    this.network.advanceTo(this.network.nowMs + ms);
  }

  /** Tears whatever link is the newest at a moment from now. */
  cutIn(ms: number): void {
    this.network.schedule(this.network.nowMs + ms, () => {
      this.link.client.cut();
    });
  }

  /** Stops the client's process for a while. */
  freezeClient(ms: number): void {
    this.isClientFrozen = true;
    for (const { client } of this.links) client.freeze();
    this.network.schedule(this.network.nowMs + ms, () => {
      this.isClientFrozen = false;
      for (const { client } of this.links) client.thaw();
    });
  }

  /** Stops the room's process for a while. */
  freezeRoom(ms: number): void {
    this.isRoomFrozen = true;
    for (const { server } of this.links) server.freeze();
    this.network.schedule(this.network.nowMs + ms, () => {
      this.isRoomFrozen = false;
      for (const { server } of this.links) server.thaw();
    });
  }

  /** What is wrong with what either side has heard by now of what the other one has said: the first of each lane. */
  mistakes(): string[] {
    const { client, room } = this.said;
    return NUMBERED_LANES.flatMap((lane) => [
      ...mistakeIn("the room", lane, this.room.world.heard, client),
      ...mistakeIn("the client", lane, this.heard, room),
    ]);
  }

  private every(firstMs: number, periodMs: number, run: () => void): void {
    this.network.schedule(firstMs, () => {
      run();
      this.every(firstMs + periodMs, periodMs, run);
    });
  }

  private tickRoom(): void {
    const { room, said } = this;
    this.ticks += 1;
    if (this.isTalking && this.ticks % this.talkEvery === 0 && room.world.joined.length > 0) {
      for (const lane of NUMBERED_LANES) room.toPlayer(0, encodeNumbered({ lane, number: said.room }));
      said.room += 1;
    }
    room.advanceTick(this.network.nowMs);
  }

  private drawFrame(): void {
    const { client, said } = this;
    if (this.isTalking && this.presses % this.talkEvery === 0 && client.playerId !== undefined) {
      for (const lane of NUMBERED_LANES) client.send(encodeNumbered({ lane, number: said.client }));
      said.client += 1;
    }
    client.advance(this.network.nowMs);
    this.heard.push(...client.takeMessages());
    this.onFrame?.();
  }
}

function mistakeIn(who: string, lane: NumberedLane, heard: readonly Numbered[], said: number): string[] {
  const numbers = heard.filter((message) => message.lane === lane).map(({ number }) => number);
  const wrong = numbers.findIndex((number, i) => number !== i);
  if (wrong >= 0) return [`${who} heard ${lane} ${numbers[wrong]} in place of ${wrong}`];
  return numbers.length === said ? [] : [`${who} heard ${numbers.length} of ${said} on the ${lane} lane`];
}

/** Records how a raw link ends. */
export function endingsOf(link: { listen(events: LinkEvents): void }): { code: number; reason: string }[] {
  const endings: { code: number; reason: string }[] = [];
  link.listen({
    onOpen: () => undefined,
    onPacket: () => undefined,
    onTurn: () => undefined,
    onClose: (code, reason) => endings.push({ code, reason }),
  });
  return endings;
}
