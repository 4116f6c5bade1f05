import { runInBrowser } from "tickwire/browser";
import { GameClient } from "tickwire/client";
import type { TagInput } from "./generated/tag.ts";
import { TagRenderer } from "./renderer.ts";
import { tag, type TagTypes } from "./simulation.ts";

const held = new Set<string>();
addEventListener("keydown", ({ code }) => held.add(code));
addEventListener("keyup", ({ code }) => held.delete(code));
addEventListener("blur", () => {
  held.clear();
});

const client = new GameClient<TagTypes>({ game: tag, joinOptions: {}, readInput, random: Math.random });
const canvas = document.querySelector("canvas")!;
const news = document.querySelector("#news")!;
const renderer = new TagRenderer(canvas);

runInBrowser(client, {
  url: `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws`,
  protocol: tag.protocol,
  onAdvance: () => {
    for (const { value } of client.takeMessages()) renderer.flash(value.caught);
  },
  onFrame: (nowMs) => {
    renderer.draw(client.view, client.playerId, nowMs);
    news.textContent = newsFor(client);
  },
});

// The way back from a session that is lost.
addEventListener("click", joinAgain);
addEventListener("keydown", ({ key }) => {
  if (key === "Enter") joinAgain();
});

function joinAgain(): void {
  if (client.status.phase === "lost") location.reload();
}

function readInput(): TagInput {
  const isHeld = (...codes: string[]): boolean => codes.some((code) => held.has(code));
  const axis = (less: boolean, more: boolean): number => Number(more) - Number(less);
  return {
    dx: axis(isHeld("ArrowLeft", "KeyA"), isHeld("ArrowRight", "KeyD")),
    dy: axis(isHeld("ArrowUp", "KeyW"), isHeld("ArrowDown", "KeyS")),
    sprint: isHeld("ShiftLeft", "ShiftRight"),
  };
}

function newsFor({ status, view, playerId }: GameClient<TagTypes>): string {
  if (status.phase === "lost") return `${status.reason} Click or press Enter to join again.`;
  if (status.phase !== "connected") return "Connecting …";
  const { columns } = view.runners;
  const its = [...view.runners.slots()].filter((slot) => columns.isIt[slot] === 1);
  if (its.some((slot) => columns.owner[slot] === playerId)) return "You are it: touch somebody!";
  return its.length > 0 ? "Run!" : "Who is it is nowhere near.";
}
