/** What pbjs printed, as far as the bench calls it. */
export interface StaticType {
  encode(value: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

export const fixtures: {
  readonly SomeStruct: StaticType;
  readonly Input: StaticType;
  readonly World: StaticType;
  readonly Chat: StaticType;
};
