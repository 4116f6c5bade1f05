import type { ProtocolVersion } from "../wire/protocol.ts";
import { CloseCode, type CloseReason } from "./close-code.ts";

/**
 * Versions are agreed on in the WebSocket handshake, by subprotocol names such as `arena.1`.
 *
 * A browser that gets no subprotocol it offered sees code 1006 and no text. So every client also offers
 * `tickwire.refuse`; a server that supports none of the versions selects that one, and closes with a text.
 */
export const REFUSE_SUBPROTOCOL = "tickwire.refuse";

/** A protocol, and the versions of it that are spoken, newest first. */
export interface Versioned {
  readonly name: string;
  readonly versions: readonly ProtocolVersion[];
}

/** What a client offers: its versions, newest first, and the name to be refused under. */
export function offeredSubprotocols(protocol: Versioned): string[] {
  return [...protocol.versions.map(({ version }) => `${protocol.name}.${version}`), REFUSE_SUBPROTOCOL];
}

/** The answer to an offer: the subprotocol to select (none when undefined), and why to close at once, if so. */
export interface Negotiation {
  readonly selected: string | undefined;
  readonly refusal: CloseReason | undefined;
}

/** What a server answers to the names a client offered: the newest version that both speak. */
export function negotiateSubprotocol(offered: Iterable<string>, protocol: Versioned): Negotiation {
  const names = [...offered];
  const common = protocol.versions.find(({ version }) => names.includes(`${protocol.name}.${version}`));
  if (common !== undefined) return { selected: `${protocol.name}.${common.version}`, refusal: undefined };
  return {
    selected: names.includes(REFUSE_SUBPROTOCOL) ? REFUSE_SUBPROTOCOL : undefined,
    refusal: { code: CloseCode.PROTOCOL_MISMATCH, reason: refusalText(names, protocol) },
  };
}

function refusalText(offered: readonly string[], { name, versions }: Versioned): string {
  const newest = versions[0]?.version ?? 0;
  const ours = `${name}.${newest}`;
  const theirs = Math.max(
    ...offered
      .filter((each) => each.startsWith(`${name}.`))
      .map(versionOf)
      .filter(Number.isInteger),
  );
  if (!Number.isFinite(theirs)) return `This server speaks ${ours}. Connect with the WebSocket subprotocol ${ours}.`;
  if (theirs < newest) {
    return `This page is too old: it speaks ${name}.${theirs}, the server ${ours}. Reload the page.`;
  }
  return `The server is too old: it speaks ${ours}, this page ${name}.${theirs}. Its operator must update it.`;
}

function versionOf(name: string): number {
  const digits = name.slice(name.lastIndexOf(".") + 1);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** What Hello and Welcome say of the schemas a side was built with. */
export interface SchemaIdentity {
  readonly version: number;
  readonly engineHash: number;
  readonly gameHash: number;
}

/**
 * Why two sides cannot talk, or undefined when they can. The newer side judges the older one: it alone knows what the
 * schema was in that version.
 */
export function schemaMismatch(peer: SchemaIdentity, engineHash: number, game: Versioned): CloseReason | undefined {
  if (peer.engineHash !== engineHash) return mismatch("Tickwire versions");
  const isNewer = peer.version > (game.versions[0]?.version ?? 0);
  const known = game.versions.find(({ version }) => version === peer.version);
  return isNewer || known?.hash === peer.gameHash ? undefined : mismatch("game schemas");
}

function mismatch(part: string): CloseReason {
  return {
    code: CloseCode.PROTOCOL_MISMATCH,
    reason: `Page and server were built from different ${part}. Reload the page; if it stays, rebuild both.`,
  };
}
