/** Figures of the smooth world that do not depend on our own codec; bytes are per entity in view and tick. */
export const DOCUMENTED = {
  /** Entity-ticks in which vx or vy is another than before. */
  velocityChangesPercent: 29.5,
  /** In the near view, for each client and tick. */
  visible: 51.9,
  /** Enters and leaves in the near view, for each client and tick; those of the first snapshot among them. */
  churn: 0.73,
  fixedRecordsBytes: 13.0,
  jsonDeltaBytes: 38.1,
  jsonDeltaDeflateBytes: 9.96,
  colyseusBytes: 11.5,
} as const;

export type CalibrationFigure = keyof typeof DOCUMENTED;
export type CalibrationFigures = Readonly<Record<CalibrationFigure, number>>;

/** A world that is further off is another world, and its figures say nothing about this one. */
export const DEVIATION_MAX = 0.03;

export interface Calibrated {
  readonly figure: CalibrationFigure;
  readonly documented: number;
  readonly measured: number;
  /** How far off, as a part of what is documented; above 0 when more was measured. */
  readonly deviation: number;
}

/** Every figure beside the documented one. */
export function calibrationOf(measured: CalibrationFigures): Calibrated[] {
  return (Object.keys(DOCUMENTED) as CalibrationFigure[]).map((figure) => ({
    figure,
    documented: DOCUMENTED[figure],
    measured: measured[figure],
    deviation: measured[figure] / DOCUMENTED[figure] - 1,
  }));
}

/** The figures that are off by more than 3 %; none when this is the documented world. */
export function deviationsOf(measured: CalibrationFigures): Calibrated[] {
  return calibrationOf(measured).filter(({ deviation }) => !(Math.abs(deviation) <= DEVIATION_MAX));
}
