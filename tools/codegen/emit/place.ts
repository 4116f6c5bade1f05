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
  private readonly outer: ReadonlySet<string>;
  private readonly own: Set<string>;
  private readonly inner = new Map<string, string>();

  /** @param outer names of the whole module: looked up, not copied, for there is a function to each of them */
  constructor(outer: ReadonlySet<string> = new Set(), own: Iterable<string> = []) {
    this.outer = outer;
    this.own = new Set(own);
  }

  take(wish: string): string {
    let name = wish;
    for (let attempt = 2; this.outer.has(name) || this.own.has(name); attempt++) name = `${wish}${attempt}`;
    this.own.add(name);
    return name;
  }

  /** The name of a variable that lives inside of a loop: the same for every loop. */
  takeInner(wish: string): string {
    const name = this.inner.get(wish) ?? this.take(wish);
    this.inner.set(wish, name);
    return name;
  }
}
