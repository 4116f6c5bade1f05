/** Values of an entity's fields in the game's units, as one tick left them. */
export type FieldValues = Readonly<Record<string, number | bigint | boolean>>;

/** What a recording holds of one entity kind: tick after tick, what was in view. */
export interface Recording {
  /** Rising. */
  readonly ticks: readonly RecordedTick[];
}

export interface RecordedTick {
  readonly tick: number;
  /** By an id that an entity keeps while it is there without a break. */
  readonly entities: ReadonlyMap<number, FieldValues>;
}
