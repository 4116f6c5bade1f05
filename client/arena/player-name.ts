import { NAME_BYTES_MAX } from "../../shared/schema/generated/arena.ts";
import { cutToBytes, displayText } from "./display-text.ts";

const DRAWN_KEY = "tickwire.drawn-name";
const CHOSEN_KEY = "tickwire.chosen-name";
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

/** The part of `localStorage` and `sessionStorage` that is needed. */
export interface NameStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Where names are kept. A browser may refuse its storage, even the sight of it: then a name lasts for a visit. */
export interface NameStorages {
  /** Of the whole browser, for good: the name that the player has chosen. */
  readonly browser: () => NameStorage;
  /** Of one tab: a name that was drawn, so that two tabs are two players with two names. */
  readonly tab: () => NameStorage;
}

/**
 * The player's name: from the address (`?name=`), else the one chosen so last time, else a friendly one, drawn with
 * `random` (0 ≤ value < 1), which a tab keeps when it is loaded again.
 */
export function playerName(search: string, { browser, tab }: NameStorages, random: () => number): string {
  const asked = cleanName(new URLSearchParams(search).get("name"));
  if (asked !== "") keep(browser, CHOSEN_KEY, asked);
  const kept = [asked, cleanName(read(browser, CHOSEN_KEY)), cleanName(read(tab, DRAWN_KEY))].find(Boolean);
  if (kept !== undefined) return kept;
  const drawn = friendlyName(random);
  keep(tab, DRAWN_KEY, drawn);
  return drawn;
}

/** A name as the server takes it; empty where nothing of it remains. */
function cleanName(text: string | null): string {
  return cutToBytes(displayText(text ?? "", NAME_BYTES_MAX), NAME_BYTES_MAX);
}

function friendlyName(random: () => number): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  return `${pick(FIRST)} ${pick(SECOND)}`;
}

function read(storage: () => NameStorage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null; // The browser keeps its storage closed: the player gets a new name.
  }
}

function keep(storage: () => NameStorage, key: string, name: string): void {
  try {
    storage().setItem(key, name);
  } catch {
    // Full or closed storage: the name lasts for this visit.
  }
}
