import { RESPAWN_TICKS, SHIP_HEALTH_MAX, TICK_RATE } from "../../shared/arena/tuning.ts";
import type { ChatLine, KillLine, MatchFeed, OwnEnd, ScoreLine } from "./match-feed.ts";
import { partOf, textPart } from "./page-parts.ts";

/** What the HUD shows of the own ship and the connection. */
export interface HudState {
  readonly score: number;
  /** 0 to 100. */
  readonly health: number;
  readonly rttMs: number | undefined;
  readonly isChatOpen: boolean;
  /** What the player waits for instead of flying; empty while there is nothing. */
  readonly waitsFor: string;
}

const KILL_SHOWN_MS = 7000;
const CHAT_SHOWN_MS = 15_000;
const RESPAWN_MS = (RESPAWN_TICKS / TICK_RATE) * 1000;

/** Text over the scene. Writes to the page only what has changed since the last display frame. */
export class Hud {
  private readonly page: Document;
  private readonly score: HTMLElement;
  private readonly hull: HTMLElement;
  private readonly hullBar: HTMLElement;
  private readonly rtt: HTMLElement;
  private readonly leaderboard: HTMLOListElement;
  private readonly kills: HTMLOListElement;
  private readonly chat: HTMLOListElement;
  private readonly wait: HTMLElement;
  private readonly end: HTMLElement;
  private readonly endBy: HTMLElement;
  private readonly endWait: HTMLElement;
  private shownVersion = -1;
  private shownKills = 0;
  private shownChat = 0;
  private shownHealth = -1;

  constructor(page: Document) {
    this.page = page;
    this.score = partOf(page, "score", HTMLElement);
    this.hull = partOf(page, "hull", HTMLElement);
    this.hullBar = this.hull.firstElementChild as HTMLElement;
    this.rtt = partOf(page, "rtt", HTMLElement);
    this.leaderboard = partOf(page, "leaderboard", HTMLOListElement);
    this.kills = partOf(page, "kills", HTMLOListElement);
    this.chat = partOf(page, "chat", HTMLOListElement);
    this.wait = partOf(page, "wait", HTMLElement);
    this.end = partOf(page, "end", HTMLElement);
    this.endBy = partOf(page, "end-by", HTMLElement);
    this.endWait = partOf(page, "end-wait", HTMLElement);
  }

  update(feed: MatchFeed, state: HudState, nowMs: number): void {
    this.showShip(state);
    this.showLists(feed, state, nowMs);
    this.showEnd(feed.ownEnd, nowMs);
    setText(this.wait, feed.ownEnd === undefined ? state.waitsFor : "");
    setText(this.rtt, state.rttMs === undefined ? "" : `${Math.round(state.rttMs)} ms`);
  }

  private showShip({ score, health }: HudState): void {
    setText(this.score, String(score));
    if (health === this.shownHealth) return;
    this.shownHealth = health;
    const share = Math.min(1, Math.max(0, health / SHIP_HEALTH_MAX));
    this.hull.ariaValueNow = String(health);
    this.hull.dataset.level = share > 0.5 ? "good" : share > 0.25 ? "low" : "critical";
    this.hullBar.style.transform = `scaleX(${share})`;
  }

  private showLists(feed: MatchFeed, { isChatOpen }: HudState, nowMs: number): void {
    const kills = feed.kills.filter((line) => nowMs - line.happenedAtMs < KILL_SHOWN_MS);
    const chat = feed.chat.filter((line) => isChatOpen || nowMs - line.saidAtMs < CHAT_SHOWN_MS);
    const isNew = feed.version !== this.shownVersion;
    this.shownVersion = feed.version;
    if (isNew) this.leaderboard.replaceChildren(...feed.leaderboard.map((line) => this.scoreRow(line)));
    if (isNew || kills.length !== this.shownKills)
      this.kills.replaceChildren(...kills.map((line) => this.killRow(line)));
    if (isNew || chat.length !== this.shownChat) this.chat.replaceChildren(...chat.map((line) => this.chatRow(line)));
    this.shownKills = kills.length;
    this.shownChat = chat.length;
  }

  private showEnd(end: OwnEnd | undefined, nowMs: number): void {
    this.end.hidden = end === undefined;
    if (end === undefined) return;
    setText(this.endBy, end.killer === undefined ? "by a rock" : `by ${end.killer}`);
    const seconds = Math.ceil((end.happenedAtMs + RESPAWN_MS - nowMs) / 1000);
    setText(this.endWait, seconds > 0 ? `Back in ${seconds} s` : "Back any moment");
  }

  private scoreRow(line: ScoreLine): HTMLElement {
    return this.row(line.isOwn ? "is-own" : "", [
      ["rank", String(line.rank)],
      ["who", line.name],
      ["points", String(line.score)],
    ]);
  }

  private killRow(line: KillLine): HTMLElement {
    const victim = [line.isVictimOwn ? "is-own" : "victim", line.victim] as const;
    if (line.killer === undefined) return this.row("", [victim, ["verb", "crashed"]]);
    return this.row("", [[line.isKillerOwn ? "is-own" : "killer", line.killer], ["verb", "✕"], victim]);
  }

  private chatRow(line: ChatLine): HTMLElement {
    return this.row("", [
      [line.isOwn ? "who is-own" : "who", line.name],
      ["text", line.text],
    ]);
  }

  private row(className: string, parts: readonly (readonly [className: string, text: string])[]): HTMLElement {
    const row = textPart(this.page, "li", className, "");
    row.append(...parts.map(([name, text]) => textPart(this.page, "span", name, text)));
    return row;
  }
}

function setText(part: HTMLElement, text: string): void {
  if (part.textContent !== text) part.textContent = text;
}
