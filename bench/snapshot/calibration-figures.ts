import type { CalibrationFigures } from "./calibration.ts";
import { byteFiguresOf, encodeAndCheck, FIRST_COUNTED_TICK } from "./measure.ts";
import { colyseus } from "./peers/colyseus.ts";
import { deflated } from "./peers/deflated.ts";
import { fixedRecords } from "./peers/fixed-records.ts";
import { jsonDelta } from "./peers/json-delta.ts";
import { createScene, type Scene } from "./scene.ts";
import type { SnapshotCodec } from "./snapshot-codec.ts";
import type { Step } from "./step.ts";

/** Measures what this world is calibrated by; takes a few seconds. */
export async function measureCalibration(): Promise<CalibrationFigures> {
  const all = createScene({ motion: "smooth", view: "all", lag: "1" });
  const near = createScene({ motion: "smooth", view: "near", lag: "1" });
  return {
    velocityChangesPercent: velocityChangesPercentIn(all),
    ...crowdIn(near),
    fixedRecordsBytes: await bytesPerEntityOf(fixedRecords, all),
    jsonDeltaBytes: await bytesPerEntityOf(jsonDelta, all),
    jsonDeltaDeflateBytes: await bytesPerEntityOf(deflated(jsonDelta), all),
    colyseusBytes: await bytesPerEntityOf(colyseus, all),
  };
}

/** How many a client sees, and how many enter and leave, for each client and tick. */
export function crowdIn({ steps }: Scene): { visible: number; churn: number } {
  const counted = steps.slice(FIRST_COUNTED_TICK).flat();
  const [visible, churn] = [counted.map(({ ids }) => ids.length), steps.flat().map(churnOf)];
  return { visible: meanOf(visible), churn: meanOf(churn) };
}

export function velocityChangesPercentIn({ steps }: Scene): number {
  return 100 * meanOf(steps.slice(FIRST_COUNTED_TICK).flat().map(changingPart));
}

function changingPart({ survivors, rows, baseline }: Step): number {
  const changes = survivors.filter((id) => rows.vx[id] !== baseline.vx[id] || rows.vy[id] !== baseline.vy[id]);
  return changes.length / survivors.length;
}

async function bytesPerEntityOf(codec: SnapshotCodec, scene: Scene): Promise<number> {
  return byteFiguresOf(await encodeAndCheck(codec, scene), scene).bytesPerEntity;
}

function churnOf({ enters, leaves }: Step): number {
  return enters.length + leaves.length;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
