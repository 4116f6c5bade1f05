import type { ArenaWorld } from "../../shared/arena/world.ts";
import type { Atlas } from "./atlas.ts";
import type { Camera } from "./camera.ts";
import { packColour, Palette } from "./palette.ts";
import type { SpritePool } from "./sprite-pool.ts";

/** Distance of a marker from the screen's edge, and its radius, in CSS pixels. */
const INSET_PIXELS = 18;
const RADIUS_PIXELS = 8;
/** A ship this far beyond the edge has a faint marker; a nearer one a brighter. In units. */
const FAINT_UNITS = 420;

/** Where on the screen's edge the way to a point leaves it, or undefined when the point is on the screen. */
export function edgePoint(
  camera: Camera,
  x: number,
  y: number,
): { x: number; y: number; angle: number; beyond: number } | undefined {
  const dx = x - camera.x;
  const dy = y - camera.y;
  if (Math.abs(dx) <= camera.halfWidth && Math.abs(dy) <= camera.halfHeight) return undefined;
  const inset = INSET_PIXELS / camera.pixelsPerUnit;
  const share = Math.min((camera.halfWidth - inset) / Math.abs(dx), (camera.halfHeight - inset) / Math.abs(dy));
  const beyond = Math.hypot(dx, dy) * (1 - share);
  return { x: camera.x + dx * share, y: camera.y + dy * share, angle: Math.atan2(dy, dx), beyond };
}

/** Points at the ships that are known but not on the screen: where to go, and from where danger comes. */
export function drawFoeMarkers(world: ArenaWorld, atlas: Atlas, camera: Camera, layer: SpritePool): void {
  const { ships } = world;
  const size = RADIUS_PIXELS / camera.pixelsPerUnit;
  for (let slot = 0; slot < ships.slotEnd; slot++) {
    if (!ships.isLive(slot)) continue;
    const at = edgePoint(camera, ships.columns.x[slot]!, ships.columns.y[slot]!);
    if (at === undefined) continue;
    const alpha = 0.9 - 0.55 * Math.min(1, at.beyond / FAINT_UNITS);
    layer.put(atlas.chevron, at.x, at.y, at.angle, size, size, packColour(Palette.foe, alpha));
  }
}
