import { type EntityCodec, EntityTable, type GameDefinition, type Protocol, Rng } from "#engine/shared";
import { importSchema } from "./import-schema.ts";

const MOVE = `struct Move [[input]] { i8 dx; };`;
const SHIP = `const u16 owner;
  f32 vx, vy [[quantize(-16, 16, 1/16)]];
  f32 x, y [[quantize(0, 1024, 1/16), interpolate, predict(vx, vy)]];
  angle heading : 10 [[predict(linear)]];
  u8 health : 7 [[rare]];
  u16 ammunition [[owner]];`;
const ROCK = `const u8 shape; f32 x, y [[quantize(0, 1024, 1/4)]]; i32 big;`;
const SCORE = `u16 player; i16 points;`;

/** A schema with all that snapshots know: owners' fields, constants, predictions, a kind without a place, later fields. */
const SCHEMAS = {
  1: `protocol skirmish 1; ${MOVE} entity Ship [[priority(4)]] { ${SHIP} }; entity Rock { ${ROCK} };
    entity Score { ${SCORE} };`,
  2: `protocol skirmish 2 [[since(1)]]; ${MOVE}
    entity Ship [[priority(4)]] { ${SHIP} u8 colour [[since(2)]]; u8 fuel [[owner, since(2)]]; };
    entity Rock { ${ROCK} }; entity Score { ${SCORE} };
    entity Beam [[since(2)]] { f32 x, y [[quantize(0, 1024, 1/4)]]; };`,
} as const;

export type SkirmishVersion = keyof typeof SCHEMAS;

/** Columns of any kind: those it does not have are undefined. */
export type SkirmishColumns = Readonly<Partial<Record<string, Float64Array>>>;
export type SkirmishTable = EntityTable<SkirmishColumns>;

export interface SkirmishWorld {
  readonly tables: readonly SkirmishTable[];
  readonly rng: Rng;
  /** What nobody but its owner sees: `kind * 65536 + slot`. */
  readonly hidden: Set<number>;
  /** Where each player looks from; the middle of the world for those who are not in it. */
  readonly viewpoints: Map<number, { readonly x: number; readonly y: number }>;
}

export interface SkirmishTypes {
  World: SkirmishWorld;
  Input: { dx: number };
  ClientMessage: never;
  ServerMessage: never;
}

interface SkirmishModule {
  readonly PROTOCOL: Protocol<SkirmishTypes["Input"], never, never>;
}

export const SHIP_KIND = 0;
export const SKIRMISH_RADIUS = 300;

const modules = new Map<SkirmishVersion, Promise<SkirmishModule>>();

function moduleOf(version: SkirmishVersion): Promise<SkirmishModule> {
  const known = modules.get(version) ?? importSchema<SkirmishModule>(`skirmish-${version}`, SCHEMAS[version]);
  modules.set(version, known);
  return known;
}

/** A game whose world its tests move; players own the ships that carry their number. */
export async function skirmishGame(
  version: SkirmishVersion = 2,
  radius: number | readonly number[] = SKIRMISH_RADIUS,
  capacity = 640,
): Promise<GameDefinition<SkirmishTypes>> {
  const { PROTOCOL } = await moduleOf(version);
  return {
    protocol: PROTOCOL,
    tickRate: 20,
    createWorld: (seed) => ({
      tables: PROTOCOL.entities.map((codec) => new EntityTable(codec as EntityCodec<SkirmishColumns>, capacity)),
      rng: new Rng(seed),
      hidden: new Set(),
      viewpoints: new Map(),
    }),
    tables: ({ tables }) => tables,
    addPlayer: () => undefined,
    removePlayer: () => undefined,
    step: () => undefined,
    interest: {
      radius,
      viewpoint: ({ viewpoints }, playerId) => viewpoints.get(playerId) ?? { x: 512, y: 512 },
      isVisible: ({ hidden }, _playerId, { kind, slot }) => !hidden.has(kind * 65_536 + slot),
    },
    ownership: {
      ownerOf: ({ tables }, { kind, slot }) => (kind === SHIP_KIND ? tables[kind]!.columns.owner![slot] : undefined),
      predictedKinds: [],
      stepOwn: () => undefined,
    },
    onMessage: () => undefined,
  };
}

/** An entity with values from the world's own chance. Undefined when the table is full. */
export function spawnSkirmisher({ tables, rng }: SkirmishWorld, kind: number, owner = 1000): number | undefined {
  const table = tables[kind]!;
  const slot = table.spawn();
  if (slot === undefined) return undefined;
  const { x, y, vx, vy } = table.columns;
  shuffle(table, slot, rng);
  if (table.columns.owner !== undefined) table.columns.owner[slot] = owner;
  for (const place of [x, y]) if (place !== undefined) place[slot] = rng.between(0, 1024);
  for (const speed of [vx, vy]) if (speed !== undefined) speed[slot] = rng.between(-6, 6);
  return slot;
}

/** Every field but those of its flight. */
function shuffle({ columns }: SkirmishTable, slot: number, rng: Rng): void {
  const { heading, health, ammunition, shape, big, player, points, colour, fuel } = columns;
  const limits = [heading, 1024, health, 101, ammunition, 900, shape, 256, player, 400, colour, 9, fuel, 200] as const;
  for (let i = 0; i < limits.length; i += 2) {
    const column = limits[i] as Float64Array | undefined;
    if (column !== undefined) column[slot] = rng.below(limits[i + 1] as number);
  }
  if (big !== undefined) big[slot] = rng.below(2 ** 32) - 2 ** 31;
  if (points !== undefined) points[slot] = rng.below(2000) - 1000;
}

/** One tick: everything flies and turns; some change course, some other fields; borders throw back. */
export function moveSkirmishers({ tables, rng }: SkirmishWorld): void {
  for (const table of tables) {
    const { x, y, vx, vy, heading, ammunition, health, points } = table.columns;
    for (const slot of table.slots()) {
      if (vx !== undefined && vy !== undefined && x !== undefined && y !== undefined) {
        if (rng.below(8) === 0) vx[slot] = Math.max(-15, Math.min(15, vx[slot]! + rng.between(-1, 1)));
        flyAlong(x, vx, slot);
        flyAlong(y, vy, slot);
      }
      if (heading !== undefined) heading[slot] = (heading[slot]! + (slot % 7)) & 1023;
      if (ammunition !== undefined && rng.below(6) === 0) ammunition[slot] = (ammunition[slot]! + 1) & 1023;
      if (health !== undefined && rng.below(40) === 0) health[slot] = rng.below(101);
      if (points !== undefined && rng.below(20) === 0) points[slot] = points[slot]! + 1;
    }
  }
}

function flyAlong(places: Float64Array, speeds: Float64Array, slot: number): void {
  const place = places[slot]! + speeds[slot]!;
  if (place < 0 || place > 1020) speeds[slot] = -speeds[slot]!;
  else places[slot] = place;
}

/** Things come, go, are renewed, hidden and shown. */
export function churnSkirmishers(world: SkirmishWorld, owners: number): void {
  const { tables, rng, hidden } = world;
  tables.forEach((table, kind) => {
    if (rng.below(3) === 0) spawnSkirmisher(world, kind, rng.below(owners + 2));
    for (let i = rng.below(3); i > 0; i--) {
      const slot = rng.below(Math.max(1, table.slotEnd));
      const choice = rng.below(12);
      if (choice === 0 && table.count > 6) table.destroy(slot);
      if (choice === 1) jump(table, slot, rng);
      if (choice === 2) hidden.add(kind * 65_536 + slot);
      if (choice > 8) hidden.delete(kind * 65_536 + slot);
      // Another one in the same slot, within one tick.
      if (choice === 3 && table.isLive(slot)) {
        table.destroy(slot);
        spawnSkirmisher(world, kind, rng.below(owners + 2));
      }
    }
  });
}

function jump(table: SkirmishTable, slot: number, rng: Rng): void {
  const { x, y } = table.columns;
  if (x === undefined || y === undefined) return;
  x[slot] = rng.between(0, 1024);
  y[slot] = rng.between(0, 1024);
  table.renew(slot);
}
