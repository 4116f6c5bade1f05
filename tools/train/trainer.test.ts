import { expect, test } from "vitest";
import { Rng } from "../../shared/engine/time/rng.ts";
import { BitWriter } from "../../shared/engine/wire/bit-writer.ts";
import type { AnyEntityCodec } from "../../shared/engine/wire/protocol.ts";
import { emitJavaScript } from "../codegen/emit/javascript.ts";
import type { SchemaLayout } from "../codegen/layout.ts";
import { load } from "../codegen/load.ts";
import { type Companion, companionText, trainedVersions } from "../codegen/snapshot/companion.ts";
import type { TrainedEntity } from "../codegen/snapshot/trained.ts";
import { importThroughFile } from "./import-through-file.ts";
import type { FieldValues, Recording } from "./recording.ts";
import { Replay } from "./replay.ts";
import { train } from "./trainer.ts";

const RUNTIME = new URL("../../shared/engine/wire/index.ts", import.meta.url).href;
const importModule = importThroughFile((url) => import(url) as Promise<unknown>);
const ENTITIES = 20;

function layoutOf(fields: string, companion?: Companion): SchemaLayout {
  const schema = `protocol game 1; entity Dot { ${fields} };`;
  const readCompanion = (): string | undefined => (companion === undefined ? undefined : companionText(companion));
  const { layout, diagnostics } = load("game.wire", () => schema, readCompanion);
  if (layout === undefined) throw new Error(diagnostics[0]!.message);
  return layout;
}

/** A recording of some entities; `next` says how one goes on from its last values. */
function recordingOf(seed: number, ticks: number, next: (last: FieldValues, rng: Rng) => FieldValues): Recording {
  const rng = new Rng(seed);
  const last = new Map<number, FieldValues>();
  return {
    ticks: Array.from({ length: ticks }, (_, tick) => {
      for (let id = 0; id < ENTITIES; id++) last.set(id, next(last.get(id) ?? {}, rng));
      return { tick, entities: new Map(last) };
    }),
  };
}

const numberOf = (value: FieldValues[string] | undefined): number => Number(value ?? 0);

/** A value that rises by 1 to 100 in each tick, an entity always by the same. */
function evenly({ v, rise }: FieldValues, rng: Rng): FieldValues {
  const step = rise ?? 1 + rng.below(100);
  return { v: numberOf(v) + numberOf(step), rise: step };
}

function noisy(_: FieldValues, rng: Rng): FieldValues {
  return { v: rng.below(2000) - 1000 };
}

async function trainedOn(layout: SchemaLayout, recording: Recording): Promise<TrainedEntity> {
  const { trained } = await train(layout, layout.entities[0]!, recording, undefined, importModule);
  return trained;
}

test.each(["i16 v;", "i16 v [[predict(linear)]];"])(
  "%s: what changes evenly is predicted as it went last",
  async (v) => {
    const trained = await trainedOn(layoutOf(v), recordingOf(1, 60, evenly));

    expect(trained.predict).toEqual({ v: "linear" });
  },
);

test.each(["i16 v;", "i16 v [[predict(linear)]];"])("%s: noise is not predicted", async (v) => {
  const trained = await trainedOn(layoutOf(v), recordingOf(1, 60, noisy));

  expect(trained.predict).toEqual({ v: "none" });
});

/** Two fields that change at once, by up to so much either way, in one of 3 ticks. */
function pairOf(far: number) {
  return ({ a, b }: FieldValues, rng: Rng): FieldValues => {
    const change = (value: FieldValues[string] | undefined): number =>
      Math.min(1000, Math.max(-1000, numberOf(value) + rng.below(2 * far + 1) - far));
    return rng.below(3) === 0 ? { a: change(a), b: change(b) } : { a: numberOf(a), b: numberOf(b) };
  };
}

test.each([
  { far: 1, joint: ["a, b"] },
  { far: 400, joint: [] },
])("two rare fields that change by up to $far at once are joint: $joint", async ({ far, joint }) => {
  const trained = await trainedOn(layoutOf("i16 a, b [[rare]];"), recordingOf(1, 200, pairOf(far)));

  expect(trained.joint).toEqual(joint);
});

const SHIP = "f32 vx, vy [[quantize(-8, 8, 1/32)]]; f32 x, y [[quantize(0, 512, 1/32), predict(vx, vy)]]; u8 hp : 7;";

/** Ships that accelerate for some ticks, then coast. */
function flies(last: FieldValues, rng: Rng): FieldValues {
  const isPushed = rng.below(4) === 0;
  const pushed = (value: FieldValues[string] | undefined): number =>
    Math.min(7, Math.max(-7, numberOf(value) + (isPushed ? rng.between(-0.5, 0.5) : 0)));
  const [vx, vy] = [pushed(last.vx), pushed(last.vy)];
  const moved = (value: FieldValues[string] | undefined, by: number): number =>
    Math.min(512, Math.max(0, numberOf(value ?? 256) + by));
  const hp = rng.below(200) === 0 ? rng.below(100) : numberOf(last.hp ?? 100);
  return { vx, vy, x: moved(last.x, vx), y: moved(last.y, vy), hp };
}

/** How many bits a recording takes. */
async function bitsOf(layout: SchemaLayout, recording: Recording): Promise<number> {
  const { js } = emitJavaScript(layout, "game.wire", { runtime: RUNTIME });
  const codec = ((await importModule(js)) as Record<string, AnyEntityCodec>).Dot!;
  const [inStep, lagged] = [new BitWriter(1 << 20), new BitWriter(1 << 20)];
  new Replay(codec, ENTITIES).run(recording, inStep, lagged);
  return inStep.bits;
}

test("on another seed, trained tables take at least 10 % fewer bits than untrained ones", async () => {
  const trained = await trainedOn(layoutOf(SHIP), recordingOf(1, 400, flies));
  const [other, companion] = [recordingOf(2, 200, flies), { "1": { Dot: trained } }];

  const [before, after] = [await bitsOf(layoutOf(SHIP), other), await bitsOf(layoutOf(SHIP, companion), other)];

  expect(after).toBeLessThan(0.9 * before);
});

test("what is promised for the recording is what it takes", async () => {
  const recording = recordingOf(3, 200, flies);
  const layout = layoutOf(SHIP);
  const { trained, bitsPerEntity, entityTicks } = await train(
    layout,
    layout.entities[0]!,
    recording,
    undefined,
    importModule,
  );

  const bits = await bitsOf(layoutOf(SHIP, { "1": { Dot: trained } }), recording);

  expect(entityTicks).toBe(200 * ENTITIES);
  expect(bits / entityTicks).toBeCloseTo(bitsPerEntity, 10);
});

test("what is trained fits its schema, and every attempt is told", async () => {
  const layout = layoutOf(SHIP);
  const attempts: number[] = [];

  const { trained, bitsPerEntity } = await train(
    layout,
    layout.entities[0]!,
    recordingOf(1, 50, flies),
    (bits) => attempts.push(bits),
    importModule,
  );

  expect(trainedVersions(layout, { "1": { Dot: trained } }, "game.trained.json").diagnostics).toEqual([]);
  // As the schema says; three predictors; two pairs.
  expect(attempts).toHaveLength(6);
  expect(attempts).toContain(bitsPerEntity);
});
