import type { AnyEntityTable, GameDefinition, GameTypes, PlayerId } from "#engine/shared";
import { GENERATION_BITS } from "../../../../shared/engine/replication/snapshot-layout.ts";
import { type Invariant, isExpected, playerCalled, type Tell, type WatchedSession } from "./invariant.ts";
import { Right, WorldHistory, type WorldRecord } from "./world-history.ts";

/** What a client has shown so far. */
interface Shown {
  tick: number;
  /** The newest tick at which it held all that it should, as it was in that tick, and nothing else. */
  exactTick: number;
  /** What was not so at the newest. */
  inexact: string | undefined;
}

/** What a client holds of an entity that was left out of snapshots is at most so many ticks old. */
const OLD_TICKS_MAX = 255;
/** With the network calm for seconds, a client is no more than this behind. */
const BEHIND_MS_MAX = 1_000;
/** The wire has the lowest bits of an entity's generation. */
const GENERATIONS = 2 ** GENERATION_BITS;

/**
 * Whatever a client holds is what the room had: each entity, in each field and on the wire's precision, is as it was in
 * the client's tick, or as it was foreseen some ticks before where snapshots left it out since; and the player was
 * allowed to know it then. In the end everybody who stayed holds everything there is to see, as it is.
 */
export class ViewsAreTrue<Types extends GameTypes> implements Invariant {
  readonly sentence = "every client holds what the room's rules show it, field by field, and nothing else";
  private readonly session: WatchedSession<Types>;
  private readonly tell: Tell;
  private readonly game: GameDefinition<Types>;
  private readonly history: WorldHistory<Types>;
  private readonly seated = new Set<PlayerId>();
  /** Where rows are made columns again, for each kind. */
  private readonly expected: readonly { readonly columns: Columns; readonly fields: Fields }[];
  /** The room's own: a client's are to be judged. */
  private readonly codecs: readonly Codec[];
  private readonly row: Int32Array;
  private readonly shown: Shown[] = [];

  constructor(session: WatchedSession<Types>, tell: Tell, game: GameDefinition<Types>) {
    this.session = session;
    this.tell = tell;
    this.game = game;
    this.history = new WorldHistory(session.room, game);
    const tables = game.tables(session.room.world);
    this.codecs = tables.map(({ codec }) => codec);
    this.expected = tables.map(({ codec, capacity }) => {
      const columns = codec.createColumns(capacity) as Columns;
      return { columns, fields: fieldsOf(codec, columns) };
    });
    this.row = new Int32Array(Math.max(0, ...tables.map(({ codec }) => codec.rowInts)));
  }

  onPlayerJoins(playerId: PlayerId): void {
    this.seated.add(playerId);
  }

  onPlayerLeaves(playerId: PlayerId): void {
    this.seated.delete(playerId);
  }

  onTick(): void {
    this.history.record(this.seated);
  }

  onFrame(player: number, atMs: number): void {
    const { client } = this.session.players[player]!;
    const shown = (this.shown[player] ??= { tick: 0, exactTick: 0, inexact: "nothing" });
    if (client.tick === shown.tick || client.playerId === undefined) return;
    shown.tick = client.tick;
    const record = this.history.at(client.tick);
    // A tick that there never was is another invariant's; a client may come back to one that is forgotten.
    if (record === undefined || playerCalled(this.session.players, client.playerId) !== player) return;
    shown.inexact = this.inexactIn(player, record, atMs);
    if (shown.inexact === undefined) shown.exactTick = client.tick;
  }

  onEnd(atMs: number): void {
    const { room, players } = this.session;
    const ticksMax = Math.ceil((BEHIND_MS_MAX * this.game.tickRate) / 1_000);
    for (const [player, { client }] of players.entries()) {
      if (!isExpected(this.session, player)) continue;
      const { exactTick = 0, inexact } = this.shown[player] ?? {};
      if (client.status.phase !== "connected") {
        this.tell(atMs, player, `expected it to be connected, found ${JSON.stringify(client.status)}`);
      } else if (client.tick < room.tick - ticksMax) {
        this.tell(atMs, player, `expected tick ${room.tick - ticksMax} or a later one, found ${client.tick}`);
      } else if (exactTick < client.tick - ticksMax) {
        const sight = `expected all that it may see as it is, last at tick ${exactTick}`;
        this.tell(atMs, player, `${sight}, found at tick ${client.tick}: ${inexact ?? "all is well"}`);
      }
    }
  }

  /** Tells of all that is wrong; returns the first that is late only: left out of snapshots, or not in view yet. */
  private inexactIn(player: number, record: WorldRecord, atMs: number): string | undefined {
    const { client } = this.session.players[player]!;
    const playerId = client.playerId!;
    let inexact: string | undefined;
    for (const [kind, table] of this.game.tables(client.world).entries()) {
      const held: Held = { table, kind, slot: 0, fields: fieldsOf(this.codecs[kind]!, table.columns as Columns) };
      for (let slot = 0; slot < table.slotEnd; slot++) {
        if (!table.isLive(slot)) continue;
        held.slot = slot;
        const ticks = this.ticksSinceTrue(held, record.tick, playerId);
        if (ticks === 0) continue;
        inexact ??= `${nameOf(held)} is as it was foreseen ${ticks ?? "no"} ticks before`;
        if (ticks !== undefined) continue;
        this.tell(atMs, player, `tick ${record.tick}: ${this.mistakeIn(held, record, playerId)}`);
      }
      inexact ??= unseenIn(table, kind, record, playerId);
    }
    return inexact;
  }

  /** How many ticks before `tick` what is held was true and might be told; undefined when it never was. */
  private ticksSinceTrue(held: Held, tick: number, playerId: PlayerId): number | undefined {
    for (let ticks = 0; ticks <= OLD_TICKS_MAX; ticks++) {
      const record = this.history.at(tick - ticks);
      if (record === undefined) return undefined;
      const right = rightIn(record, playerId, held);
      if (right !== Right.NONE && isAlive(record, held) && this.differingField(held, record, ticks, right) < 0) {
        return ticks;
      }
    }
    return undefined;
  }

  /** The first field in which an entity is not as it was `ticks` after `record`, as foreseen then; -1 if there is none. */
  private differingField(held: Held, record: WorldRecord, ticks: number, right: Right): number {
    const { kind, slot } = held;
    const codec = this.codecs[kind]!;
    const { rowInts, fields, fieldOfInt } = codec;
    const { row } = this;
    const { rows } = record.kinds[kind]!;
    const { columns, fields: expected } = this.expected[kind]!;
    for (let int = 0; int < rowInts; int++) {
      const isSecret = right !== Right.OWN && fields[fieldOfInt[int]!]!.isOwnerOnly;
      row[int] = isSecret ? 0 : rows[slot * rowInts + int]!;
    }
    codec.unpack(row, 0, columns, slot, ticks);
    for (let field = 0; field < expected.length; field++) {
      if (expected[field]![slot] !== held.fields[field]![slot]) return field;
    }
    return -1;
  }

  private mistakeIn(held: Held, record: WorldRecord, playerId: PlayerId): string {
    const { table, kind, slot, fields } = held;
    const name = nameOf(held);
    const right = rightIn(record, playerId, held);
    if (!isAlive(record, held)) return `expected no ${name}, found generation ${table.generationOf(slot)} of it`;
    if (right === Right.NONE) return `expected no ${name}, which the player may not know, and found it`;
    const field = this.differingField(held, record, 0, right);
    const expected = this.expected[kind]!.fields[field]![slot]!;
    const found = fields[field]![slot]!;
    return `expected ${this.codecs[kind]!.fields[field]!.name} ${expected} of ${name}, found ${found}`;
  }
}

/** What is to be seen and is not in a client's table. */
function unseenIn(table: AnyEntityTable, kind: number, { rights }: WorldRecord, playerId: PlayerId) {
  const known = rights.get(playerId)?.[kind];
  if (known === undefined) return "the room does not know the player";
  const slot = known.findIndex((right, each) => right >= Right.SEE && !table.isLive(each));
  return slot < 0 ? undefined : `there is no ${table.codec.name} in slot ${slot}`;
}

function nameOf({ table, slot }: Held): string {
  return `${table.codec.name} in slot ${slot}`;
}

type Columns = Readonly<Record<string, ArrayLike<number>>>;
type Codec = AnyEntityTable["codec"];

/** Columns in the order of their fields: to find each by its name anew takes longer than to compare it. */
type Fields = readonly ArrayLike<number>[];

/** An entity as a client holds it. */
interface Held {
  readonly table: AnyEntityTable;
  readonly kind: number;
  slot: number;
  readonly fields: Fields;
}

function fieldsOf({ fields }: Codec, columns: Columns): Fields {
  return fields.map(({ name }) => columns[name]!);
}

function rightIn({ rights }: WorldRecord, playerId: PlayerId, { kind, slot }: Held): Right {
  return (rights.get(playerId)?.[kind]?.[slot] ?? Right.NONE) as Right;
}

function isAlive({ kinds }: WorldRecord, { table, kind, slot }: Held): boolean {
  const { isLive, generations } = kinds[kind]!;
  return isLive[slot] === 1 && (generations[slot]! - table.generationOf(slot)) % GENERATIONS === 0;
}
