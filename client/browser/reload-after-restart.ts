import type { ClientStatus } from "#engine/client";
import { isAnswered } from "./is-answered.ts";

const ASK_EVERY_MS = 500;

/**
 * For development: a page that has lost its server asks for it, and reloads itself once it answers again.
 *
 * `isUpUrl` answers with a success while the server runs, and with anything else, or not at all, while it does not.
 */
export function reloadAfterRestart(client: { readonly status: ClientStatus }, isUpUrl: string): void {
  const ask = async (): Promise<void> => {
    if (client.status.phase === "lost" && (await isAnswered(isUpUrl))) location.reload();
    else setTimeout(() => void ask(), ASK_EVERY_MS);
  };
  void ask();
}
