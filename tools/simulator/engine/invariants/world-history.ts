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

const NOBODY = -1;
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
  /** Of the present tick, by kind and slot: whose it is, and whether some player may know of it. */
  private readonly owners: readonly Int32Array[];
  private readonly known: readonly Uint8Array[];
  private readonly records = new Map<number, WorldRecord>();

  constructor(room: Room<Types>, game: GameDefinition<Types>) {
    this.room = room;
    this.game = game;
    this.tables = game.tables(room.world);
    this.scratch = this.tables.map(({ codec, capacity }) => codec.createColumns(capacity) as object);
    this.owners = this.tables.map(({ capacity }) => new Int32Array(capacity));
    this.known = this.tables.map(({ capacity }) => new Uint8Array(capacity));
  }

  /** Undefined for a tick that is not remembered, or has not been. */
  at(tick: number): WorldRecord | undefined {
    return this.records.get(tick);
  }

  /** Call after each tick. */
  record(players: Iterable<PlayerId>): void {
    const { tick } = this.room;
    this.tables.forEach((table, kind) => {
      this.findOwners(table, kind);
    });
    for (const known of this.known) known.fill(0);
    const rights = new Map<PlayerId, Uint8Array[]>();
    for (const playerId of players) rights.set(playerId, this.rightsOf(playerId));
    this.records.set(tick, { tick, kinds: this.tables.map((table, kind) => this.recordOf(table, kind)), rights });
    this.records.delete(tick - RECORDS_MAX);
  }

  private recordOf(table: AnyEntityTable, kind: number): KindRecord {
    const { codec, slotEnd } = table;
    const scratch = this.scratch[kind]!;
    const known = this.known[kind]!;
    const isLive = new Uint8Array(slotEnd);
    const generations = new Uint16Array(slotEnd);
    const rows = new Int32Array(slotEnd * codec.rowInts);
    for (let slot = 0; slot < slotEnd; slot++) {
      if (!table.isLive(slot)) continue;
      isLive[slot] = 1;
      generations[slot] = table.generationOf(slot);
      if (known[slot] === 0) continue;
      codec.copy(table.columns, scratch, slot);
      codec.snap(scratch, slot, rows, slot * codec.rowInts);
    }
    return { isLive, generations, rows };
  }

  private findOwners(table: AnyEntityTable, kind: number): void {
    const { ownership } = this.game;
    const owners = this.owners[kind]!;
    const entity = { kind, slot: 0 };
    for (let slot = 0; slot < table.slotEnd; slot++) {
      entity.slot = slot;
      const owner = table.isLive(slot) ? ownership?.ownerOf(this.room.world, entity) : undefined;
      owners[slot] = owner ?? NOBODY;
    }
  }

  private rightsOf(playerId: PlayerId): Uint8Array[] {
    const { interest } = this.game;
    const { world } = this.room;
    const from = interest.viewpoint(world, playerId);
    return this.tables.map((table, kind) => {
      const radius = typeof interest.radius === "number" ? interest.radius : interest.radius[kind]!;
      const rights = new Uint8Array(table.slotEnd);
      const [owners, known] = [this.owners[kind]!, this.known[kind]!];
      const entity = { kind, slot: 0 };
      for (let slot = 0; slot < rights.length; slot++) {
        if (!table.isLive(slot)) continue;
        entity.slot = slot;
        const near = nearness(table, slot, from, radius);
        if (owners[slot] === playerId) rights[slot] = Right.OWN;
        else if (near !== Right.NONE && interest.isVisible(world, playerId, entity)) rights[slot] = near;
        known[slot]! |= rights[slot]!;
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
