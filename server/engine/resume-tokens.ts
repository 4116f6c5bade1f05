/** Where tokens come from: so many bytes that nobody can guess. */
export type RandomBytes = (count: number) => Uint8Array;

/** Tokens of a session that are too old to be accepted and are still known as its own. */
const RETIRED_MAX = 8;

interface Tokens {
  current: string;
  /** Good until the client is known to have the current one: the reply that carried it may have been lost. */
  previous: string | undefined;
  readonly retired: string[];
}

/** What a token proves: whose it is, and whether it may be used. */
export interface TokenVerdict<Owner> {
  readonly owner: Owner;
  /** Used before, and followed by a newer one that the client has: two have it. */
  readonly isStale: boolean;
}

/** The tokens that prove whose session a new connection continues. Each is good for one use. */
export class ResumeTokens<Owner> {
  private readonly random: RandomBytes;
  private readonly bytes: number;
  private readonly owners = new Map<string, Owner>();
  private readonly tokens = new Map<Owner, Tokens>();

  /** `bytes`: of a token. */
  constructor(random: RandomBytes, bytes: number) {
    this.random = random;
    this.bytes = bytes;
  }

  /** The first token of a new owner. */
  issue(owner: Owner): Uint8Array {
    const token = this.random(this.bytes);
    this.tokens.set(owner, { current: keyOf(token), previous: undefined, retired: [] });
    this.owners.set(keyOf(token), owner);
    return token;
  }

  /** Undefined for a token that is nobody's. */
  judge(token: Uint8Array): TokenVerdict<Owner> | undefined {
    const key = keyOf(token);
    const owner = this.owners.get(key);
    if (owner === undefined) return undefined;
    const { current, previous } = this.tokens.get(owner)!;
    return { owner, isStale: key !== current && key !== previous };
  }

  /** The next token of an owner that has used `used`, which is good until `confirm`. */
  rotate(owner: Owner, used: Uint8Array): Uint8Array {
    const tokens = this.tokens.get(owner)!;
    const key = keyOf(used);
    const token = this.random(this.bytes);
    if (key === tokens.current) this.retire(tokens, tokens.previous);
    else this.retire(tokens, tokens.current);
    tokens.previous = key;
    tokens.current = keyOf(token);
    this.owners.set(tokens.current, owner);
    return token;
  }

  /** The client has the current token: the one before it is good no more. */
  confirm(owner: Owner): void {
    const tokens = this.tokens.get(owner)!;
    this.retire(tokens, tokens.previous);
    tokens.previous = undefined;
  }

  forget(owner: Owner): void {
    const tokens = this.tokens.get(owner);
    this.tokens.delete(owner);
    for (const key of [tokens?.current, tokens?.previous, ...(tokens?.retired ?? [])]) {
      if (key !== undefined) this.owners.delete(key);
    }
  }

  private retire({ retired }: Tokens, key: string | undefined): void {
    if (key === undefined) return;
    retired.push(key);
    if (retired.length > RETIRED_MAX) this.owners.delete(retired.shift()!);
  }
}

function keyOf(token: Uint8Array): string {
  return token.join(" ");
}
