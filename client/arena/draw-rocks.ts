import type { ArenaWorld } from "../../shared/arena/world.ts";
import { OUTLINES_PER_SIZE } from "./atlas.ts";
import type { Atlas } from "./atlas.ts";
import type { Camera } from "./camera.ts";
import { LIGHT, LIGHT_AXES } from "./paint-rocks.ts";
import { packColour, Palette } from "./palette.ts";
import type { SpritePool } from "./sprite-pool.ts";

/** Where a rock's pictures go: the bodies, and what the light adds to them. */
export interface RockLayers {
  readonly bodies: SpritePool;
  readonly lights: SpritePool;
}

/** Rocks, fading where the camera's sight ends. `radians` turns wire headings into angles. */
export function drawRocks(world: ArenaWorld, atlas: Atlas, camera: Camera, radians: number, layers: RockLayers): void {
  const { asteroids } = world;
  const { x, y, heading, shape, size } = asteroids.columns;
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (!asteroids.isLive(slot)) continue;
    const clarity = camera.clarityAt(x[slot]!, y[slot]!);
    if (clarity === 0) continue;
    const pictures = atlas.rocks[size[slot]!]![shape[slot]! % OUTLINES_PER_SIZE]!;
    const angle = heading[slot]! * radians;
    layers.bodies.put(pictures.body, x[slot]!, y[slot]!, angle, 1, 1, packColour(Palette.white, clarity));
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const lightX = LIGHT.x * cos + LIGHT.y * sin;
    const lightY = LIGHT.y * cos - LIGHT.x * sin;
    for (let axis = 0; axis < LIGHT_AXES.length; axis++) {
      const weight = lightX * LIGHT_AXES[axis]!.x + lightY * LIGHT_AXES[axis]!.y;
      if (weight <= 0.01) continue;
      const colour = packColour(Math.round(255 * weight) * 0x10101, clarity);
      layers.lights.put(pictures.lights[axis]!, x[slot]!, y[slot]!, angle, 1, 1, colour);
    }
  }
}
