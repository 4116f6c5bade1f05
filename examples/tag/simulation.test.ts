import { expect, test } from "vitest";
import { linkNamed, SimulatedSession } from "tickwire/testing";
import { IDLE, slotOf, tag, type TagTypes } from "./simulation.ts";

test("x", () => {
  const session = new SimulatedSession<TagTypes>({ game: tag, seed: 1, link: linkNamed("4g")!, playersMax: 8 });
  const player = session.join({ joinOptions: {}, readInput: () => IDLE });
  session.advanceTo(1000);
  expect(slotOf(player.client.world, 0)).toBe(0);
});
