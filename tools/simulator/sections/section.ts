/** One measured thing, as a simulation reports it. */
export interface Section {
  /** Its keys of the one object that `--json` prints. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The same for a person: lines, without an end of line behind the last. */
  readonly text: string;
}
