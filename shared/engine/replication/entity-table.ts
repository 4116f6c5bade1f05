import type { EntityCodec, PositionColumns } from "../wire/protocol.ts";

/** More than a slot can be used again while a peer still holds an old entity in it. */
const GENERATIONS = 65_536;

/**
 * Every entity of one kind, in dense typed columns indexed by slot.
 *
 * A slot is an entity's number while it lives. The lowest free slot is taken first, so that columns stay dense;
 * a slot that is used again carries another generation, by which the two entities are told apart on the wire.
 */
export class EntityTable<Columns> {
  readonly codec: EntityCodec<Columns>;
  readonly capacity: number;
  readonly columns: Columns;
  /** The position columns, or undefined for a kind without a place in the world. */
  readonly position: PositionColumns | undefined;
  private readonly live: Uint8Array;
  private readonly generations: Uint16Array;
  private readonly firstGenerations: Uint16Array;
  /** Slots that were never used begin with generation 0. */
  private readonly isUsed: Uint8Array;
  /** Where rows go that nobody keeps. */
  private readonly unread: Int32Array;
  private liveCount = 0;
  private liveEnd = 0;
  private lowestFree = 0;

  /** `capacity`: the most entities of this kind at one time, 1 to 65,535. */
  constructor(codec: EntityCodec<Columns>, capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > 65_535) {
      throw new RangeError(`${codec.name}: capacity ${capacity} is not an integer from 1 to 65535`);
    }
    this.codec = codec;
    this.capacity = capacity;
    this.columns = codec.createColumns(capacity);
    this.position = codec.position(this.columns);
    this.live = new Uint8Array(capacity);
    this.generations = new Uint16Array(capacity);
    this.firstGenerations = new Uint16Array(capacity);
    this.isUsed = new Uint8Array(capacity);
    this.unread = new Int32Array(codec.rowInts);
  }

  /** How many entities live. */
  get count(): number {
    return this.liveCount;
  }

  /** One past the highest live slot: the end of a loop over slots. */
  get slotEnd(): number {
    return this.liveEnd;
  }

  isLive(slot: number): boolean {
    return this.live[slot] === 1;
  }

  /** 0 to 65,535. */
  generationOf(slot: number): number {
    return this.generations[slot]!;
  }

  /** The generation that the entity began with, which stays what it is when it is renewed. 0 to 65,535. */
  firstGenerationOf(slot: number): number {
    return this.firstGenerations[slot]!;
  }

  /** How often the entity has been renewed since it began. 0 to 65,535. */
  renewalsOf(slot: number): number {
    return (this.generations[slot]! - this.firstGenerations[slot]! + GENERATIONS) % GENERATIONS;
  }

  /** A new entity with every field zero: its slot, or undefined when the table is full. */
  spawn(): number | undefined {
    if (this.liveCount === this.capacity) return undefined;
    let slot = this.lowestFree;
    while (this.live[slot] === 1) slot += 1;
    this.place(slot, this.isUsed[slot] === 1 ? (this.generations[slot]! + 1) % GENERATIONS : 0);
    this.lowestFree = slot + 1;
    return slot;
  }

  /**
   * Makes the entity another one in the same slot, with all its fields as they are: after a jump that nobody should see
   * as a flight, a teleport or a respawn.
   */
  renew(slot: number): void {
    if (this.live[slot] === 1) this.generations[slot] = (this.generations[slot]! + 1) % GENERATIONS;
  }

  /** A mirror's spawn: the server has chosen slot and generation. */
  place(slot: number, generation: number): void {
    if (this.live[slot] !== 1) this.liveCount += 1;
    this.live[slot] = 1;
    this.isUsed[slot] = 1;
    this.generations[slot] = generation;
    this.firstGenerations[slot] = generation;
    this.liveEnd = Math.max(this.liveEnd, slot + 1);
    this.codec.reset(this.columns, slot);
  }

  /** Ends an entity; nothing happens where none lives. */
  destroy(slot: number): void {
    if (this.live[slot] !== 1) return;
    this.live[slot] = 0;
    this.liveCount -= 1;
    this.lowestFree = Math.min(this.lowestFree, slot);
    while (this.liveEnd > 0 && this.live[this.liveEnd - 1] === 0) this.liveEnd -= 1;
  }

  /** Ends every entity. */
  clear(): void {
    this.live.fill(0, 0, this.liveEnd);
    this.liveCount = 0;
    this.liveEnd = 0;
    this.lowestFree = 0;
  }

  /** Becomes what another table of this kind and capacity is. */
  copyFrom(other: EntityTable<Columns>): void {
    this.clear();
    for (let slot = 0; slot < other.liveEnd; slot++) {
      if (other.live[slot] !== 1) continue;
      this.live[slot] = 1;
      this.isUsed[slot] = 1;
      this.generations[slot] = other.generations[slot]!;
      this.firstGenerations[slot] = other.firstGenerations[slot]!;
      this.codec.copy(other.columns, this.columns, slot);
    }
    this.liveCount = other.liveCount;
    this.liveEnd = other.liveEnd;
  }

  /** The live slots, rising. For loops that are not hot: `for (const slot of table.slots())`. */
  *slots(): Generator<number> {
    for (let slot = 0; slot < this.liveEnd; slot++) if (this.live[slot] === 1) yield slot;
  }

  /** Rounds every live entity to what the wire can say; what that is goes into `rows` from `at` on, by slot. */
  snap(rows?: Int32Array, at = 0): void {
    const { codec, columns, unread } = this;
    const rowInts = rows === undefined ? 0 : codec.rowInts;
    for (let slot = 0; slot < this.liveEnd; slot++) {
      if (this.live[slot] === 1) codec.snap(columns, slot, rows ?? unread, at + slot * rowInts);
    }
  }
}
