import type { GameClient } from "#engine/client";
import type { PlayerId, PlayerInput } from "#engine/shared";
import type { ArenaRulesTypes } from "../../server/arena/arena-rules.ts";
import { fillCells } from "../../shared/arena/fill-cells.ts";
import { AIM_DIRECTIONS, IDLE_INPUT, moveShip } from "../../shared/arena/movement.ts";
import { slotOfShip } from "../../shared/arena/own-step.ts";
import { PRESENT } from "../../shared/arena/simulation.ts";
import { firstTarget } from "../../shared/arena/targets.ts";
import { rockAhead } from "../../shared/arena/terrain-contact.ts";
import { BEAM_RANGE, BEAM_TRACE_TICKS } from "../../shared/arena/tuning.ts";
import type { ArenaWorld } from "../../shared/arena/world.ts";
import { type ArenaInput, Ship, type ShipColumns } from "../../shared/schema/generated/arena.ts";
import type { FeelRules } from "./engine/feel-rules.ts";

/** More than the wire rounds off, in units, and in units per tick. */
const ROUNDING = 1 / 16;

/** What the feel of an Arena session is measured by: ships that are pushed or hurt, and beams that hit. */
export class ArenaFeel implements FeelRules<ArenaRulesTypes> {
  /** Where ships are after a tick in which nothing happens to them. */
  private expected: ShipColumns | undefined;
  /** Players whose beam has been seen. */
  private readonly beaming = new WeakSet<object>();

  beforeTick(world: ArenaWorld, inputs: readonly PlayerInput<ArenaInput>[]): void {
    const { ships } = world;
    const expected = (this.expected ??= Ship.createColumns(ships.capacity));
    for (const slot of ships.slots()) {
      Ship.copy(ships.columns, expected, slot);
      const owner = ships.columns.owner[slot];
      moveShip(expected, slot, inputs.find(({ playerId }) => playerId === owner)?.input ?? IDLE_INPUT);
    }
  }

  isDisturbed(world: ArenaWorld, playerId: PlayerId): boolean {
    const slot = slotOfShip(world, playerId);
    const { expected } = this;
    if (slot === undefined || expected === undefined) return false;
    const { columns } = world.ships;
    const isPushed = (["x", "y", "vx", "vy"] as const).some(
      (name) => Math.abs(columns[name][slot]! - expected[name][slot]!) > ROUNDING,
    );
    return isPushed || columns.health[slot]! < expected.health[slot]!;
  }

  claimedHits(client: GameClient<ArenaRulesTypes>): number {
    const { view, playerId } = client;
    const beam = [...view.beams.slots()].find((slot) => view.beams.columns.owner[slot] === playerId);
    const isNew = beam !== undefined && !this.beaming.has(client);
    if (beam === undefined) this.beaming.delete(client);
    else this.beaming.add(client);
    return isNew && hitsWhatIsSeen(view, beam) ? 1 : 0;
  }

  confirmedHits({ beams, beamTicksLeft }: ArenaWorld, playerId: PlayerId): number {
    const { owner, hit } = beams.columns;
    const isHit = (slot: number): boolean => owner[slot] === playerId && hit[slot] === 1;
    return [...beams.slots()].filter((slot) => isHit(slot) && beamTicksLeft[slot] === BEAM_TRACE_TICKS).length;
  }
}

/** Whether a beam meets a ship or an asteroid before rock, where its player sees them. */
function hitsWhatIsSeen(view: ArenaWorld, beam: number): boolean {
  const { x: xs, y: ys, aim: aims, owner: owners } = view.beams.columns;
  const [x, y, aim, owner] = [xs[beam]!, ys[beam]!, aims[beam]!, owners[beam]!];
  const moveX = AIM_DIRECTIONS.cos[aim]! * BEAM_RANGE;
  const moveY = AIM_DIRECTIONS.sin[aim]! * BEAM_RANGE;
  fillCells(view);
  const seen = { rewind: PRESENT, fromTick: view.tick, toTick: view.tick };
  const target = firstTarget(view, { x, y, moveX, moveY, radius: 0, owner }, seen);
  const rock = rockAhead(view.terrain, x, y, moveX, moveY);
  return target !== undefined && target.time <= (rock?.time ?? 1);
}
