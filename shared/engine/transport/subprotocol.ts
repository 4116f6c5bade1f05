import { CloseCode, type CloseReason } from "./close-code.ts";

/**
 * Versions are agreed on in the WebSocket handshake, by subprotocol names such as `arena.1`.
 *
 * A browser that gets no subprotocol it offered sees code 1006 and no text. So every client also offers
 * `tickwire.refuse`; a server that supports none of the versions selects that one, and closes with a text.
 */
export const REFUSE_SUBPROTOCOL = "tickwire.refuse";

interface Versioned {
  readonly name: string;
  readonly version: number;
}

/** What a client offers, in this order. */
export function offeredSubprotocols(protocol: Versioned): string[] {
  return [`${protocol.name}.${protocol.version}`, REFUSE_SUBPROTOCOL];
}

/** The answer to an offer: the subprotocol to select (none when undefined), and why to close at once, if so. */
export interface Negotiation {
  readonly selected: string | undefined;
  readonly refusal: CloseReason | undefined;
}

/** What a server answers to the names a client offered. */
export function negotiateSubprotocol(offered: Iterable<string>, protocol: Versioned): Negotiation {
  const names = [...offered];
  const ours = `${protocol.name}.${protocol.version}`;
  if (names.includes(ours)) return { selected: ours, refusal: undefined };
  const reason = refusalText(names, protocol);
  return {
    selected: names.includes(REFUSE_SUBPROTOCOL) ? REFUSE_SUBPROTOCOL : undefined,
    refusal: { code: CloseCode.PROTOCOL_MISMATCH, reason },
  };
}

function refusalText(offered: readonly string[], protocol: Versioned): string {
  const ours = `${protocol.name}.${protocol.version}`;
  const theirs = offered.filter((name) => name.startsWith(`${protocol.name}.`)).map(versionOf);
  const newest = Math.max(...theirs.filter(Number.isInteger));
  if (!Number.isFinite(newest)) return `This server speaks ${ours}. Connect with the WebSocket subprotocol ${ours}.`;
  if (newest < protocol.version) {
    return `This page is too old: it speaks ${protocol.name}.${newest}, the server ${ours}. Reload the page.`;
  }
  return `The server is too old: it speaks ${ours}, this page ${protocol.name}.${newest}. Its operator must update it.`;
}

function versionOf(name: string): number {
  const digits = name.slice(name.lastIndexOf(".") + 1);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** Why the two sides of a handshake with these hashes cannot talk, or undefined when they can. */
export function hashMismatch(
  client: { engineHash: number; gameHash: number },
  server: { engineHash: number; gameHash: number },
): CloseReason | undefined {
  if (client.engineHash === server.engineHash && client.gameHash === server.gameHash) return undefined;
  const part = client.engineHash === server.engineHash ? "game schemas" : "Tickwire versions";
  return {
    code: CloseCode.PROTOCOL_MISMATCH,
    reason: `Page and server were built from different ${part}. Reload the page; if it stays, rebuild both.`,
  };
}
