import type { ArenaWorld } from "../../shared/arena/world.ts";
import { OUTLINES_PER_SIZE } from "./atlas.ts";
import type { Atlas } from "./atlas.ts";
import { LIGHT, LIGHT_AXES } from "./paint-rocks.ts";
import { packColour } from "./palette.ts";
import type { SpritePool } from "./sprite-pool.ts";

const SOLID = packColour(0xffffff, 1);

/** Bodies into `bodies`, and what the light adds into `lights`; `radians` turns wire headings into angles. */
export function drawRocks(
  world: ArenaWorld,
  atlas: Atlas,
  radians: number,
  bodies: SpritePool,
  lights: SpritePool,
): void {
  const { asteroids } = world;
  const { x, y, heading, shape, size } = asteroids.columns;
  for (let slot = 0; slot < asteroids.slotEnd; slot++) {
    if (!asteroids.isLive(slot)) continue;
    const pictures = atlas.rocks[size[slot]!]![shape[slot]! % OUTLINES_PER_SIZE]!;
    const angle = heading[slot]! * radians;
    bodies.put(pictures.body, x[slot]!, y[slot]!, angle, 1, 1, SOLID);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const lightX = LIGHT.x * cos + LIGHT.y * sin;
    const lightY = LIGHT.y * cos - LIGHT.x * sin;
    for (let axis = 0; axis < LIGHT_AXES.length; axis++) {
      const weight = lightX * LIGHT_AXES[axis]!.x + lightY * LIGHT_AXES[axis]!.y;
      if (weight <= 0.01) continue;
      const level = Math.round(255 * weight);
      lights.put(pictures.lights[axis]!, x[slot]!, y[slot]!, angle, 1, 1, packColour(level * 0x10101, 1));
    }
  }
}
