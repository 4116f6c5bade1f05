/** What the trainer found out about one entity kind. */
export interface TrainedEntity {
  /** By the name of a row's integer: how it is predicted. */
  readonly predict: Readonly<Record<string, "none" | "linear">>;
  /** Names of the pairs that are coded as one symbol. */
  readonly joint: readonly string[];
  /** By the label of a book: its tables. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/** Of one version of a schema, by the name of the entity. */
export type TrainedSchema = Readonly<Record<string, TrainedEntity>>;
