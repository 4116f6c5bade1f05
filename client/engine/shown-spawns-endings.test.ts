import { expect, test } from "vitest";
import { type ArenaWorld, createWorld, tablesOf } from "../../shared/arena/world.ts";
import { Beam, Shot } from "../../shared/schema/generated/arena.ts";
import { ShownSpawns } from "./shown-spawns.ts";
import { Smoothing } from "./smoothing.ts";
import { type PredictedSpawn } from "./spawn-watch.ts";

/** In ticks: how far inputs are ahead of the newest snapshot. */
const AHEAD = 6;

/** What a client holds, and the tick that it draws the others at. */
class Scene {
  readonly newest = createWorld(0);
  readonly predicted = createWorld(0);
  readonly view = createWorld(0);
  readonly spawned: PredictedSpawn[] = [];
  readonly smoothing = new Smoothing();
  private readonly spawns = new ShownSpawns({
    newest: tablesOf(this.newest),
    predicted: tablesOf(this.predicted),
    spawned: this.spawned,
    renewed: [],
    predictedKinds: [],
    isOwn: () => true,
    smoothing: this.smoothing,
  });

  /** Fills the view with what the room said of an earlier tick, and with what the player has spawned. */
  draw(newestTick: number, viewTick: number, fillView: (view: ArenaWorld) => void = () => undefined): ArenaWorld {
    for (const table of tablesOf(this.view)) table.clear();
    fillView(this.view);
    const [view, ahead] = [tablesOf(this.view), tablesOf(this.predicted)];
    this.spawns.place({ view, viewTick, newestTick, ownTick: newestTick + AHEAD, ahead, fraction: 0 });
    return this.view;
  }

  hear(newestTick: number): void {
    this.spawns.confirm(newestTick);
    this.spawned.length = 0;
  }

  predictBeam(tick: number): number {
    const slot = this.predicted.beams.spawn()!;
    const generation = this.predicted.beams.generationOf(slot);
    this.spawned.push({ kind: Beam.kind, slot, generation, tick, order: 0 });
    return slot;
  }

  predictShot(tick: number): number {
    const slot = this.predicted.shots.spawn()!;
    const generation = this.predicted.shots.generationOf(slot);
    this.spawned.push({ kind: Shot.kind, slot, generation, tick, order: 0 });
    return slot;
  }
}

function shownBeams({ beams }: ArenaWorld): { slot: number; generation: number; hit: number }[] {
  return [...beams.slots()].map((slot) => {
    return { slot, generation: beams.generationOf(slot), hit: beams.columns.hit[slot]! };
  });
}

test("a trace that ends in the prediction before the room's own comes keeps its number: seen, gone, and seen with its hit", () => {
  const scene = new Scene();
  const slot = scene.predictBeam(10);
  const [first] = shownBeams(scene.draw(4, 2));
  scene.predicted.beams.destroy(slot);
  const meanwhile = shownBeams(scene.draw(8, 6));

  scene.newest.beams.place(3, 0);
  scene.newest.beams.columns.hit[3] = 1;
  scene.hear(10);
  const confirmed = shownBeams(scene.draw(10, 8));
  const inView = shownBeams(
    scene.draw(12, 10, ({ beams }) => {
      beams.place(3, 0);
      beams.columns.hit[3] = 1;
    }),
  );

  expect(first!.hit).toBe(0);
  expect(meanwhile).toEqual([]);
  expect(confirmed).toEqual([{ ...first, hit: 1 }]);
  expect(inView).toEqual(confirmed);
});

test("a shot that is over in tick 12, before the view comes to tick 10, in which it began, is not seen a second time", () => {
  const scene = new Scene();
  scene.predictShot(10);
  expect(scene.draw(4, 2).shots.count).toBe(1);
  scene.newest.shots.place(5, 0);
  scene.hear(10);
  expect(scene.draw(10, 7).shots.count).toBe(1);

  scene.newest.shots.destroy(5);
  scene.hear(12);
  const over = scene.draw(12, 9).shots.count;
  const whileViewHasIt = scene.draw(13, 10.5, ({ shots }) => {
    shots.place(5, 0);
  }).shots.count;
  const behind = scene.draw(16, 13).shots.count;

  expect([over, whileViewHasIt, behind]).toEqual([0, 0, 0]);
});

test("a shot that is over after the view came to it flies on in the view until it ends there too", () => {
  const scene = new Scene();
  scene.predictShot(10);
  scene.draw(4, 2);
  scene.newest.shots.place(5, 0);
  scene.hear(10);
  const asTheRoomSays = ({ shots }: ArenaWorld): void => {
    shots.place(5, 0);
  };
  const before = [...scene.draw(12, 10, asTheRoomSays).shots.slots()];

  scene.newest.shots.destroy(5);
  scene.hear(13);
  const after = [...scene.draw(13, 11, asTheRoomSays).shots.slots()];

  expect(before).toHaveLength(1);
  expect(after).toEqual(before);
  expect(scene.draw(15, 13).shots.count).toBe(0);
});

test("what the room's snapshot of tick 10 does not have has never been fired, and its place is free again", () => {
  const scene = new Scene();
  scene.predictShot(10);
  const [slot] = scene.draw(4, 2).shots.slots();

  scene.hear(10);
  scene.predicted.shots.clear();
  expect(scene.draw(10, 8).shots.count).toBe(0);

  scene.predictShot(14);
  expect([...scene.draw(11, 9).shots.slots()]).toEqual([slot]);
});

test.each(["drawn meanwhile", "never drawn until the shot"])(
  "a shot that the player had before its first one is not taken for it when that comes: %s",
  (until) => {
    const scene = new Scene();
    scene.newest.shots.place(2, 0);
    scene.newest.shots.columns.x[2] = 900;
    scene.hear(4);
    if (until === "drawn meanwhile") scene.draw(4, 2);
    scene.predicted.shots.columns.x[scene.predictShot(10)] = 100;
    const [slot] = scene.draw(4, 2).shots.slots();

    scene.newest.shots.place(5, 0);
    scene.newest.shots.columns.x[5] = 100;
    scene.hear(10);
    scene.draw(10, 8);
    scene.smoothing.advance(1_000);
    const { shots } = scene.draw(10, 8);

    expect([...shots.slots()]).toEqual([slot]);
    expect(shots.columns.x[slot!]).toBe(100);
  },
);
