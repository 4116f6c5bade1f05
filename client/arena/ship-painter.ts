import { BEAM_COOLDOWN_TICKS, SHIP_HEALTH_MAX } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { BEAM_STEPS, HEALTH_STEPS } from "./atlas.ts";
import type { Atlas, ShipPictures } from "./atlas.ts";
import { packColour, Palette } from "./palette.ts";
import type { SpritePool } from "./sprite-pool.ts";

/** Where a ship's pictures go, from below to above. */
export interface ShipLayers {
  readonly below: SpritePool;
  readonly hulls: SpritePool;
  readonly above: SpritePool;
}

/** How one display frame's ships are drawn. */
export interface ShipScene {
  readonly ownId: number | undefined;
  /** Turns wire headings into angles. */
  readonly radiansPerStep: number;
  /** Pictures are drawn this much larger than ships are, from 1. */
  readonly scale: number;
  readonly nowMs: number;
  readonly elapsedMs: number;
  /** False where the player asked for less motion. */
  readonly hasFlashes: boolean;
}

/** One ship as it is drawn. */
interface Pose {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly slot: number;
  readonly isOwn: boolean;
  readonly pictures: ShipPictures;
}

/** How fast an engine's flame follows thrust, and a hit's light fades: 1/s. */
const FLAME_RATE = 14;
const HIT_FADE_RATE = 8;
/** Radius of the light around a ship, in units. */
const HALO_UNITS = 62;

const SOLID = packColour(Palette.white, 1);
const RIM_LIGHT = packColour(Palette.white, 0.9);
const OWN_HALO = packColour(Palette.ownEngine, 0.36);
const FOE_HALO = packColour(Palette.foe, 0.28);
const HEALTH_TRACK = packColour(Palette.white, 0.13);
const BEAM_READY = packColour(Palette.ownShot, 0.85);
const BEAM_GROWS = packColour(Palette.ownEngine, 0.45);

/**
 * Draws ships, and remembers of each what the wire does not say: how far its flame has grown, and how long ago it
 * was hit.
 */
export class ShipPainter {
  private readonly flames: Float32Array;
  private readonly hits: Float32Array;
  private readonly healths: Uint8Array;

  /** `capacity`: the most ships of a world. */
  constructor(capacity: number) {
    this.flames = new Float32Array(capacity);
    this.hits = new Float32Array(capacity);
    this.healths = new Uint8Array(capacity);
  }

  /** For a ship that was not there before. */
  forget(world: ArenaWorld, slot: number): void {
    this.flames[slot] = 0;
    this.hits[slot] = 0;
    this.healths[slot] = world.ships.columns.health[slot]!;
  }

  draw(world: ArenaWorld, atlas: Atlas, layers: ShipLayers, scene: ShipScene): void {
    const { ships } = world;
    const { x, y, heading, owner, shielded, beamCooldown } = ships.columns;
    for (let slot = 0; slot < ships.slotEnd; slot++) {
      if (!ships.isLive(slot)) continue;
      const isOwn = owner[slot] === scene.ownId;
      const pictures = isOwn ? atlas.ownShip : atlas.foeShips[owner[slot]! % atlas.foeShips.length]!;
      const angle = heading[slot]! * scene.radiansPerStep;
      const pose = { x: x[slot]!, y: y[slot]!, angle, slot, isOwn, pictures };
      this.advance(world, slot, scene.elapsedMs / 1000);
      this.drawEngines(pose, atlas, layers.below, scene);
      drawLight(pose, atlas, layers.below, scene.scale);
      this.drawHull(pose, layers, scene);
      if (shielded[slot] === 1) drawShield(pose, atlas, layers.above, scene);
      drawHealth(pose, this.healths[slot]!, atlas, layers.above, scene.scale);
      if (isOwn) drawBeamReadiness(pose, beamCooldown[slot]!, atlas, layers.above, scene.scale);
    }
  }

  private advance(world: ArenaWorld, slot: number, seconds: number): void {
    const { thrusting, health } = world.ships.columns;
    const wanted = thrusting[slot] === 1 ? 1 : 0;
    this.flames[slot] = this.flames[slot]! + (wanted - this.flames[slot]!) * (1 - Math.exp(-FLAME_RATE * seconds));
    this.hits[slot] = health[slot]! < this.healths[slot]! ? 1 : this.hits[slot]! * Math.exp(-HIT_FADE_RATE * seconds);
    this.healths[slot] = health[slot]!;
  }

  private drawEngines(pose: Pose, atlas: Atlas, layer: SpritePool, { nowMs, scale }: ShipScene): void {
    const flame = this.flames[pose.slot]!;
    const cos = Math.cos(pose.angle) * scale;
    const sin = Math.sin(pose.angle) * scale;
    const rgb = pose.isOwn ? Palette.ownEngine : Palette.foeEngine;
    const ember = scale * (6 + 12 * flame);
    for (const engine of pose.pictures.shape.engines) {
      const x = pose.x + engine.x * cos - engine.y * sin;
      const y = pose.y + engine.x * sin + engine.y * cos;
      layer.put(atlas.glow, x, y, 0, ember, ember, packColour(rgb, 0.4 + 0.5 * flame));
      if (flame < 0.03) continue;
      const flicker = 0.88 + 0.12 * Math.sin(nowMs * 0.041 + pose.slot * 1.7 + engine.y);
      const length = 42 * scale * flame * flicker;
      layer.put(atlas.flame, x, y, pose.angle, length, 26 * scale, packColour(rgb, 0.95 * flame));
      layer.put(atlas.flame, x, y, pose.angle, length * 0.5, 13 * scale, packColour(Palette.white, 0.9 * flame));
    }
  }

  private drawHull({ x, y, angle, slot, pictures }: Pose, layers: ShipLayers, { scale, hasFlashes }: ShipScene): void {
    layers.hulls.put(pictures.hull, x, y, angle, scale, scale, SOLID);
    const hit = hasFlashes ? this.hits[slot]! : 0;
    if (hit < 0.02) return;
    layers.above.put(pictures.flash, x, y, angle, scale, scale, packColour(Palette.white, hit * 0.8));
  }
}

/** What the rim throws around itself: near as a line, far as a halo. */
function drawLight({ x, y, angle, isOwn, pictures }: Pose, atlas: Atlas, layer: SpritePool, scale: number): void {
  const halo = scale * HALO_UNITS;
  layer.put(atlas.glow, x, y, 0, halo, halo, isOwn ? OWN_HALO : FOE_HALO);
  layer.put(pictures.glow, x, y, angle, scale, scale, RIM_LIGHT);
}

function drawShield({ x, y }: Pose, atlas: Atlas, layer: SpritePool, { nowMs, scale, hasFlashes }: ShipScene): void {
  const breath = hasFlashes ? 0.5 + 0.14 * Math.sin(nowMs * 0.006) : 0.5;
  layer.put(atlas.ring, x, y, 0, 25 * scale, 25 * scale, packColour(Palette.shield, breath));
}

/** The own arc is always there; another ship's only once it was hurt. */
function drawHealth({ x, y, isOwn }: Pose, health: number, atlas: Atlas, layer: SpritePool, scale: number): void {
  if (!isOwn && health >= SHIP_HEALTH_MAX) return;
  const share = Math.min(1, health / SHIP_HEALTH_MAX);
  const arc = atlas.healthArcs[Math.ceil(share * HEALTH_STEPS)]!;
  layer.put(atlas.healthArcs[HEALTH_STEPS]!, x, y, 0, scale, scale, HEALTH_TRACK);
  layer.put(arc, x, y, 0, scale, scale, packColour(healthColour(share), isOwn ? 0.95 : 0.8));
}

/** It grows, dim, until the beam may fire again. */
function drawBeamReadiness({ x, y }: Pose, cooldown: number, atlas: Atlas, layer: SpritePool, scale: number): void {
  const share = Math.min(1, Math.max(0, 1 - cooldown / BEAM_COOLDOWN_TICKS));
  layer.put(atlas.beamArcs[BEAM_STEPS]!, x, y, 0, scale, scale, HEALTH_TRACK);
  const arc = atlas.beamArcs[Math.floor(share * BEAM_STEPS)]!;
  layer.put(arc, x, y, 0, scale, scale, share === 1 ? BEAM_READY : BEAM_GROWS);
}

/** The colour of a share of health, 0 to 1. */
export function healthColour(share: number): number {
  if (share > 0.5) return Palette.healthGood;
  return share > 0.25 ? Palette.healthLow : Palette.healthCritical;
}
