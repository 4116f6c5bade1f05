/** A place in the bytes: a printed variable, and a distance known to the generator. */
export interface Place {
  readonly base: string;
  readonly shift: number;
}

/** The place `bytes` further on. */
export function after(place: Place, bytes: number): Place {
  return { base: place.base, shift: place.shift + bytes };
}

/** The place as an expression, `bytes` further on. */
export function at(place: Place, bytes = 0): string {
  const shift = place.shift + bytes;
  return shift === 0 ? place.base : `${place.base} + ${shift}`;
}

/** Names of a printed function's variables: the wish, or with a number where the wish is taken. */
export class Locals {
  private readonly taken: Set<string>;
  private readonly inner = new Map<string, string>();

  constructor(...taken: readonly Iterable<string>[]) {
    this.taken = new Set(taken.flatMap((names) => [...names]));
  }

  take(wish: string): string {
    let name = wish;
    for (let attempt = 2; this.taken.has(name); attempt++) name = `${wish}${attempt}`;
    this.taken.add(name);
    return name;
  }

  /** The name of a variable that lives inside of a loop: the same for every loop. */
  takeInner(wish: string): string {
    const name = this.inner.get(wish) ?? this.take(wish);
    this.inner.set(wish, name);
    return name;
  }
}
