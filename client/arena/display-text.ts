/**
 * Controls, marks that reorder the text around them, and what nobody sees. Joiners stay: emoji and scripts need
 * them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]/gu;
const SPACES = /\s+/gu;

/**
 * Text of another player as we may show it, still only as text: control, direction and invisible characters are
 * gone, spaces are single, and at most `lengthMax` code points remain.
 */
export function displayText(text: string, lengthMax: number): string {
  const clean = text.replace(SPACES, " ").replace(UNSEEN, "").replace(SPACES, " ").trim();
  return Array.from(clean).slice(0, lengthMax).join("");
}

/** The longest start of `text` that fits into `bytesMax` bytes of UTF-8 and ends between two code points. */
export function cutToBytes(text: string, bytesMax: number): string {
  const encoder = new TextEncoder();
  let kept = "";
  let bytes = 0;
  for (const point of text) {
    bytes += encoder.encode(point).length;
    if (bytes > bytesMax) return kept;
    kept += point;
  }
  return kept;
}
