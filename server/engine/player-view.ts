import type { PlayerId } from "#engine/shared";
import type { KindPart } from "../../shared/engine/replication/kind-plan.ts";
import { STREAK_MAX, type PeerView } from "../../shared/engine/replication/peer-view.ts";
import { mix } from "../../shared/engine/replication/mix.ts";
import { DesyncChecks } from "./desync-checks.ts";
import type { Look } from "./kind-interest.ts";
import type { SnapshotCounters } from "./replication-counters.ts";

/** What a player's view is made with. */
export interface PlayerViewOptions {
  readonly playerId: PlayerId;
  /** The newest version of the schema that both sides know. */
  readonly version: number;
  /** A checksum comes with every so many ticks. */
  readonly ticksPerCheck: number;
  readonly peer: PeerView;
  /** For each kind; undefined where the version does not have it. */
  readonly parts: readonly (KindPart | undefined)[];
  readonly counters: SnapshotCounters;
}

/** What one player holds of the world, how it is to change next, and what has been spent on it. */
export class PlayerView {
  readonly playerId: PlayerId;
  readonly version: number;
  readonly peer: PeerView;
  readonly parts: readonly (KindPart | undefined)[];
  readonly checks: DesyncChecks;
  /** For each kind: the slots in view that are to be sent anew, for the player holds something else. */
  readonly anew: readonly Set<number>[];
  /** For each kind, what its interest is asked; undefined where the version does not have it. */
  readonly looks: readonly (Look | undefined)[];
  readonly counters: SnapshotCounters;
  /** Who is sent the same as this player in the present snapshot. */
  readonly followers: PlayerView[] = [];

  constructor({ playerId, version, ticksPerCheck, peer, parts, counters }: PlayerViewOptions) {
    this.playerId = playerId;
    this.version = version;
    this.peer = peer;
    this.parts = parts;
    this.checks = new DesyncChecks(ticksPerCheck);
    this.anew = parts.map(() => new Set<number>());
    this.looks = parts.map((part, kind) => part && lookOf(playerId, part, this.anew[kind]!));
    this.counters = counters;
  }

  /** Forgets what has been sent anew in snapshot `number`, or has left. */
  settleAnew(number: number): void {
    for (let kind = 0; kind < this.anew.length; kind++) {
      const [slots, part] = [this.anew[kind]!, this.parts[kind]];
      if (slots.size === 0 || part === undefined) continue;
      for (const slot of slots) {
        if (part.view.isIn[slot] === 0 || part.view.codedAtOf(slot) === number) slots.delete(slot);
      }
    }
  }

  /**
   * A number that is the same for views that get the same snapshot `number`; undefined for one that may get bits of its
   * own: it misses something, or owns something that has fields for its owner.
   */
  signature(number: number): number | undefined {
    if (this.peer.number !== number - 1) return undefined;
    let signature = this.version;
    for (const part of this.parts) {
      if (part === undefined) continue;
      const { view, changes } = part;
      if (!isInStep(part, number - 1)) return undefined;
      for (let i = 0; i < view.count; i++) signature = mix(signature, view.slots[i]!);
      for (let i = 0; i < changes.leaveCount; i++) signature = mix(signature, changes.leaves[i]!);
      for (let i = 0; i < changes.enterCount; i++) signature = mix(signature, changes.enters[i]!);
    }
    return signature;
  }

  /** Whether another view that is in step gets the same snapshot, if there is room for all of it. */
  equals(other: PlayerView): boolean {
    return this.version === other.version && this.parts.every((part, kind) => equalParts(part, other.parts[kind]));
  }
}

function lookOf(playerId: PlayerId, { view, changes, shared }: KindPart, anew: ReadonlySet<number>): Look {
  return { playerId, viewpoint: undefined, view, changes, hasOwnerFields: shared.hasOwnerFields, anew };
}

/** Whether all in view was coded in snapshot `number`, in step, and nothing is said to an owner alone. */
function isInStep({ view, changes, shared }: KindPart, number: number): boolean {
  for (let i = 0; view.unison !== number && i < view.count; i++) {
    const slot = view.slots[i]!;
    if (view.codedAtOf(slot) !== number || view.streaks[slot] !== STREAK_MAX || view.isOwner[slot] === 1) return false;
  }
  for (let i = 0; shared.hasOwnerFields && i < changes.enterCount; i++) {
    if (changes.isOwner[changes.enters[i]!] === 1) return false;
  }
  return true;
}

function equalParts(a: KindPart | undefined, b: KindPart | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.view.count !== b.view.count || a.changes.leaveCount !== b.changes.leaveCount) return false;
  if (a.changes.enterCount !== b.changes.enterCount) return false;
  for (let i = 0; i < a.view.count; i++) {
    const slot = a.view.slots[i]!;
    if (slot !== b.view.slots[i] || a.view.generations[slot] !== b.view.generations[slot]) return false;
  }
  for (let i = 0; i < a.changes.leaveCount; i++) if (a.changes.leaves[i] !== b.changes.leaves[i]) return false;
  for (let i = 0; i < a.changes.enterCount; i++) if (a.changes.enters[i] !== b.changes.enters[i]) return false;
  return true;
}
