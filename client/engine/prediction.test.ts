import { expect, test } from "vitest";
import { EntityTable, type Ownership, Rng, type SharedGame } from "#engine/shared";
import { PROTOCOL, Ship, Shot } from "../../shared/schema/generated/arena.ts";
import { Prediction } from "./prediction.ts";

const OWN = 3;
const WALL = 1_000;

interface Strip {
  readonly ships: EntityTable<ReturnType<typeof Ship.createColumns>>;
  readonly shots: EntityTable<ReturnType<typeof Shot.createColumns>>;
}

interface Push {
  readonly push: number;
  readonly shots: number;
}

interface StripTypes {
  World: Strip;
  Input: Push;
  ClientMessage: never;
  ServerMessage: never;
}

/** A push a tick along a strip that ends at a wall; as many shots as are wanted leave from where the ship is. */
function step({ ships, shots }: Strip, playerId: number, input: Push): void {
  for (const slot of shots.slots()) shots.codec.advance(shots.columns, slot);
  for (const slot of ships.slots()) {
    const { x, vx, owner } = ships.columns;
    if (owner[slot] !== playerId) continue;
    vx[slot] = Math.max(-15, Math.min(15, 0.9 * vx[slot]! + input.push));
    x[slot] = Math.min(WALL, x[slot]! + vx[slot]);
    for (let i = 0; i < input.shots; i++) {
      const shot = shots.spawn();
      if (shot === undefined) return;
      shots.columns.owner[shot] = playerId;
      shots.columns.x[shot] = x[slot]!;
      shots.columns.vx[shot] = 20;
    }
  }
}

const ownership: Ownership<Strip, Push> = {
  ownerOf: ({ ships, shots }, { kind, slot }) => (kind === Ship.kind ? ships : shots).columns.owner[slot],
  predictedKinds: [Ship.kind],
  stepOwn: step,
};

const strip: SharedGame<StripTypes> = {
  protocol: { ...PROTOCOL, entities: [Ship, Shot] } as unknown as SharedGame<StripTypes>["protocol"],
  tickRate: 30,
  createWorld: () => ({ ships: new EntityTable(Ship, 4), shots: new EntityTable(Shot, 32) }),
  tables: ({ ships, shots }) => [ships, shots],
  ownership,
};

/** The room's world, in which the player's ship is at 500, and a prediction that has seen it as it is after tick 10. */
function begun() {
  const room = strip.createWorld(1);
  room.ships.place(0, 0);
  room.ships.columns.owner[0] = OWN;
  room.ships.columns.x[0] = 500;
  const prediction = new Prediction(strip, ownership, OWN);
  const inputs = new Map<number, Push>();
  const hear = (tick: number) => prediction.reconcile(strip.tables(room), tick, (at) => inputs.get(at));
  hear(10);
  return {
    room,
    prediction,
    inputs,
    hear,
    /** The player wants something in the next tick. */
    want: (push: number, shots = 0) => {
      const input = { push, shots };
      inputs.set(prediction.tick + 1, input);
      prediction.step(input);
    },
    /** The room simulates a tick with what the player wanted in it, or with something else. */
    simulate: (tick: number, input = inputs.get(tick)!) => {
      step(room, OWN, input);
      for (const table of strip.tables(room)) table.snap();
    },
    x: () => prediction.world.ships.columns.x[0],
  };
}

test("where nothing differs every correction is exactly 0: 300 ticks of random pushes, 6 ahead, a snapshot every 3", () => {
  const { prediction, hear, want, simulate, x } = begun();
  const rng = new Rng(5);
  const corrections: number[] = [];
  const places = new Set<number>();

  for (let tick = 11; tick <= 310; tick++) {
    while (prediction.tick < tick + 6) want(rng.between(-3, 3), rng.below(20) === 0 ? 1 : 0);
    simulate(tick);
    if (tick % 3 === 0) corrections.push(...hear(tick).map(({ dx, dy }) => Math.abs(dx) + Math.abs(dy)));
    places.add(x()!);
  }

  expect(corrections).toEqual(Array<number>(100).fill(0));
  expect(places.size).toBeGreaterThan(200);
});

test("a room that disagrees wins, and inputs it has not seen are kept", () => {
  const { room, prediction, hear, want, simulate, x } = begun();
  for (let tick = 11; tick <= 14; tick++) want(10);
  const guess = x()!;
  // In tick 12 something stopped the ship.
  simulate(11);
  simulate(12, { push: -9, shots: 0 });

  const corrections = hear(12);

  simulate(13);
  simulate(14);
  expect(prediction.tick).toBe(14);
  expect(x()).toBe(room.ships.columns.x[0]);
  expect(corrections).toMatchObject([{ kind: Ship.kind, slot: 0, dx: x()! - guess, dy: 0 }]);
  expect(x()! - guess).toBeLessThan(-15);
});

test("what is spawned is known by its tick and its place in it, and playing inputs again doubles none", () => {
  const { prediction, hear, want, simulate } = begun();
  want(0, 1);
  want(0, 0);
  want(0, 2);
  const spawned = [
    { tick: 11, order: 0 },
    { tick: 13, order: 0 },
    { tick: 13, order: 1 },
  ];
  expect(prediction.spawned).toMatchObject(spawned);

  hear(10);
  hear(10);
  expect(prediction.spawned).toMatchObject(spawned);
  expect(prediction.world.shots.count).toBe(3);

  // The room's own takes the place of the one that it has seen.
  simulate(11);
  hear(11);
  expect(prediction.spawned).toMatchObject(spawned.slice(1));
  expect(prediction.world.shots.count).toBe(3);
});

test("a snapshot that is ahead of what was predicted is taken as it is, and nothing is said to have been wrong", () => {
  const { room, prediction, hear, want, x } = begun();
  want(5);
  room.ships.columns.x[0] = 700;

  expect(hear(15)).toEqual([]);
  expect([prediction.tick, x()]).toEqual([15, 700]);
});

test("another ship in the slot, or none, is no correction", () => {
  const { room, hear, want } = begun();
  want(5);
  room.ships.renew(0);
  room.ships.columns.x[0] = 100;
  expect(hear(10)).toEqual([]);

  room.ships.destroy(0);
  expect(hear(10)).toEqual([]);
});

test("looking a tick ahead changes nothing, and shows what the next tick will be", () => {
  const { prediction, want, x } = begun();
  want(5);
  const now = x();

  const { ships, shots } = prediction.ahead({ push: 4, shots: 1 });
  const [next, count] = [ships.columns.x[0]!, shots.count];

  expect([x(), prediction.tick, prediction.spawned.length]).toEqual([now, 11, 0]);
  want(4);
  expect(next).toBeCloseTo(x()!, 1);
  expect(count).toBe(1);
});
