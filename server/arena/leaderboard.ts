import type { Outbox } from "#engine/shared";
import { LEADERBOARD_PERIOD_TICKS } from "../../shared/arena/tuning.ts";
import { encodeLeaderboard, LEADERBOARD_ROWS_MAX } from "../../shared/schema/generated/arena.ts";
import type { LeaderboardRow } from "../../shared/schema/generated/arena.ts";
import type { ArenaMatch } from "./match.ts";
import type { Pilot } from "./pilots.ts";

/** Tells everyone who leads, at most once a period and only when it has changed. */
export function announceLeaderboard(match: ArenaMatch, outbox: Outbox): void {
  if (match.tick % LEADERBOARD_PERIOD_TICKS !== 0) return;
  const rows = bestOf(match.pilots.all);
  if (isSame(rows, match.leaderboard)) return;
  match.leaderboard = rows;
  outbox.toAll(encodeLeaderboard({ rows }));
}

/** Best first; of equals the lower player first. */
function bestOf(pilots: readonly Pilot[]): LeaderboardRow[] {
  return [...pilots]
    .sort((a, b) => b.score - a.score || a.playerId - b.playerId)
    .slice(0, LEADERBOARD_ROWS_MAX)
    .map(({ playerId, score }) => ({ playerId, score }));
}

function isSame(rows: readonly LeaderboardRow[], others: readonly LeaderboardRow[]): boolean {
  if (rows.length !== others.length) return false;
  return rows.every((row, rank) => row.playerId === others[rank]!.playerId && row.score === others[rank]!.score);
}
