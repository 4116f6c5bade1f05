import { digCrater } from "./digging.ts";
import { cellAlong } from "./terrain.ts";
import {
  REGENERATION_DELAY_TICKS,
  REGENERATION_TICKS_PER_POINT,
  SHIP_CRATER_CELLS,
  SHIP_HEALTH_MAX,
} from "./tuning.ts";
import type { ArenaWorld } from "./world.ts";

const CALM_TICKS_MAX = 65_535;

/** Shields run down, calm ships heal. */
export function restShip(world: ArenaWorld, slot: number): void {
  const { columns } = world.ships;
  const { shieldTicks, calmTicks } = world.shipTimers;
  if (shieldTicks[slot]! > 0) shieldTicks[slot]! -= 1;
  columns.shielded[slot] = shieldTicks[slot]! > 0 ? 1 : 0;
  const calm = Math.min(calmTicks[slot]! + 1, CALM_TICKS_MAX);
  calmTicks[slot] = calm;
  if (calm < REGENERATION_DELAY_TICKS || calm % REGENERATION_TICKS_PER_POINT !== 0) return;
  columns.health[slot] = Math.min(columns.health[slot]! + 1, SHIP_HEALTH_MAX);
}

/** Takes health, unless a shield does; a ship without any left is gone. `attacker` is a player or NOBODY. */
export function hurtShip(world: ArenaWorld, slot: number, damage: number, attacker: number): void {
  const { columns } = world.ships;
  if (world.shipTimers.shieldTicks[slot]! > 0) return;
  world.shipTimers.calmTicks[slot] = 0;
  if (columns.health[slot]! > damage) {
    columns.health[slot]! -= damage;
    return;
  }
  const victim = columns.owner[slot]!;
  const [x, y] = [columns.x[slot]!, columns.y[slot]!];
  world.outcomes.kills.push({ killer: attacker, victim, x, y });
  digCrater(world, { x: cellAlong(x), y: cellAlong(y), radius: SHIP_CRATER_CELLS });
  world.ships.destroy(slot);
}
