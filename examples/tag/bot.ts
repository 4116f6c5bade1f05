/** A player without a screen: `bot.ts ws://ADDRESS/ws`. It catches, runs away, or goes to the middle to meet somebody. */
import { GameClient } from "tickwire/client";
import { runInNode } from "tickwire/node";
import { FIELD_SIZE } from "./generated/tag.ts";
import { IDLE, slotOf, tag, type TagTypes } from "./simulation.ts";

const client = new GameClient<TagTypes>({ game: tag, joinOptions: {}, readInput, random: Math.random });
runInNode(client, { url: process.argv[2]!, protocol: tag.protocol });

function readInput(): TagTypes["Input"] {
  const { x, y, isIt } = client.view.runners.columns;
  const own = slotOf(client.view, client.playerId!);
  if (own === undefined) return IDLE;
  const distanceTo = (slot: number): number => Math.hypot(x[slot]! - x[own]!, y[slot]! - y[own]!);
  const others = [...client.view.runners.slots()].filter((slot) => isIt[slot] !== isIt[own]);
  const [other] = others.sort((a, b) => distanceTo(a) - distanceTo(b));
  const way = isIt[own] === 1 || other === undefined ? 1 : -1;
  const axis = (places: Float64Array): number => {
    const distance = (other === undefined ? FIELD_SIZE / 2 : places[other]!) - places[own]!;
    return Math.abs(distance) < 8 ? 0 : Math.sign(distance) * way;
  };
  return { dx: axis(x), dy: axis(y), sprint: other !== undefined && distanceTo(other) < 300 };
}
