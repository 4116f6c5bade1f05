import type { AnyEntityTable, EntityRef, InterestRules, PlayerId, Viewpoint } from "#engine/shared";
import type { KindView } from "../../shared/engine/replication/peer-view.ts";
import type { ViewChanges } from "../../shared/engine/replication/view-changes.ts";
import { InterestGrid } from "./interest-grid.ts";

/** An entity leaves the view this much farther away than it enters, so that none at the edge comes and goes. */
export const LEAVE_RATIO = 1.08;
/** Weight at the radius, as a share of that at the viewpoint. */
const FAR_SHARE = 1 / 4;
/** Entities of one kind that a player may own and is surely sent; more of them are as urgent as others nearby. */
const OWN_MAX = 256;
const NOBODY = -1;
/** The order in which entities enter: those that are sent anew, those of the player, then by distance. */
const ANEW_KEY = -2 * 65_536;
const OWN_KEY = -65_536;
const DISTANCE_STEPS = 2 ** 30;

/** Whose an entity is. */
type OwnerOf<World> = (world: World, entity: EntityRef) => PlayerId | undefined;

/** What a kind's interest is made with. */
export interface KindInterestOptions<World> {
  readonly rules: InterestRules<World>;
  readonly ownerOf: OwnerOf<World> | undefined;
  readonly table: AnyEntityTable;
  readonly kind: number;
  /** Players have numbers below it. */
  readonly playersMax: number;
}

/** One kind in one player's view, and how it is to change. */
export interface Look {
  readonly playerId: PlayerId;
  /** Where the player looks from, in the present snapshot. */
  viewpoint: Viewpoint | undefined;
  readonly view: KindView;
  readonly changes: ViewChanges;
  /** Whether an owner gets fields of the kind that others do not. */
  readonly hasOwnerFields: boolean;
  /** Slots in view that are to be sent anew. */
  readonly anew: ReadonlySet<number>;
}

/**
 * Decides which entities of one kind each player knows: what is near, what the game shows, and what is the player's.
 *
 * Once a snapshot `prepare` looks at the world; then `look` is asked for each player. Allocates nothing meanwhile.
 */
export class KindInterest<World> {
  private readonly rules: InterestRules<World>;
  private readonly ownerOf: OwnerOf<World> | undefined;
  private readonly table: AnyEntityTable;
  private readonly radius: number;
  private readonly grid: InterestGrid | undefined;
  private readonly entity: { readonly kind: number; slot: number };
  /** Of each player, the first slot it owns; of each slot, the next one of the same owner. */
  private readonly firstOwned: Int32Array;
  private readonly nextOwned: Int32Array;
  /** The look in which a slot was last found to be near, to be the player's, to stay in view. */
  private readonly nearAt: Float64Array;
  private readonly ownAt: Float64Array;
  private readonly staysAt: Float64Array;
  /** What is near: slots, and squares of distances in the same order and by slot. */
  private readonly found: Uint16Array;
  private readonly foundSquares: Float64Array;
  private readonly squares: Float64Array;
  private readonly keys: Float64Array;
  private looks = 0;
  private keyCount = 0;
  private ownCount = 0;

  constructor({ rules, ownerOf, table, kind, playersMax }: KindInterestOptions<World>) {
    const { capacity } = table;
    this.rules = rules;
    this.ownerOf = ownerOf;
    this.table = table;
    this.radius = checkedRadius(typeof rules.radius === "number" ? rules.radius : rules.radius[kind], table);
    const isNear = table.position !== undefined && this.radius < Infinity;
    this.grid = isNear ? new InterestGrid(table, this.radius) : undefined;
    this.entity = { kind, slot: 0 };
    this.firstOwned = new Int32Array(playersMax).fill(NOBODY);
    this.nextOwned = new Int32Array(capacity);
    this.nearAt = new Float64Array(capacity);
    this.ownAt = new Float64Array(capacity);
    this.staysAt = new Float64Array(capacity);
    this.found = new Uint16Array(capacity);
    this.foundSquares = new Float64Array(capacity);
    this.squares = new Float64Array(capacity);
    this.keys = new Float64Array(2 * capacity);
  }

  /** Call after the tick, before the first `look`. */
  prepare(world: World): void {
    this.grid?.rebuild();
    if (this.ownerOf !== undefined) this.findOwners(world);
  }

  /** Says how the player's view is to change. */
  look(world: World, look: Look): void {
    const { view, changes } = look;
    this.looks += 1;
    this.keyCount = 0;
    this.ownCount = 0;
    changes.clear();
    const foundCount = this.find(look);
    for (let i = 0; i < view.count; i++) this.goOn(world, look, view.slots[i]!);
    for (let i = 0; i < foundCount; i++) this.enter(world, look, this.found[i]!);
    for (let slot = this.firstOf(look.playerId); slot !== NOBODY; slot = this.nextOwned[slot]!) {
      if (this.staysAt[slot] !== this.looks) this.keys[this.keyCount++] = OWN_KEY + slot;
      changes.isOwner[slot] = 1;
    }
    const keys = this.keys.subarray(0, this.keyCount).sort();
    for (let i = 0; i < keys.length; i++) changes.enters[i] = keys[i]! & 0xffff;
    changes.enterCount = keys.length;
  }

  /** Chains the slots of each owner together, rising. */
  private findOwners(world: World): void {
    const { table, entity, firstOwned, nextOwned } = this;
    firstOwned.fill(NOBODY);
    for (let slot = table.slotEnd - 1; slot >= 0; slot--) {
      if (!table.isLive(slot)) continue;
      entity.slot = slot;
      const owner = this.ownerOf!(world, entity);
      if (owner === undefined || !(owner < firstOwned.length)) continue;
      nextOwned[slot] = firstOwned[owner]!;
      firstOwned[owner] = slot;
    }
  }

  private firstOf(playerId: PlayerId): number {
    return this.firstOwned[playerId] ?? NOBODY;
  }

  /** Finds what is near enough to stay in view, and what is the player's; returns how many are in `found`. */
  private find({ playerId, viewpoint }: Look): number {
    const { found, foundSquares, looks } = this;
    const count = this.findNear(viewpoint);
    for (let i = 0; i < count; i++) {
      const slot = found[i]!;
      this.nearAt[slot] = looks;
      this.squares[slot] = foundSquares[i]!;
    }
    for (let slot = this.firstOf(playerId); slot !== NOBODY; slot = this.nextOwned[slot]!) this.ownAt[slot] = looks;
    return count;
  }

  private findNear(viewpoint: Viewpoint | undefined): number {
    const { table, grid, found, foundSquares } = this;
    if (grid !== undefined) {
      return viewpoint === undefined ? 0 : grid.query(viewpoint, this.radius * LEAVE_RATIO, found, foundSquares);
    }
    let count = 0;
    for (let slot = 0; slot < table.slotEnd; slot++) {
      if (!table.isLive(slot)) continue;
      foundSquares[count] = 0;
      found[count++] = slot;
    }
    return count;
  }

  /** Whether a slot of the view stays in it, and how urgent it is then. */
  private goOn(world: World, { playerId, view, changes, hasOwnerFields, anew }: Look, slot: number): void {
    const { table, looks } = this;
    const isSame = table.isLive(slot) && table.generationOf(slot) === view.generations[slot];
    const isOwn = isSame && this.ownAt[slot] === looks;
    if (!isOwn && !(isSame && this.nearAt[slot] === looks && this.shows(world, playerId, slot))) {
      changes.leaves[changes.leaveCount++] = slot;
      return;
    }
    this.staysAt[slot] = looks;
    changes.isOwner[slot] = isOwn ? 1 : 0;
    if (isOwn) this.ownCount += 1;
    changes.weights[slot] = isOwn && this.ownCount <= OWN_MAX ? Infinity : this.weightOf(slot);
    const isOtherOwner = hasOwnerFields && isOwn !== (view.isOwner[slot] === 1);
    if (isOtherOwner || anew.has(slot)) this.keys[this.keyCount++] = ANEW_KEY + slot;
  }

  /** Whether something that is near enters. */
  private enter(world: World, { playerId, changes }: Look, slot: number): void {
    if (this.staysAt[slot] === this.looks || this.ownAt[slot] === this.looks) return;
    const share = this.grid === undefined ? 0 : this.squares[slot]! / (this.radius * this.radius);
    if (share > 1 || !this.shows(world, playerId, slot)) return;
    changes.isOwner[slot] = 0;
    this.keys[this.keyCount++] = Math.floor(share * DISTANCE_STEPS) * 65_536 + slot;
  }

  private shows(world: World, playerId: PlayerId, slot: number): boolean {
    this.entity.slot = slot;
    return this.rules.isVisible(world, playerId, this.entity);
  }

  private weightOf(slot: number): number {
    const { priority } = this.table.codec;
    if (this.grid === undefined) return priority;
    // What is the player's may be farther away than its square says.
    const share = Math.min(1, this.squares[slot]! / (this.radius * this.radius));
    return priority / (1 + (1 / FAR_SHARE - 1) * share);
  }
}

/** What is no distance must not show everything to everybody. */
function checkedRadius(radius: number | undefined, { codec }: AnyEntityTable): number {
  if (radius !== undefined && radius >= 0) return radius;
  throw new RangeError(
    `the interest radius of ${codec.name} is ${radius ?? "missing"}, but must be 0 or more, or Infinity`,
  );
}
