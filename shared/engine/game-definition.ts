import type { EntityTable } from "./replication/entity-table.ts";
import type { BulkSource, BulkTransfer } from "./transport/bulk.ts";
import type { RequestOutcome } from "./transport/requests.ts";
import type { Protocol, Rpc } from "./wire/protocol.ts";

/** A player's number in the room, 0 to 65,534; given at the join, and reused only after the player is gone. */
export type PlayerId = number;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- columns are both read and written: no narrower bound fits all kinds
export type AnyEntityTable = EntityTable<any>;

/** The types a game is made of, named once so that signatures stay short. */
export interface GameTypes {
  World: unknown;
  Input: unknown;
  ClientMessage: unknown;
  ServerMessage: unknown;
}

/**
 * What both sides know of a game. A client, or a room, throws a `GameDefinitionError` when one of its members is not what
 * is said here. The client fills the tables of a world of its own from snapshots.
 */
export interface SharedGame<Types extends GameTypes = GameTypes> {
  readonly protocol: Protocol<Types["Input"], Types["ClientMessage"], Types["ServerMessage"]>;
  /** Simulation steps per second: a whole number, 1 to 120. */
  readonly tickRate: number;
  /**
   * A world without entities. The seed feeds every random choice that the game makes in it: a whole number, 0 to
   * 4,294,967,295.
   */
  createWorld(seed: number): Types["World"];
  /** The world's tables, one for each kind, in the order of `protocol.entities`. */
  tables(world: Types["World"]): readonly AnyEntityTable[];
  /** What belongs to whom, and how a client moves what is its player's; a game without it has neither. */
  readonly ownership?: Ownership<Types["World"], Types["Input"]>;
}

/**
 * What belongs to whom. A player sees what is its own, gets it in every snapshot as far as the room's bytes allow, and
 * gets its `[[owner]]` fields; what of it moves by the player's inputs is moved by the client at once.
 */
export interface Ownership<World, Input> {
  /** Whose entity it is, nobody's when undefined. `entity` is good until the call returns. */
  ownerOf(world: World, entity: EntityRef): PlayerId | undefined;
  /**
   * The kinds of which `stepOwn` moves what is the player's own, which is drawn ahead of the room from first to last. Of
   * other kinds it may only spawn. What it spawns of these is drawn ahead until the room has it, and then where the
   * others are: some tenths of a second behind. `step` closes that gap by moving the new one on at once from
   * `PlayerInput.sawTick` to the tick, meeting what `Rewind` says was in its way; where it does not, what is drawn flows
   * back over about 100 ms.
   */
  readonly predictedKinds: readonly number[];
  /**
   * One tick of what is the player's own, as `step` will simulate it: the same functions, the same results. On a client
   * `world` is a mirror that snapshots fill, moved on to the end of the tick before `tick`: nothing else but its tables
   * is what the server has. What is spawned in it is shown at once, once, and under one slot and generation to its end;
   * what is renewed in it jumps at once. In which way it goes on when the server has it, `predictedKinds` says.
   */
  stepOwn(world: World, playerId: PlayerId, input: Input, tick: number): void;
}

/** An entity, by the index of its kind and its slot in that kind's table. */
export interface EntityRef {
  readonly kind: number;
  readonly slot: number;
}

/** A point of the world, in world units. */
export interface Viewpoint {
  readonly x: number;
  readonly y: number;
}

/** What decides who may know what. */
export interface InterestRules<World> {
  /**
   * Entities up to this far from the viewpoint come into view, in world units, and leave it a little farther away: one
   * radius for all kinds, or one for each. Infinity, or a kind without a position: distance does not matter.
   */
  readonly radius: number | readonly number[];
  /** Where the player looks from; undefined shows nothing but what is in view at any distance. */
  viewpoint(world: World, playerId: PlayerId): Viewpoint | undefined;
  /** Asked only for what distance lets through. `entity` is good until the call returns. */
  isVisible(world: World, playerId: PlayerId, entity: EntityRef): boolean;
}

/** Where a game puts its messages: whole encoded messages of its own schema. They leave at the end of the tick. */
export interface Outbox {
  toPlayer(playerId: PlayerId, message: Uint8Array): void;
  toAll(message: Uint8Array): void;
  /**
   * Sends a player something large: it goes where nothing else waits, and goes on after a lost connection. Undefined
   * when there is no such player.
   */
  sendBulk(playerId: PlayerId, source: BulkSource): BulkTransfer | undefined;
  /**
   * Asks a player's client. `settle` is called once, between two ticks: with the answer, with `timeout` after 5 s,
   * with `closed` when the player is gone, or with `busy`, at once, while 256 others wait.
   */
  request<Request, Reply>(
    playerId: PlayerId,
    rpc: Rpc<Request, Reply>,
    request: Request,
    settle: (outcome: RequestOutcome<Reply>) => void,
  ): void;
}

/** What one player wants during the tick about to be simulated. */
export interface PlayerInput<Input> {
  readonly playerId: PlayerId;
  readonly input: Input;
  /**
   * The tick that the player saw the others at, with a fraction: what the player aims at was there. At most 400 ms
   * before the tick that is simulated, whatever the client says.
   */
  readonly sawTick: number;
}

/** The world as players saw it: lag compensation's rewind. */
export interface Rewind {
  /**
   * Fills `slot` of `columns`, which are the game's own of this kind, with the entity that lives there as it was shown
   * at `tick`, which may have a fraction: between the snapshots around it. False, and nothing changes, when the entity
   * was not there then, or that is too long ago.
   */
  read<Columns>(table: EntityTable<Columns>, slot: number, tick: number, columns: Columns): boolean;
}

/** The contract of a game. The server runs all of it; `SharedGame` is the part a client needs. */
export interface GameDefinition<Types extends GameTypes = GameTypes> extends SharedGame<Types> {
  /** `options` is what the player sent at the join: any plain value within 4 KB, to be checked by the game. */
  addPlayer(world: Types["World"], playerId: PlayerId, options: unknown, outbox: Outbox): void;
  removePlayer(world: Types["World"], playerId: PlayerId, outbox: Outbox): void;
  /**
   * One tick. `inputs` holds one entry for each player of whom something is heard, by rising player: the input for this
   * tick, or the last one again, for up to half a second, when none came in time.
   */
  step(world: Types["World"], inputs: readonly PlayerInput<Types["Input"]>[], outbox: Outbox, rewind: Rewind): void;
  readonly interest: InterestRules<Types["World"]>;
  /** A message of the game's schema, between two ticks. Anything a player may not do is ignored here. */
  onMessage(world: Types["World"], playerId: PlayerId, message: Types["ClientMessage"], outbox: Outbox): void;
}
