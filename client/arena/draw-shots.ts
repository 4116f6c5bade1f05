import { TICK_RATE } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { Atlas } from "./atlas.ts";
import { packColour, Palette } from "./palette.ts";
import type { SpritePool } from "./sprite-pool.ts";

/** Half the length of a shot's core in units, at rest and for each unit per second of its flight. */
const CORE_HALF_LENGTH = 5;
const CORE_STRETCH_SECONDS = 0.009;

const OWN_GLOW = packColour(Palette.ownEngine, 0.9);
const OWN_CORE = packColour(Palette.ownShot, 1);
const FOE_GLOW = packColour(Palette.foe, 0.95);
const FOE_CORE = packColour(0xffd0d2, 1);

/** Capsules of light, stretched along their flight: the own ones cool, all others in the colour of danger. */
export function drawShots(world: ArenaWorld, atlas: Atlas, ownId: number | undefined, lights: SpritePool): void {
  const { shots } = world;
  const { x, y, vx, vy, owner } = shots.columns;
  for (let slot = 0; slot < shots.slotEnd; slot++) {
    if (!shots.isLive(slot)) continue;
    const isOwn = owner[slot] === ownId;
    const speed = Math.hypot(vx[slot]!, vy[slot]!) * TICK_RATE;
    const angle = Math.atan2(vy[slot]!, vx[slot]!);
    const halfLength = CORE_HALF_LENGTH + speed * CORE_STRETCH_SECONDS;
    const thickness = isOwn ? 7 : 8;
    lights.put(atlas.shotGlow, x[slot]!, y[slot]!, angle, halfLength * 2.3, 34, isOwn ? OWN_GLOW : FOE_GLOW);
    lights.put(atlas.shotCore, x[slot]!, y[slot]!, angle, halfLength, thickness, isOwn ? OWN_CORE : FOE_CORE);
  }
}
