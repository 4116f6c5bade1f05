import type { Page } from "playwright-core";
import { SnapshotStream } from "../../client/engine/snapshot-stream.ts";
import { Lane } from "../../shared/engine/transport/lane.ts";
import { HANDSHAKE_LANE, type Frame, readPacket } from "../../shared/engine/transport/packet.ts";
import { decodeServerMessage, decodeWelcome } from "../../shared/schema/generated/engine.ts";
import { arena } from "../../shared/arena/game.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";

/** A packet that a page has sent or received, in the milliseconds of the machine's clock. */
export interface PagePacket {
  readonly atMs: number;
  readonly isSent: boolean;
  readonly packet: Uint8Array;
}

/** What went over a page's first WebSocket. */
export interface PageTraffic {
  /** When the page asked for the socket, and when that was open. */
  readonly askedMs: number;
  readonly openedMs: number;
  readonly packets: readonly PagePacket[];
}

/** A snapshot in the hands of the page. */
export interface SeenSnapshot {
  /** Which packet of the traffic brought it. */
  readonly packet: number;
  readonly atMs: number;
  readonly tick: number;
  /** Of the page's own ship, in units per tick; undefined while it has none. */
  readonly ownSpeed: number | undefined;
}

/** A packet as the page tells it: its time, whether it was sent, and its bytes in base64. */
type ToldPacket = readonly [atMs: number, isSent: boolean, base64: string];

/** From here on the head of a WebSocket's frame has two bytes more. */
const LONG_FRAME_BYTES = 126;

interface TappedWindow {
  traffic: { askedMs: number; openedMs: number; packets: [number, boolean, Uint8Array][] };
}

/**
 * Leads the WebSockets of what `page` opens next to `port`, and notes what the first of them sends and receives, before
 * the page itself hears of it. The page is loaded from where it is.
 */
export async function tapTraffic(page: Page, port: number): Promise<void> {
  await page.addInitScript((port) => {
    const now = (): number => performance.timeOrigin + performance.now();
    const traffic: TappedWindow["traffic"] = { askedMs: 0, openedMs: 0, packets: [] };
    (window as unknown as TappedWindow).traffic = traffic;
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(`ws://127.0.0.1:${port}${new URL(url).pathname}`, protocols);
        if (traffic.askedMs > 0) return;
        traffic.askedMs = now();
        this.addEventListener("open", () => {
          traffic.openedMs = now();
        });
        this.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) => {
          traffic.packets.push([now(), false, new Uint8Array(data)]);
        });
        this.send = (packet): void => {
          traffic.packets.push([now(), true, (packet as Uint8Array).slice()]);
          super.send(packet);
        };
      }
    };
  }, port);
}

/** What has been noted so far. */
export async function trafficOf(page: Page): Promise<PageTraffic> {
  const { askedMs, openedMs, packets } = await page.evaluate(() => {
    const { traffic } = window as unknown as TappedWindow;
    const told = traffic.packets.map(([atMs, isSent, packet]): ToldPacket => {
      return [atMs, isSent, btoa(String.fromCharCode(...packet))];
    });
    return { ...traffic, packets: told };
  });
  return {
    askedMs,
    openedMs,
    packets: packets.map(([atMs, isSent, base64]) => ({ atMs, isSent, packet: Buffer.from(base64, "base64") })),
  };
}

/** The snapshots among what a page of Arena has received, read as the page reads them. */
export function snapshotsIn({ packets }: PageTraffic): SeenSnapshot[] {
  const seen: SeenSnapshot[] = [];
  const world = arena.createWorld(0);
  let stream: SnapshotStream | undefined;
  let playerId = -1;
  for (const [index, { atMs, isSent, packet }] of packets.entries()) {
    if (isSent) continue;
    for (const { lane, payload } of framesIn(packet)) {
      const welcome = lane === HANDSHAKE_LANE ? decodeWelcome(payload) : undefined;
      if (welcome !== undefined) {
        playerId = welcome.playerId;
        stream = new SnapshotStream(arena.tables(world), welcome.version, welcome.ticksPerSnapshot);
      }
      const message = lane === Lane.REALTIME ? decodeServerMessage(payload) : undefined;
      if (message?.type !== "Snapshot" || stream?.read(message.value)?.isRead !== true) continue;
      const { reader } = stream;
      arena.tables(world).forEach((table, kind) => {
        reader.show(kind, table);
      });
      seen.push({ packet: index, atMs, tick: stream.reader.tick, ownSpeed: speedOf(world, playerId) });
    }
  }
  return seen;
}

/** Of a connection over a slow link: how many bytes had arrived, and when. */
export type LinkArrivals = readonly (readonly [bytes: number, atMs: number])[];

/** By packet: when those that the page received had come over the link to it; undefined for those it sent. */
export function arrivalsOf({ packets }: PageTraffic, arrivals: LinkArrivals): (number | undefined)[] {
  // The answer to the upgrade comes first, and alone: the server waits for Hello.
  let endByte = arrivals[0]![0];
  let at = 0;
  return packets.map(({ isSent, packet }) => {
    if (isSent) return undefined;
    endByte += packet.length + (packet.length < LONG_FRAME_BYTES ? 2 : 4);
    while (arrivals[at]![0] < endByte) at += 1;
    return arrivals[at]![1];
  });
}

/** When the page had the last packet with a part of a transfer. */
export function transferEndMs({ packets }: PageTraffic): number {
  return packets.findLast((each) => !each.isSent && hasStream(each.packet))?.atMs ?? -Infinity;
}

/** How long the page took to answer each packet with a part of a transfer, in milliseconds. */
export function answerDelaysIn({ packets }: PageTraffic): number[] {
  const delays: number[] = [];
  let waiting: number[] = [];
  for (const { atMs, isSent, packet } of packets) {
    if (!isSent && hasStream(packet)) waiting.push(atMs);
    if (!isSent || !hasAnswer(packet)) continue;
    delays.push(...waiting.map((sinceMs) => atMs - sinceMs));
    waiting = [];
  }
  return delays;
}

function speedOf({ ships }: ArenaWorld, playerId: number): number | undefined {
  for (const slot of ships.slots()) {
    if (ships.columns.owner[slot] === playerId) return Math.hypot(ships.columns.vx[slot]!, ships.columns.vy[slot]!);
  }
  return undefined;
}

function framesIn(packet: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  readPacket(packet, { onAck: () => true, onFrame: (frame) => frames.push(frame) > 0 });
  return frames;
}

function hasStream(packet: Uint8Array): boolean {
  return framesIn(packet).some(({ lane }) => lane === Lane.STREAM);
}

function hasAnswer(packet: Uint8Array): boolean {
  let count = 0;
  readPacket(packet, { onAck: () => (count += 1) > 0, onFrame: () => true });
  return count > 0;
}
