import { forgetFile } from "./page-files.ts";

const LINES_MAX = 200;
/** Who is this near to the end of the log, in pixels, is taken along. */
const NEAR_END_PX = 60;

/** What was said and sent, newest last. All of it is set as text: nobody's words are ever read as HTML. */
export class ChatLog {
  private readonly list: HTMLElement;

  constructor(list: HTMLElement) {
    this.list = list;
  }

  /** A line of somebody's; `tookMs`: how long it took to come back to who said it. */
  say(
    name: string,
    text: string,
    { isOwn = false, tookMs }: { isOwn?: boolean; tookMs?: number | undefined } = {},
  ): HTMLElement {
    const line = this.add(isOwn ? "own" : "");
    line.append(Object.assign(document.createElement("b"), { textContent: name }), text);
    if (tookMs !== undefined)
      line.append(Object.assign(document.createElement("small"), { textContent: `${tookMs.toFixed(0)} ms` }));
    return line;
  }

  /** Something that happened. */
  tell(text: string): void {
    this.add("event").append(text);
  }

  /** Puts an element behind what stands in a line. */
  attach(line: HTMLElement, element: HTMLElement): void {
    this.keepEnd(() => {
      line.append(" ", element);
    });
    // A picture is as high as it is only when it has been read.
    element.addEventListener("load", () => {
      line.scrollIntoView({ block: "nearest" });
    });
  }

  clear(): void {
    while (this.list.firstElementChild !== null) this.drop(this.list.firstElementChild);
  }

  private add(className: string): HTMLElement {
    const line = Object.assign(document.createElement("li"), { className });
    this.keepEnd(() => {
      this.list.append(line);
    });
    if (this.list.childElementCount > LINES_MAX) this.drop(this.list.firstElementChild!);
    return line;
  }

  private drop(line: Element): void {
    line.querySelectorAll("img, a").forEach(forgetFile);
    line.remove();
  }

  private keepEnd(change: () => void): void {
    const { list } = this;
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
    change();
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  }
}
