import { expect, test } from "vitest";
import { RECORD_BYTES, TERRAIN_BYTES } from "../../shared/arena/terrain-stream.ts";
import { blockAt, OPEN } from "../../shared/arena/terrain.ts";
import { ScriptedMatch } from "./scripted-match.ts";

test("a newcomer flies as soon as the 9 blocks around its place have arrived, and not with 8", () => {
  const script = waitingMatch();
  script.join(0);
  const place = script.match.pilots.get(0)!.nextPlace!;
  script.advance(30);

  const ships = [0, 8, 9].map((blocks) => {
    script.deliver(0, blocks * RECORD_BYTES);
    script.advance();
    return script.shipOf(0);
  });

  expect(ships).toEqual([undefined, undefined, 0]);
  const { x, y } = script.match.ships.columns;
  expect(Math.hypot(x[0]! - place.x, y[0]! - place.y)).toBeLessThan(0.1);
});

test("while a player waits it looks at the place where its ship will come", () => {
  const script = waitingMatch();

  script.join(0);

  const { nextPlace, lastX, lastY } = script.match.pilots.get(0)!;
  expect({ x: lastX, y: lastY }).toEqual(nextPlace);
});

test("blocks that have not arrived are solid to that player's ship alone; the last one makes it free", () => {
  const script = waitingMatch();
  script.join(0);
  script.deliver(0, 9 * RECORD_BYTES);
  script.arrivesAtOnce = true;
  script.join(1);
  script.advance();
  const [own, other] = [script.shipOf(0)!, script.shipOf(1)!];
  const { knownBlocks, ships } = script.match;
  const count = (): number | undefined => knownBlocks[own]?.filter((known) => known === 1).length;

  expect([count(), knownBlocks[other]]).toEqual([9, undefined]);
  expect(knownBlocks[own]![blockAt(ships.columns.x[own]!, ships.columns.y[own]!)]).toBe(1);
  script.deliver(0, TERRAIN_BYTES);
  script.advance();
  expect(count()).toBe(256);
});

test("a place that is taken while its player waits is given up for another one", () => {
  const script = waitingMatch();
  script.join(0);
  const place = script.match.pilots.get(0)!.nextPlace!;
  script.match.asteroids.columns.x[0] = place.x;
  script.match.asteroids.columns.y[0] = place.y;

  script.advance();

  expect(script.match.pilots.get(0)!.nextPlace).not.toEqual(place);
});

test("what a shot digs is told to all in the tick it is dug, and to who comes later with the edits", () => {
  const script = new ScriptedMatch(1);
  script.join(0);
  script.takeSent();
  shootAtRock(script);
  script.advance(2);

  const [dug] = script.takeSent().filter(({ message }) => message.type === "TerrainDug");
  script.join(1);
  const [edits] = script.takeSent().filter(({ message }) => message.type === "TerrainEdits");

  expect(dug).toMatchObject({ to: "all", message: { value: { craters: [{ radius: 4 }] } } });
  expect(edits).toEqual({ to: 1, message: { type: "TerrainEdits", value: dug!.message.value } });
});

/** Nothing that is sent in bulk arrives before it is let. */
function waitingMatch(): ScriptedMatch {
  const script = new ScriptedMatch(3);
  script.arrivesAtOnce = false;
  return script;
}

/** A shot of player 0 that is inside rock. */
function shootAtRock({ match }: ScriptedMatch): void {
  const block = match.terrain.rockCounts.findIndex((count) => count > 2000);
  const cell = match.terrain.cells.subarray(block * 4096, (block + 1) * 4096).findIndex((kind) => kind !== OPEN);
  const slot = match.shots.spawn()!;
  match.shots.columns.owner[slot] = 0;
  match.shots.columns.x[slot] = (block % 16) * 256 + (cell % 64) * 4 + 2;
  match.shots.columns.y[slot] = Math.floor(block / 16) * 256 + Math.floor(cell / 64) * 4 + 2;
  match.shotTicksLeft[slot] = 10;
}
