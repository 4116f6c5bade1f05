import { AIM_STEPS } from "../../shared/arena/movement.ts";
import { BEAM_RANGE } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { Atlas } from "./atlas.ts";
import { packColour, Palette } from "./palette.ts";
import type { Sparks } from "./sparks.ts";
import type { SpritePool } from "./sprite-pool.ts";

/** Most beams that are remembered at one time; the oldest make room. */
export const BEAM_LIGHTS_MAX = 256;
/** How long a beam is seen. */
export const BEAM_LIGHT_MS = 160;
/**
 * How long it is remembered: the trace that was predicted comes back, with its number, when the room confirms it, a round
 * trip later.
 */
const REMEMBERED_MS = 3000;
/** Half the width of its core and of its glow at first, in units. */
const CORE_UNITS = 3.4;
const GLOW_UNITS = 21;
/** The share of its length over which a beam that nothing stopped fades out. */
const TAIL_SHARE = 0.4;
const RADIANS_PER_STEP = (2 * Math.PI) / AIM_STEPS;

/** One beam, whose light goes on whatever becomes of its trace. */
interface BeamLight {
  readonly slot: number;
  readonly generation: number;
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly isOwn: boolean;
  length: number;
  hasHit: boolean;
  ageMs: number;
}

/**
 * Beams, each a ray that flares up when its trace comes and then fades by itself.
 *
 * The own trace is predicted and hits nothing; the room's has the same slot and generation, and adds only its hit.
 */
export class BeamLights {
  private readonly sparks: Sparks;
  /** Oldest first. */
  private lights: BeamLight[] = [];

  constructor(sparks: Sparks) {
    this.sparks = sparks;
  }

  /** How many are seen. */
  get count(): number {
    return this.lights.filter(({ ageMs }) => ageMs < BEAM_LIGHT_MS).length;
  }

  /** Once a display frame; `elapsedMs` have passed since the last one. */
  observe(world: ArenaWorld, ownId: number | undefined, elapsedMs: number): void {
    for (const light of this.lights) light.ageMs += elapsedMs;
    this.lights = this.lights.filter(({ ageMs }) => ageMs < REMEMBERED_MS).slice(-BEAM_LIGHTS_MAX);
    const { beams } = world;
    for (let slot = 0; slot < beams.slotEnd; slot++) {
      if (!beams.isLive(slot)) continue;
      const light = this.lightOf(world, slot) ?? this.flareUp(world, slot, ownId);
      light.length = beams.columns.length[slot]!;
      if (beams.columns.hit[slot] === 1 && !light.hasHit) this.strike(light);
    }
  }

  /** Without flashes a beam is a thin line that fades. */
  draw(layer: SpritePool, atlas: Atlas, hasFlashes: boolean): void {
    for (const light of this.lights) {
      if (light.ageMs >= BEAM_LIGHT_MS) continue;
      const left = 1 - light.ageMs / BEAM_LIGHT_MS;
      const [glow, core] = light.isOwn ? [Palette.ownEngine, Palette.white] : [Palette.foe, 0xffd0d2];
      if (hasFlashes) {
        putRay(layer, atlas, light, GLOW_UNITS * (0.4 + 0.6 * left), packColour(glow, 0.8 * left));
        const muzzle = 30 * left;
        layer.put(atlas.glow, light.x, light.y, 0, muzzle, muzzle, packColour(glow, 0.9 * left));
      }
      putRay(layer, atlas, light, CORE_UNITS * (0.35 + 0.65 * left), packColour(core, left * (hasFlashes ? 1 : 0.6)));
    }
  }

  private lightOf({ beams }: ArenaWorld, slot: number): BeamLight | undefined {
    const generation = beams.generationOf(slot);
    return this.lights.find((light) => light.slot === slot && light.generation === generation);
  }

  private flareUp({ beams }: ArenaWorld, slot: number, ownId: number | undefined): BeamLight {
    const { x, y, aim, length, owner } = beams.columns;
    const light = {
      slot,
      generation: beams.generationOf(slot),
      x: x[slot]!,
      y: y[slot]!,
      angle: aim[slot]! * RADIANS_PER_STEP,
      isOwn: owner[slot] === ownId,
      length: length[slot]!,
      hasHit: false,
      ageMs: 0,
    };
    this.lights.push(light);
    return light;
  }

  private strike(light: BeamLight): void {
    light.hasHit = true;
    const { x, y, angle, length, isOwn } = light;
    const rgb = isOwn ? Palette.ownShot : Palette.foeShot;
    this.sparks.beamStrikes(x + Math.cos(angle) * length, y + Math.sin(angle) * length, rgb);
  }
}

/** Pictures of bands lie along y, and are a quarter unit and a whole one long on either side of their middle. */
function putRay(layer: SpritePool, atlas: Atlas, light: BeamLight, halfWidth: number, colour: number): void {
  const { x, y, angle, length } = light;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const tail = length < BEAM_RANGE ? 0 : length * TAIL_SHARE;
  const body = length - tail;
  const across = angle - Math.PI / 2;
  layer.put(atlas.band, x + (cos * body) / 2, y + (sin * body) / 2, across, halfWidth, body * 2, colour);
  if (tail === 0) return;
  const middle = body + tail / 2;
  layer.put(atlas.ray, x + cos * middle, y + sin * middle, across, halfWidth, tail / 2, colour);
}
