/** Characters that turn the direction of text: a reader, or gcc, would see another order than the machine. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Characters that no text of a comment should have. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/** A doc comment without the characters that could make it look like something else. */
export function plainText(doc: string): string {
  return doc.replace(BIDI, "").replace(CONTROL, " ");
}

/** A doc comment on one line. */
export function plainLine(doc: string): string {
  return plainText(doc)
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

/** Text that cannot end, or seem to begin, a C comment; trigraphs are broken too. */
export function cComment(doc: string): string {
  return plainText(doc).replaceAll("*/", "* /").replaceAll("/*", "/ *").replaceAll("??", "? ?");
}
