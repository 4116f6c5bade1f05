import { expect, test } from "vitest";
import { EntityTable } from "#engine/shared";
import { Asteroid, Shot } from "../../shared/schema/generated/arena.ts";
import { type PredictedRenewal, type PredictedSpawn, SpawnWatch } from "./spawn-watch.ts";

const newLists = (): [PredictedSpawn[], PredictedRenewal[]] => [[], []];

test("what is spawned between two looks is told by kind and slot, counted for each kind anew in each tick", () => {
  const [shots, asteroids] = [new EntityTable(Shot, 8), new EntityTable(Asteroid, 8)];
  const watch = new SpawnWatch([shots, asteroids]);
  shots.spawn();
  watch.reset();
  const [spawned, renewed] = newLists();

  shots.spawn();
  shots.spawn();
  asteroids.spawn();
  watch.look(7, spawned, renewed);
  watch.look(8, spawned, renewed);
  shots.spawn();
  watch.look(9, spawned, renewed);

  expect(spawned.map(({ kind, slot, tick, order }) => [kind, slot, tick, order])).toEqual([
    [0, 1, 7, 0],
    [0, 2, 7, 1],
    [1, 0, 7, 0],
    [0, 3, 9, 0],
  ]);
});

test("what has ended stays in the list, also where another one is in its slot at once", () => {
  const shots = new EntityTable(Shot, 8);
  const watch = new SpawnWatch([shots]);
  const [spawned, renewed] = newLists();
  shots.spawn();
  watch.look(1, spawned, renewed);

  shots.destroy(0);
  shots.spawn();
  watch.look(2, spawned, renewed);

  expect(spawned).toEqual([
    { kind: 0, slot: 0, generation: 0, tick: 1, order: 0 },
    { kind: 0, slot: 0, generation: 1, tick: 2, order: 0 },
  ]);
});

test("of 257 that are spawned before a snapshot comes the newest 256 are known", () => {
  const shots = new EntityTable(Shot, 8);
  const watch = new SpawnWatch([shots]);
  const [spawned, renewed] = newLists();
  for (let tick = 1; tick <= 257; tick++) {
    shots.spawn();
    watch.look(tick, spawned, renewed);
    shots.clear();
  }

  expect(spawned).toHaveLength(256);
  expect([spawned[0]!.tick, spawned[255]!.tick]).toEqual([2, 257]);
});

test("what is renewed is no spawn, and is told each time, by the generation that it began with", () => {
  const shots = new EntityTable(Shot, 8);
  const watch = new SpawnWatch([shots]);
  const [spawned, renewed] = newLists();
  shots.place(0, 7);
  watch.reset();

  shots.renew(0);
  shots.renew(0);
  shots.spawn();
  watch.look(4, spawned, renewed);
  shots.renew(1);
  watch.look(5, spawned, renewed);
  shots.destroy(0);
  shots.spawn();
  watch.look(6, spawned, renewed);

  expect(renewed).toEqual([
    { kind: 0, slot: 0, generation: 7, tick: 4 },
    { kind: 0, slot: 0, generation: 7, tick: 4 },
    { kind: 0, slot: 1, generation: 0, tick: 5 },
  ]);
  expect(spawned).toMatchObject([
    { slot: 1, tick: 4 },
    { slot: 0, generation: 10, tick: 6 },
  ]);
});
