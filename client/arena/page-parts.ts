/** The element of the page with this id. The page is ours: a missing part is a bug. */
export function partOf<Kind extends HTMLElement>(page: Document, id: string, kind: new () => Kind): Kind {
  const part = page.getElementById(id);
  if (!(part instanceof kind)) throw new Error(`the page has no ${kind.name} #${id}`);
  return part;
}

/** A piece of text in an element of its own. Text stays text. */
export function textPart(page: Document, tag: "span" | "li", className: string, text: string): HTMLElement {
  const part = page.createElement(tag);
  part.className = className;
  part.textContent = text;
  return part;
}
