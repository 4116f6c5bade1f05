import { NAME_BYTES_MAX } from "../../shared/schema/generated/arena.ts";
import { cutToBytes, displayText } from "./display-text.ts";

const STORAGE_KEY = "tickwire.name";
const FIRST = [
  "Amber",
  "Brisk",
  "Calm",
  "Dusty",
  "Early",
  "Faint",
  "Golden",
  "Quiet",
  "Rapid",
  "Silver",
  "Solar",
  "Vivid",
];
const SECOND = [
  "Comet",
  "Falcon",
  "Heron",
  "Lynx",
  "Meteor",
  "Otter",
  "Photon",
  "Pulsar",
  "Quasar",
  "Raven",
  "Swift",
  "Wren",
];

/** The part of `localStorage` that is needed. */
export interface NameStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/**
 * The player's name: from the address (`?name=`), else as last time, else a friendly new one, drawn with `random`
 * (0 ≤ value < 1). It is kept for the next visit where the browser lets us: it
 * may refuse its storage, even the sight of it.
 */
export function playerName(search: string, storage: () => NameStorage, random: () => number): string {
  const wanted = [new URLSearchParams(search).get("name"), read(storage), friendlyName(random)];
  const name = wanted.map((text) => cutToBytes(displayText(text ?? "", NAME_BYTES_MAX), NAME_BYTES_MAX)).find(Boolean);
  if (name !== undefined) keep(storage, name);
  return name ?? "Pilot";
}

function friendlyName(random: () => number): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  return `${pick(FIRST)} ${pick(SECOND)}`;
}

function read(storage: () => NameStorage): string | null {
  try {
    return storage().getItem(STORAGE_KEY);
  } catch {
    return null; // The browser keeps its storage closed: the player gets a new name.
  }
}

function keep(storage: () => NameStorage, name: string): void {
  try {
    storage().setItem(STORAGE_KEY, name);
  } catch {
    // Full or closed storage: the name lasts for this visit.
  }
}
