import type { TerrainMirror } from "../../shared/arena/terrain-mirror.ts";

/** What a player without a ship is told to wait for; empty where there is nothing to tell. */
export function waitingText({ outcome, arrivedShare }: Pick<TerrainMirror, "outcome" | "arrivedShare">): string {
  if (outcome === "arriving") return `Terrain arrives … ${Math.floor(arrivedShare * 100)} %`;
  return outcome === "done" ? "" : "The terrain did not arrive. Reload the page.";
}
