/** Said by nobody, seen by nobody: what reorders a line, breaks it, or hides in it. Joiners stay: emoji and scripts need them. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]/gu;
const SPACES = /\s+/gu;
const SOMETHING_SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A player's text as others may see it: one line without control, bidi or invisible characters, at most `bytesMax`
 * bytes of UTF-8. Empty when nothing of it can be seen.
 */
export function plainText(text: string, bytesMax: number): string {
  const line = text.replace(SPACES, " ").replace(UNSEEN, "").replace(SPACES, " ").trim();
  const cut = cutAtBytes(line, bytesMax).trimEnd();
  return SOMETHING_SEEN.test(cut) ? cut : "";
}

/** As many whole code points as fit. */
function cutAtBytes(text: string, bytesMax: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += utf8Bytes(character.codePointAt(0)!);
    if (bytes > bytesMax) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_0000 ? 3 : 4;
}
