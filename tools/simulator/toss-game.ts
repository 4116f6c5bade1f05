import { type EntityCodec, EntityTable, type GameDefinition, type PlayerId, type Protocol } from "#engine/shared";
import { importSchema } from "./import-schema.ts";

const FLIGHT = `const u16 owner;
  f32 vx, vy [[quantize(-32, 32, 1/32)]];
  f32 x, y [[quantize(0, 2048, 1/32), interpolate, predict(vx, vy)]];
  u8 ticksLeft : 7 [[predict(linear)]];`;
const SCHEMA = `protocol toss 1; struct Wish [[input]] { i8 dx : 2; bool throws : 1, shoots : 1; };
  entity Thrower {
    const u16 owner;
    f32 x, y [[quantize(0, 2048, 1/32), interpolate]];
    u8 cooldown : 5, portalRest : 6 [[owner]];
  };
  entity Ball { ${FLIGHT} };
  entity Dart { ${FLIGHT} };`;

export const [THROWER_KIND, BALL_KIND, DART_KIND] = [0, 1, 2];
/** Units a tick, of all that is thrown and shot. */
export const FLIGHT_SPEED = 14;
export const COOLDOWN_TICKS = 10;
/** Who walks in here comes out there; balls have a portal of their own. */
export const THROWER_PORTAL = { from: 600, to: 1_200 };
export const BALL_PORTAL = { from: 500, to: 1_000 };
const WALK_SPEED = 6;
const FLIGHT_TICKS = 60;
const PORTAL_WIDTH = FLIGHT_SPEED;
const PORTAL_REST_TICKS = 30;
const X_MAX = 2_000;
/** Between the lanes of two players. */
const LANE = 40;

type Column = Float64Array;
type Columns = Readonly<Record<"owner" | "x" | "y" | "vx" | "ticksLeft" | "cooldown" | "portalRest", Column>>;
type Table = EntityTable<Columns>;

/** What a player wants in a tick; `throws` a ball, `shoots` a dart. */
export interface Wish {
  readonly dx: number;
  readonly throws: boolean;
  readonly shoots: boolean;
}

export interface TossWorld {
  readonly tables: readonly [throwers: Table, balls: Table, darts: Table];
  /** What players have thrown and shot, by kind. */
  readonly thrown: number[];
  tick: number;
}

export interface TossTypes {
  World: TossWorld;
  Input: Wish;
  ClientMessage: never;
  ServerMessage: never;
}

/** What may differ between games. */
export interface TossRules {
  /** Where players begin. */
  readonly startX?: number;
  /** Whether the room has a dart fly on at once from where its player saw the others to the present. */
  readonly fliesToPresent?: boolean;
}

const module = importSchema<{ readonly PROTOCOL: Protocol<Wish, never, never> }>("toss", SCHEMA);

/**
 * Each player has a lane, walks along it, and throws balls and shoots darts down it. Balls are predicted and darts are
 * not; throwers and balls go through portals, which renews them.
 */
export async function tossGame({ startX = 40, fliesToPresent = false }: TossRules = {}) {
  const { PROTOCOL } = await module;
  const game: GameDefinition<TossTypes> = {
    protocol: PROTOCOL,
    tickRate: 30,
    createWorld: () => ({
      tables: PROTOCOL.entities.map((codec) => new EntityTable(codec as EntityCodec<Columns>, 64)) as never,
      thrown: [0, 0, 0],
      tick: 0,
    }),
    tables: ({ tables }) => tables,
    ownership: {
      ownerOf: ({ tables }, { kind, slot }) => tables[kind]!.columns.owner[slot],
      predictedKinds: [THROWER_KIND, BALL_KIND],
      stepOwn(world, playerId, wish) {
        for (const table of world.tables.slice(BALL_KIND)) fly(table, playerId);
        act(world, playerId, wish);
      },
    },
    addPlayer({ tables: [throwers] }, playerId) {
      const slot = throwers.spawn();
      if (slot === undefined) return;
      const { owner, x, y } = throwers.columns;
      [owner[slot], x[slot], y[slot]] = [playerId, startX, LANE * (1 + playerId)];
    },
    removePlayer({ tables }, playerId) {
      for (const table of tables) {
        for (const slot of table.slots()) if (table.columns.owner[slot] === playerId) table.destroy(slot);
      }
    },
    step(world, inputs) {
      world.tick += 1;
      for (const table of world.tables.slice(BALL_KIND)) fly(table);
      for (const { playerId, input, sawTick } of inputs) {
        const dart = act(world, playerId, input);
        const darts = world.tables[DART_KIND]!.columns;
        if (dart !== undefined && fliesToPresent) darts.x[dart]! += FLIGHT_SPEED * (world.tick - sawTick);
      }
    },
    interest: { radius: Infinity, viewpoint: () => undefined, isVisible: () => true },
    onMessage: () => undefined,
  };
  return game;
}

/** All of them, or one player's. */
function fly(table: Table, playerId?: PlayerId): void {
  const { owner, x, vx, ticksLeft } = table.columns;
  for (const slot of table.slots()) {
    if (playerId !== undefined && owner[slot] !== playerId) continue;
    x[slot]! += vx[slot]!;
    ticksLeft[slot]! -= 1;
    if (ticksLeft[slot] === 0 || x[slot]! > X_MAX) table.destroy(slot);
    else if (table.codec.name === "Ball") goThrough(BALL_PORTAL, table, slot);
  }
}

function goThrough({ from, to }: typeof BALL_PORTAL, table: Table, slot: number): boolean {
  const { x } = table.columns;
  if (x[slot]! < from || x[slot]! >= from + PORTAL_WIDTH) return false;
  x[slot]! += to - from;
  table.renew(slot);
  return true;
}

/** One tick of what a player does. Returns the slot of the dart that it shot. */
function act(world: TossWorld, playerId: PlayerId, wish: Wish): number | undefined {
  const [throwers] = world.tables;
  const { owner, x, y, cooldown, portalRest } = throwers.columns;
  const own = [...throwers.slots()].find((slot) => owner[slot] === playerId);
  if (own === undefined) return undefined;
  x[own] = Math.max(0, Math.min(X_MAX, x[own]! + WALK_SPEED * wish.dx));
  portalRest[own] = Math.max(0, portalRest[own]! - 1);
  if (portalRest[own] === 0 && goThrough(THROWER_PORTAL, throwers, own)) portalRest[own] = PORTAL_REST_TICKS;
  cooldown[own] = Math.max(0, cooldown[own]! - 1);
  if (cooldown[own] > 0 || !(wish.throws || wish.shoots)) return undefined;
  const kind = wish.throws ? BALL_KIND : DART_KIND;
  const slot = launch(world, kind, playerId, x[own], y[own]!);
  if (slot === undefined) return undefined;
  cooldown[own] = COOLDOWN_TICKS;
  return kind === DART_KIND ? slot : undefined;
}

function launch(world: TossWorld, kind: number, playerId: PlayerId, fromX: number, fromY: number): number | undefined {
  const table = world.tables[kind]!;
  const slot = table.spawn();
  if (slot === undefined) return undefined;
  const { owner, x, y, vx, ticksLeft } = table.columns;
  [owner[slot], x[slot], y[slot]] = [playerId, fromX, fromY];
  [vx[slot], ticksLeft[slot]] = [FLIGHT_SPEED, FLIGHT_TICKS];
  world.thrown[kind]! += 1;
  return slot;
}
