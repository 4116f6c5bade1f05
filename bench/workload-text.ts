import type { Rng } from "../shared/engine/time/rng.ts";

const SYLLABLES = [
  "ka",
  "ne",
  "stro",
  "vi",
  "la",
  "mor",
  "zen",
  "dra",
  "fy",
  "tox",
  "lu",
  "ri",
  "bra",
  "wick",
  "on",
  "el",
];
/** What names are written in that are not ASCII: two, two, three and three bytes a letter. */
const ALPHABETS = [
  ["é", "ñ", "ü", "ø", "ça", "ère", "lo", "ma"],
  ["ко", "ра", "ни", "вл", "ад", "ми", "р", "я"],
  ["龍", "星", "空", "火", "風", "月", "海", "影"],
  ["はる", "そら", "ゆき", "りん", "あお", "つき", "け", "ん"],
];
const EMOJI = ["🚀", "🔥", "🦊", "👾"];
const NAME_BYTES_MAX = 16;

/** What is said in F4: 16 lines, a third of them not ASCII. */
export const LINES: readonly string[] = [
  "gg",
  "anyone for the north gate?",
  "¡vamos, por la izquierda!",
  "brb, two minutes",
  "nice shot",
  "左から来る、気をつけて",
  "who has the red key",
  "wait for me at the bridge please",
  "осторожно, он за скалой",
  "lol",
  "rematch?",
  "well played everyone 🎉",
  "heal me",
  "they are pushing the left side again, fall back",
  "加油!我们快赢了",
  "on my way",
].map((line) => flat(line));

/** A line that nobody says twice. */
export function freshLine(turn: number): string {
  return flat(`${LINES[turn % LINES.length]!} ${turn}`);
}

/** Makes names of players, none of them twice, of at most 16 bytes of UTF-8. */
export class NameMaker {
  private readonly rng: Rng;
  private readonly made = new Set<string>();

  constructor(rng: Rng) {
    this.rng = rng;
  }

  make(isForeign: boolean): string {
    for (;;) {
      const name = isForeign ? this.foreignName() : this.asciiName();
      if (utf8Bytes(name) > NAME_BYTES_MAX || this.made.has(name)) continue;
      this.made.add(name);
      return flat(name);
    }
  }

  private asciiName(): string {
    const syllables = 2 + this.rng.below(3);
    let name = "";
    for (let at = 0; at < syllables; at++) name += this.pick(SYLLABLES);
    const first = name.slice(0, 1).toUpperCase();
    return first + name.slice(1) + (this.rng.below(3) === 0 ? String(this.rng.below(1000)) : "");
  }

  private foreignName(): string {
    const alphabet = this.pick(ALPHABETS);
    const letters = 2 + this.rng.below(3);
    let name = "";
    for (let at = 0; at < letters; at++) name += this.pick(alphabet);
    const tail = this.rng.below(4);
    return tail === 0 ? name + this.pick(EMOJI) : tail === 1 ? name + String(this.rng.below(100)) : name;
  }

  private pick<Value>(values: readonly Value[]): Value {
    return values[this.rng.below(values.length)]!;
  }
}

/** The same text as one piece, as it comes from a socket: not the pieces it was put together from. */
function flat(text: string): string {
  return String.fromCharCode(...unitsOf(text));
}

/** What a text takes on the wire. Half of a pair of units is two of its four bytes. */
export function utf8Bytes(text: string): number {
  return unitsOf(text).reduce((sum, unit) => sum + bytesOfUnit(unit), 0);
}

function bytesOfUnit(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3;
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}
