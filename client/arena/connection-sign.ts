import type { ClientStatus } from "#engine/client";
import { displayText } from "./display-text.ts";
import { partOf } from "./page-parts.ts";

/** A close reason on the wire has at most 123 bytes; our own texts are shorter than this too. */
const REASON_LENGTH_MAX = 200;

/** What the player may want of a connection that is lost. */
export interface ConnectionWishes {
  /** To try again at once. */
  readonly onReconnect: () => void;
  /** Not to be joined again. */
  readonly onStay: () => void;
}

/** Tells how the connection stands: as text that screen readers announce, and as `data-phase` of the page. */
export class ConnectionSign {
  private readonly page: Document;
  private readonly status: HTMLElement;
  private readonly reconnect: HTMLButtonElement;
  private readonly rejoin: HTMLElement;
  private readonly rejoinText: HTMLElement;
  private shown = "connecting";

  constructor(page: Document, { onReconnect, onStay }: ConnectionWishes) {
    this.page = page;
    this.status = partOf(page, "status", HTMLElement);
    this.reconnect = partOf(page, "reconnect", HTMLButtonElement);
    this.rejoin = partOf(page, "rejoin", HTMLElement);
    this.rejoinText = partOf(page, "rejoin-text", HTMLElement);
    this.reconnect.addEventListener("click", onReconnect);
    partOf(page, "stay", HTMLButtonElement).addEventListener("click", onStay);
  }

  /** `rejoinSeconds`: until the page joins again by itself; undefined when it will not. */
  update(status: ClientStatus, rejoinSeconds: number | undefined): void {
    const text = rejoinSeconds === undefined ? "" : rejoinText(rejoinSeconds);
    this.rejoin.hidden = text === "";
    // Text that is set anew each frame cannot be selected, and takes time.
    if (this.rejoinText.textContent !== text) this.rejoinText.textContent = text;
    if (status.phase === this.shown) return;
    this.shown = status.phase;
    this.page.documentElement.dataset.phase = status.phase;
    this.status.textContent = statusText(status);
    this.reconnect.hidden = status.phase !== "lost";
    if (status.phase === "lost") this.reconnect.focus();
  }
}

/** The status in words. */
export function statusText(status: ClientStatus): string {
  switch (status.phase) {
    case "connecting":
      return "Connecting …";
    case "connected":
      return "Connected";
    case "reconnecting":
      return "Connection lost, trying again …";
    case "lost":
      return `Connection lost: ${displayText(status.reason, REASON_LENGTH_MAX) || `code ${status.code}`}`;
  }
}

function rejoinText(seconds: number): string {
  return seconds === 0 ? "Looking for the server …" : `Joining again in ${seconds} s`;
}
