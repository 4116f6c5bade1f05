import { Rng } from "../shared/engine/time/rng.ts";
import { NameMaker, freshLine, LINES } from "./workload-text.ts";

/** F1: `struct SomeStruct { char username[16]; unsigned short id; float scores[32]; };` */
export interface SomeStruct {
  username: string;
  id: number;
  scores: number[];
}

/** F2: what a player wants during one tick. */
export interface Input {
  seq: number;
  buttons: number;
  aimX: number;
  aimY: number;
  dtMs: number;
}

export interface Entity {
  id: number;
  /** 0 to 15. */
  kind: number;
  /** 0 to 3. */
  team: number;
  alive: boolean;
  /** 0 ≤ value < 4096, in steps of 1/64. */
  x: number;
  y: number;
  vx: number;
  vy: number;
  angle: number;
  hp: number;
}

/** F3: what one player sees of a world. */
export interface World {
  tick: number;
  ackSeq: number;
  entities: Entity[];
}

export interface Row {
  name: string;
  score: number;
}

/** F4: a line of chat and a table of scores. */
export interface Chat {
  channel: number;
  sender: string;
  text: string;
  rows: Row[];
}

/** What each fixture is made of. */
export interface FixtureValues {
  readonly F1: SomeStruct;
  readonly F2: Input;
  readonly F3: World;
  readonly F4: Chat;
  readonly "F4-cold": Chat;
}

export type Fixture = keyof FixtureValues;

export const FIXTURES = ["F1", "F2", "F3", "F4", "F4-cold"] as const satisfies readonly Fixture[];

/** Makes the values that take turns in a fixture: a power of two of them. */
export type Workload = { readonly [Name in Fixture]: () => readonly FixtureValues[Name][] };

export const ENTITIES = 200;
export const ROWS = 20;
/** In rotation in F4; in F4-cold there are as many as places for them. */
export const NAMES = 96;

const SEED = 0x71c_0003;
const TURNS = { F1: 64, F2: 256, F3: 16, F4: 64, "F4-cold": 512 } as const;

/**
 * The values of every fixture: the same ones in every run, in Node and in a browser.
 *
 * They are what the wire can say exactly, so that a round trip gives them back. In F4 names and lines return;
 * in F4-cold no text does, so that a cache of strings cannot decide the result.
 */
export function createWorkload(seed: number = SEED): Workload {
  return {
    F1: () => someStructs(new Rng(seed)),
    F2: () => inputs(new Rng(seed)),
    F3: () => worlds(new Rng(seed)),
    F4: () => chats(new Rng(seed)),
    "F4-cold": () => coldChats(new Rng(seed)),
  };
}

function someStructs(rng: Rng): SomeStruct[] {
  const maker = new NameMaker(rng);
  return times(TURNS.F1, () => ({
    username: maker.make(false),
    id: rng.below(65_536),
    scores: times(32, () => Math.fround(rng.between(-1000, 1000))),
  }));
}

function inputs(rng: Rng): Input[] {
  return times(TURNS.F2, (turn) => ({
    seq: 100_000 + turn,
    buttons: rng.below(256),
    aimX: rng.below(65_536) - 32_768,
    aimY: rng.below(65_536) - 32_768,
    dtMs: 14 + rng.below(6),
  }));
}

function worlds(rng: Rng): World[] {
  return times(TURNS.F3, (turn) => ({
    tick: 50_000 + turn,
    ackSeq: 100_000 + 3 * turn,
    entities: times(ENTITIES, (at) => entity(rng, at)),
  }));
}

function entity(rng: Rng, slot: number): Entity {
  return {
    id: slot * 7 + rng.below(7),
    kind: rng.below(16),
    team: rng.below(4),
    alive: rng.below(8) > 0,
    x: rng.below(4096 * 64) / 64,
    y: rng.below(4096 * 64) / 64,
    vx: rng.below(256) - 128,
    vy: rng.below(256) - 128,
    angle: rng.below(256),
    hp: rng.below(101),
  };
}

function chats(rng: Rng): Chat[] {
  const maker = new NameMaker(rng);
  const names = times(NAMES, (at) => maker.make(at % 3 === 2));
  return times(TURNS.F4, (turn) => chat(rng, LINES[turn % LINES.length]!, () => names[rng.below(NAMES)]!));
}

function coldChats(rng: Rng): Chat[] {
  const maker = new NameMaker(rng);
  let taken = 0;
  const takeName = (): string => maker.make(taken++ % 3 === 2);
  return times(TURNS["F4-cold"], (turn) => chat(rng, freshLine(turn), takeName));
}

function chat(rng: Rng, text: string, takeName: () => string): Chat {
  return {
    channel: rng.below(4),
    sender: takeName(),
    text,
    rows: times(ROWS, () => ({ name: takeName(), score: rng.below(1_000_000) })),
  };
}

function times<Value>(count: number, make: (at: number) => Value): Value[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
