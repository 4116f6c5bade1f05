import type { ClientStatus } from "#engine/client";
import { displayText } from "./display-text.ts";
import { partOf } from "./page-parts.ts";

/** A close reason on the wire has at most 123 bytes; our own texts are shorter than this too. */
const REASON_LENGTH_MAX = 200;

/** Tells how the connection stands: as text that screen readers announce, and as `data-phase` of the page. */
export class ConnectionSign {
  private readonly page: Document;
  private readonly status: HTMLElement;
  private readonly reconnect: HTMLButtonElement;
  private shown = "connecting";

  /** `onReconnect`: the player wants to try again. */
  constructor(page: Document, onReconnect: () => void) {
    this.page = page;
    this.status = partOf(page, "status", HTMLElement);
    this.reconnect = partOf(page, "reconnect", HTMLButtonElement);
    this.reconnect.addEventListener("click", onReconnect);
  }

  update(status: ClientStatus): void {
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
