import { plainLine, plainText } from "../outputs/comment.ts";
import type { TypeWords } from "../outputs/words.ts";

/** A stretch of text: plain, code, or the name of a thing that has a section of its own. */
export type Inline =
  string | { readonly kind: "code"; readonly text: string } | { readonly kind: "link"; readonly name: string };

export type Line = readonly Inline[];

export function typeLine({ before, link: name, after }: TypeWords): Line {
  return [
    ...(before === "" ? [] : [code(before)]),
    ...(name === "" ? [] : [link(name)]),
    ...(after === "" ? [] : [code(after)]),
  ];
}

export function paragraphsOf(doc: string): Line[] {
  return plainText(doc)
    .split(/\n\s*\n/)
    .map((paragraph) => plainLine(paragraph))
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => [paragraph]);
}

export function code(text: string): Inline {
  return { kind: "code", text };
}

export function link(name: string): Inline {
  return { kind: "link", name };
}
