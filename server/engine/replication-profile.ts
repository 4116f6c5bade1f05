import type { AnyEntityTable, PlayerId } from "#engine/shared";
import { type KindCounts, SnapshotProfile } from "../../shared/engine/profile/snapshot-profile.ts";
import type { PlayerView } from "./player-view.ts";

/** What one player's snapshots were made of since it joined, or since it was sent everything anew. */
export interface ProfileReport {
  readonly playerId: PlayerId;
  readonly snapshots: number;
  /** Bytes of heads and checksums. */
  readonly headerBytes: number;
  readonly kinds: readonly KindProfile[];
}

/** Sums over all snapshots. */
export interface KindProfile {
  readonly name: string;
  readonly entities: number;
  /** Entities whose row changed. */
  readonly moved: number;
  readonly enters: number;
  readonly leaves: number;
  /** Bytes by field, and by what is no field: lists, whole rows, owner. */
  readonly bytes: Readonly<Record<string, number>>;
}

interface Followed {
  readonly view: PlayerView;
  readonly profile: SnapshotProfile;
}

/**
 * Reads what one player is sent, as its client does, and counts every bit by field. Of all players one is enough to see
 * who spends the bytes, and costs no more than one client.
 */
export class ReplicationProfile {
  private readonly tables: readonly AnyEntityTable[];
  private readonly ticksPerSnapshot: number;
  private followed: Followed | undefined;

  constructor(tables: readonly AnyEntityTable[], ticksPerSnapshot: number) {
    this.tables = tables;
    this.ticksPerSnapshot = ticksPerSnapshot;
  }

  /** A player was sent the snapshot of `tick`; whoever is sent everything anew is followed when nobody else is. */
  wrote(view: PlayerView, tick: number, body: Uint8Array): void {
    const isReset = (body[0]! & 1) !== 0;
    if (isReset && (this.followed === undefined || this.followed.view === view)) {
      this.followed = { view, profile: new SnapshotProfile(this.tables, view.version, this.ticksPerSnapshot) };
    }
    if (this.followed?.view === view) this.followed.profile.read(tick & 0xff, body);
  }

  left(view: PlayerView): void {
    if (this.followed?.view === view) this.followed = undefined;
  }

  report(): ProfileReport | undefined {
    if (this.followed === undefined) return undefined;
    const { view, profile } = this.followed;
    const headerBytes = profile.headerBits / 8;
    return {
      playerId: view.playerId,
      snapshots: profile.snapshots,
      headerBytes,
      kinds: profile.kinds.map(kindProfile),
    };
  }
}

function kindProfile({ name, entities, moved, enters, leaves, bits }: KindCounts): KindProfile {
  const bytes = Object.fromEntries([...bits].map(([label, count]) => [label, count / 8]));
  return { name, entities, moved, enters, leaves, bytes };
}
