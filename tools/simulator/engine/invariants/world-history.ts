import { LEAVE_RATIO, type Room } from "#engine/server";
import type { AnyEntityTable, GameDefinition, GameTypes, PlayerId, Viewpoint } from "#engine/shared";

/** What a player may know of an entity: nothing; that it is there, where it was in view before; that it is there. */
export const Right = { NONE: 0, KEEP: 1, SEE: 2, OWN: 3 } as const;
export type Right = (typeof Right)[keyof typeof Right];

/** One kind as it was at the end of a tick, by slot. */
export interface KindRecord {
  readonly isLive: Uint8Array;
  readonly generations: Uint16Array;
  /** On the wire's precision: `rowInts` integers for each slot of which some player may know. */
  readonly rows: Int32Array;
}

/** The room's world at the end of a tick, and what each player may know of it. */
export interface WorldRecord {
  readonly tick: number;
  readonly kinds: readonly KindRecord[];
  /** For each player, by kind and slot. */
  readonly rights: ReadonlyMap<PlayerId, readonly Uint8Array[]>;
}

/** Ticks that are remembered: a client that stood still reads what is old. */
const RECORDS_MAX = 1_024;

/**
 * What the room's world was at each of its last ticks, and what the game's rules let each player know of it, found out
 * the plain way: one look at every entity for every player.
 */
export class WorldHistory<Types extends GameTypes> {
  private readonly room: Room<Types>;
  private readonly game: GameDefinition<Types>;
  private readonly tables: readonly AnyEntityTable[];
  /** Where rows are made: what looks on changes nothing. */
  private readonly scratch: readonly object[];
  private readonly records = new Map<number, WorldRecord>();

  constructor(room: Room<Types>, game: GameDefinition<Types>) {
    this.room = room;
    this.game = game;
    this.tables = game.tables(room.world);
    this.scratch = this.tables.map(({ codec, capacity }) => codec.createColumns(capacity) as object);
  }

  /** Undefined for a tick that is not remembered, or has not been. */
  at(tick: number): WorldRecord | undefined {
    return this.records.get(tick);
  }

  /** Call after each tick. */
  record(players: Iterable<PlayerId>): void {
    const { tick } = this.room;
    const owners = this.tables.map((table, kind) => this.ownersOf(table, kind));
    const rights = new Map<PlayerId, Uint8Array[]>();
    for (const playerId of players) rights.set(playerId, this.rightsOf(playerId, owners));
    const kinds = this.tables.map((table, kind) =>
      this.recordOf(
        table,
        kind,
        [...rights.values()].map((ofKinds) => ofKinds[kind]!),
      ),
    );
    this.records.set(tick, { tick, kinds, rights });
    this.records.delete(tick - RECORDS_MAX);
  }

  /** `rights`: each player's. What nobody may know has no row. */
  private recordOf(table: AnyEntityTable, kind: number, rights: readonly Uint8Array[]): KindRecord {
    const { codec, slotEnd } = table;
    const scratch = this.scratch[kind]!;
    const isLive = new Uint8Array(slotEnd);
    const generations = new Uint16Array(slotEnd);
    const rows = new Int32Array(slotEnd * codec.rowInts);
    for (let slot = 0; slot < slotEnd; slot++) {
      if (!table.isLive(slot)) continue;
      isLive[slot] = 1;
      generations[slot] = table.generationOf(slot);
      if (!rights.some((of) => of[slot] !== Right.NONE)) continue;
      codec.copy(table.columns, scratch, slot);
      codec.snap(scratch, slot, rows, slot * codec.rowInts);
    }
    return { isLive, generations, rows };
  }

  private ownersOf(table: AnyEntityTable, kind: number): (PlayerId | undefined)[] {
    const { ownership } = this.game;
    return Array.from({ length: table.slotEnd }, (_, slot) =>
      table.isLive(slot) ? ownership?.ownerOf(this.room.world, { kind, slot }) : undefined,
    );
  }

  private rightsOf(playerId: PlayerId, owners: readonly (readonly (PlayerId | undefined)[])[]): Uint8Array[] {
    const { interest } = this.game;
    const { world } = this.room;
    const from = interest.viewpoint(world, playerId);
    return this.tables.map((table, kind) => {
      const radius = typeof interest.radius === "number" ? interest.radius : interest.radius[kind]!;
      const rights = new Uint8Array(table.slotEnd);
      for (let slot = 0; slot < rights.length; slot++) {
        if (!table.isLive(slot)) continue;
        const near = nearness(table, slot, from, radius);
        if (owners[kind]![slot] === playerId) rights[slot] = Right.OWN;
        else if (near !== Right.NONE && interest.isVisible(world, playerId, { kind, slot })) rights[slot] = near;
      }
      return rights;
    });
  }
}

/** What distance alone lets through; a place that is no number is near nobody. */
function nearness({ position }: AnyEntityTable, slot: number, from: Viewpoint | undefined, radius: number): Right {
  if (position === undefined || radius === Infinity) return Right.SEE;
  if (from === undefined) return Right.NONE;
  const dx = position.x[slot]! - from.x;
  const dy = position.y[slot]! - from.y;
  const square = dx * dx + dy * dy;
  if (square <= radius * radius) return Right.SEE;
  return square <= (radius * LEAVE_RATIO) ** 2 ? Right.KEEP : Right.NONE;
}
