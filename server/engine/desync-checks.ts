import type { KindPart } from "../../shared/engine/replication/kind-plan.ts";
import { writtenKind } from "../../shared/engine/replication/view-checksum.ts";
import { hashCountOf, hashKind } from "../../shared/engine/replication/view-hashes.ts";
import type { DesyncReport } from "../../shared/schema/generated/engine.ts";

/** An entity of which a player held something else than it was sent. */
export interface WrongEntity {
  readonly kind: number;
  readonly slot: number;
  readonly generation: number;
  /** The fields that differ; `state` for what predictions rest on; `generation` where nothing else does. */
  readonly fields: readonly string[];
}

/** What a report tells: which entities are wrong; or that one cannot know, and all has to be sent anew. */
export type ReportVerdict =
  | { readonly type: "entities"; readonly entities: readonly WrongEntity[] }
  | { readonly type: "unknown" }
  /** Everything has been sent anew since. */
  | { readonly type: "outdated" }
  /** No honest client sends it. */
  | { readonly type: "refused" };

const CHECKS_KEPT = 4;
/** More than so many wrong entities are sent with all others. */
const WRONG_MAX = 256;

/** What a player's view was at a check. */
interface Check {
  tick: number;
  hashCount: number;
  /** As a report has them. */
  hashes: Uint16Array;
  /** Of the entities in view, kind behind kind. */
  slots: Uint16Array;
  generations: Uint16Array;
  /** For each kind, how many. */
  readonly counts: number[];
}

/**
 * The last checks of one player's view: a report comes a round trip later, and is compared with what the player was
 * sent then.
 */
export class DesyncChecks {
  private readonly checks: readonly Check[] = Array.from({ length: CHECKS_KEPT }, emptyCheck);
  private readonly ticksPerCheck: number;
  private taken = 0;
  private reportedTick = -1;
  private newestTick = -1;
  private firstTick = Infinity;
  private resetTick = -1;
  private askedTick = -Infinity;

  constructor(ticksPerCheck: number) {
    this.ticksPerCheck = ticksPerCheck;
  }

  /** Keeps the hashes of a view, after the snapshot `number` of `tick` was written to it. */
  record(tick: number, parts: readonly (KindPart | undefined)[], number: number): void {
    const check = this.checks[this.taken % CHECKS_KEPT]!;
    this.taken += 1;
    this.newestTick = tick;
    this.firstTick = Math.min(this.firstTick, tick);
    check.tick = tick;
    check.hashCount = 0;
    check.counts.length = 0;
    let entities = 0;
    for (const part of parts) {
      const count = part?.view.count ?? 0;
      check.counts.push(count);
      entities += count;
      if (part !== undefined) check.hashCount += hashCountOf({ view: part.view, hashes: part.shared.hashes });
    }
    check.hashes = roomFor(check.hashes, check.hashCount);
    check.slots = roomFor(check.slots, entities);
    check.generations = roomFor(check.generations, entities);
    let [at, place] = [0, 0];
    parts.forEach((part, kind) => {
      if (part === undefined) return;
      at = hashKind(writtenKind(kind, part), number, check.hashes, at);
      const { slots, generations, count } = part.view;
      for (let i = 0; i < count; i++, place++) {
        check.slots[place] = slots[i]!;
        check.generations[place] = generations[slots[i]!]!;
      }
    });
  }

  /** Says that everything is sent anew after `tick`: reports of checks until then tell nothing any more. */
  reset(tick: number): void {
    this.resetTick = tick;
  }

  /**
   * Compares a report with what was sent. At most one for each check is taken, and none for what was no check. One
   * without hashes asks for everything anew, after any snapshot, and at most once between two checks. `now` is the
   * tick of the newest snapshot.
   */
  judge({ tick, hashes }: DesyncReport, parts: readonly (KindPart | undefined)[], now: number): ReportVerdict {
    if (hashes.length === 0) return this.judgeRequest(tick, now);
    if (
      tick <= this.reportedTick ||
      tick < this.firstTick ||
      tick > this.newestTick ||
      tick % this.ticksPerCheck !== 0
    ) {
      return { type: "refused" };
    }
    this.reportedTick = tick;
    if (tick <= this.resetTick) return { type: "outdated" };
    const check = this.checks.find((each) => each.tick === tick);
    if (check?.hashCount !== hashes.length) return { type: "unknown" };
    const entities = wrongEntities(check, hashes, parts);
    return entities.length === 0 || entities.length > WRONG_MAX ? { type: "unknown" } : { type: "entities", entities };
  }

  private judgeRequest(tick: number, now: number): ReportVerdict {
    if (tick > now || now - this.askedTick < this.ticksPerCheck) return { type: "refused" };
    this.askedTick = now;
    return tick <= this.resetTick ? { type: "outdated" } : { type: "unknown" };
  }
}

function wrongEntities(check: Check, hashes: readonly number[], parts: readonly (KindPart | undefined)[]) {
  const wrong: WrongEntity[] = [];
  let [at, place] = [0, 0];
  parts.forEach((part, kind) => {
    if (part === undefined) return;
    const count = check.counts[kind]!;
    const columnsAt = at + count;
    let fields: readonly string[] | undefined;
    for (let i = 0; i < count; i++) {
      if (hashes[at + i] === check.hashes[at + i]) continue;
      fields ??= wrongFields(check, hashes, columnsAt, part);
      const [slot, generation] = [check.slots[place + i]!, check.generations[place + i]!];
      wrong.push({ kind, slot, generation, fields });
    }
    place += count;
    at = columnsAt + part.shared.codec.publicInts.length + 1;
  });
  return wrong;
}

function wrongFields(check: Check, hashes: readonly number[], at: number, { shared }: KindPart): readonly string[] {
  const { publicInts } = shared.codec;
  const { fields, fieldOfInt } = shared.table.codec;
  const differs = (column: number): boolean => hashes[at + column] !== check.hashes[at + column];
  const names = publicInts.filter((_, column) => differs(column)).map((int) => fields[fieldOfInt[int]!]!.name);
  if (differs(publicInts.length)) names.push("state");
  return names.length === 0 ? ["generation"] : [...new Set(names)];
}

function emptyCheck(): Check {
  return {
    tick: -1,
    hashCount: 0,
    hashes: new Uint16Array(0),
    slots: new Uint16Array(0),
    generations: new Uint16Array(0),
    counts: [],
  };
}

/** The array itself where it is large enough; else a larger one. */
function roomFor(array: Uint16Array, length: number): Uint16Array {
  return array.length >= length ? array : new Uint16Array(length + (length >> 1));
}
