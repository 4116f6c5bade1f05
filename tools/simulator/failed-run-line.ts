import { SAME_PACKETS } from "./engine/faults/run-faults.ts";
import type { FailedRun } from "./engine/faults/run-seeds.ts";

/** A session that went wrong, on one line: what broke first, and the command that plays it again. */
export function failedRunLine({ seed, plan, brokenInvariants }: FailedRun): string {
  const { invariant, atMs, player, says } = brokenInvariants[0]!;
  const where = `${Math.round(atMs)} ms${player === undefined ? "" : `, player ${player}`}`;
  const twice = invariant === SAME_PACKETS ? " --twice" : "";
  const command = `npm run simulate -- --faults 1${twice} --seed ${seed} --plan '${JSON.stringify(plan)}'`;
  return `seed ${seed}: broken: ${invariant} (${where}: ${says}): ${command}\n`;
}
