import type { GameClient } from "#engine/client";
import { SHIP_HEALTH_MAX, TICK_RATE } from "../../shared/arena/tuning.ts";
import type { ArenaTypes } from "../../shared/arena/game.ts";
import type { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";
import { WORLD_SIZE } from "../../shared/schema/generated/arena.ts";
import type { ArenaControls } from "./arena-controls.ts";
import { listenToInput } from "./arena-input.ts";
import { ArenaRenderer } from "./arena-renderer.ts";
import { Camera } from "./camera.ts";
import { ChatBox } from "./chat-box.ts";
import { ConnectionSign } from "./connection-sign.ts";
import { ControlsHint } from "./controls-hint.ts";
import { Hud } from "./hud.ts";
import { MatchFeed } from "./match-feed.ts";
import { NameLabels } from "./name-labels.ts";
import { partOf } from "./page-parts.ts";
import type { Rejoin } from "./rejoin.ts";
import { waitingText } from "./waiting-text.ts";

/** The side of a client that a screen needs. */
export type ArenaClient = Pick<
  GameClient<ArenaTypes>,
  "status" | "playerId" | "view" | "stats" | "takeMessages" | "send"
>;

/** What a screen shows, and what it is steered with. */
export interface ScreenOptions {
  readonly client: ArenaClient;
  readonly controls: ArenaControls;
  readonly mirror: TerrainMirror;
  readonly rejoin: Rejoin;
}

interface ScreenParts extends ScreenOptions {
  readonly camera: Camera;
  readonly renderer: ArenaRenderer;
  readonly sign: ConnectionSign;
}

const NO_WEBGL = "This browser does not offer WebGL, with which Arena draws. Switch it on, or try another browser.";
/** A display frame that took longer than this is drawn as if it had not: the tab was hidden. */
const ELAPSED_MS_MAX = 250;

/** Everything a player sees and hears of Arena: heard whenever the client has advanced, drawn once a display frame. */
export class ArenaScreen {
  private readonly client: ArenaClient;
  private readonly controls: ArenaControls;
  private readonly mirror: TerrainMirror;
  private readonly rejoin: Rejoin;
  private readonly canvas: HTMLCanvasElement;
  private readonly camera: Camera;
  private readonly renderer: ArenaRenderer;
  private readonly feed = new MatchFeed();
  private readonly hud: Hud;
  private readonly hint: ControlsHint;
  private readonly sign: ConnectionSign;
  private readonly chatBox: ChatBox;
  private readonly names: NameLabels;
  private readonly reducedMotion: MediaQueryList;
  private readonly nameOf = (playerId: number): string => this.feed.nameOf(playerId);
  private lastMs: number | undefined;
  private score = 0;

  private constructor(page: Document, parts: ScreenParts) {
    const { client, controls } = parts;
    this.client = client;
    this.controls = controls;
    this.mirror = parts.mirror;
    this.rejoin = parts.rejoin;
    this.camera = parts.camera;
    this.renderer = parts.renderer;
    this.sign = parts.sign;
    this.canvas = partOf(page, "space", HTMLCanvasElement);
    this.hud = new Hud(page);
    this.hint = new ControlsHint(partOf(page, "hint", HTMLElement));
    this.chatBox = new ChatBox(page, this.canvas, (message) => {
      client.send(message);
    });
    this.names = new NameLabels(partOf(page, "names", HTMLElement));
    this.reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
    listenToInput(this.canvas, controls);
  }

  /** Throws where the browser has no WebGL, and tells the player so. */
  static async create(page: Document, options: ScreenOptions): Promise<ArenaScreen> {
    const { client, rejoin } = options;
    const camera = new Camera(WORLD_SIZE / 2, WORLD_SIZE / 2);
    const sign = new ConnectionSign(page, {
      onReconnect: () => {
        page.location.reload();
      },
      onStay: () => {
        rejoin.stop();
      },
    });
    try {
      const renderer = await ArenaRenderer.create(partOf(page, "space", HTMLCanvasElement), camera, client.view);
      return new ArenaScreen(page, { ...options, camera, renderer, sign });
    } catch (error) {
      sign.update({ phase: "lost", code: 0, reason: NO_WEBGL }, undefined);
      throw error;
    }
  }

  /** Takes what the server has told, also while nothing is drawn: what is old when the tab is shown again is not news. */
  hear(nowMs: number): void {
    this.rejoin.advance(this.client.status, this.client.playerId !== undefined, nowMs);
    for (const message of this.client.takeMessages()) {
      this.feed.apply(message, this.client.playerId, nowMs);
      const broken = this.mirror.hear(message);
      if (broken.length > 0) this.renderer.rockHasBroken(broken, nowMs);
    }
  }

  draw(nowMs: number): void {
    const { client, camera } = this;
    const world = client.view;
    const ownId = client.playerId;
    const sinceLastMs = nowMs - (this.lastMs ?? nowMs);
    const elapsedMs = Math.min(ELAPSED_MS_MAX, sinceLastMs);
    const hasPaused = sinceLastMs > ELAPSED_MS_MAX;
    this.lastMs = nowMs;
    const ownSlot = slotOf(world, ownId);
    this.feed.ownShipIs(ownSlot !== undefined, nowMs);
    this.followShip(ownSlot, elapsedMs);
    this.tellShip(ownSlot);
    const prefersReducedMotion = this.reducedMotion.matches;
    this.renderer.draw({ world, ownId, nowMs, elapsedMs, hasPaused, prefersReducedMotion });
    this.names.draw(world, camera, ownId, this.nameOf);
    this.showTexts(ownSlot, nowMs, elapsedMs);
  }

  private followShip(slot: number | undefined, elapsedMs: number): void {
    const { camera } = this;
    const { x, y, vx, vy } = this.client.view.ships.columns;
    const target =
      slot === undefined
        ? undefined
        : { x: x[slot]!, y: y[slot]!, vx: vx[slot]! * TICK_RATE, vy: vy[slot]! * TICK_RATE };
    camera.follow(target, elapsedMs / 1000);
    if (target !== undefined) this.controls.shipIsAt(camera.screenX(target.x), camera.screenY(target.y));
  }

  /** On the page, for whoever looks at that from outside: where the own ship is drawn, in units and heading steps. */
  private tellShip(slot: number | undefined): void {
    const { x, y, heading } = this.client.view.ships.columns;
    const ship =
      slot === undefined ? "" : [x[slot]!, y[slot]!, heading[slot]!].map((part) => part.toFixed(3)).join(" ");
    if (this.canvas.dataset.ship !== ship) this.canvas.dataset.ship = ship;
  }

  private showTexts(slot: number | undefined, nowMs: number, elapsedMs: number): void {
    const { client, canvas } = this;
    const { score, health } = client.view.ships.columns;
    if (slot !== undefined) this.score = score[slot]!;
    const isNew = client.playerId !== undefined && canvas.dataset.playerId === undefined;
    if (isNew) canvas.dataset.playerId = String(client.playerId);
    this.sign.update(client.status, this.rejoin.secondsLeft(nowMs));
    this.hint.update(slot !== undefined && this.controls.hasBeenUsed, elapsedMs);
    const state = {
      score: this.score,
      health: slot === undefined ? (client.playerId === undefined ? SHIP_HEALTH_MAX : 0) : health[slot]!,
      rttMs: client.stats.rttMs,
      isChatOpen: this.chatBox.isOpen,
      waitsFor: slot === undefined && client.status.phase === "connected" ? waitingText(this.mirror) : "",
    };
    this.hud.update(this.feed, state, nowMs);
  }
}

function slotOf({ ships }: ArenaTypes["World"], ownId: number | undefined): number | undefined {
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (ships.isLive(slot) && ships.columns.owner[slot] === ownId) return slot;
  }
  return undefined;
}
