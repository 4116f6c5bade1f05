import type { Tell } from "./engine/invariants/invariant.ts";

/** Something to tell, and what has been told: `ms, player: what`. */
export function tells(): { readonly tell: Tell; readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    tell: (atMs, player, says) => told.push(`${atMs}, ${player}: ${says}`),
  };
}
