import { CHAT_BYTES_MAX, encodeChatSay } from "../../shared/schema/generated/arena.ts";
import { chatDraft } from "./chat-draft.ts";
import { ChatTurns } from "./chat-turns.ts";
import { partOf } from "./page-parts.ts";

/** The line to write in: Enter opens it and sends, Escape closes it. What cannot be said yet, or not whole, stays in it. */
export class ChatBox {
  private readonly form: HTMLFormElement;
  private readonly line: HTMLInputElement;
  private readonly note: HTMLElement;
  private readonly turns = new ChatTurns();
  private readonly send: (message: Uint8Array) => void;

  constructor(page: Document, canvas: HTMLElement, send: (message: Uint8Array) => void) {
    this.form = partOf(page, "chat-form", HTMLFormElement);
    this.line = partOf(page, "chat-text", HTMLInputElement);
    this.note = partOf(page, "chat-note", HTMLElement);
    // No character has less than a byte: what is longer than this could never be said.
    this.line.maxLength = CHAT_BYTES_MAX;
    this.send = send;
    page.addEventListener("keydown", (event) => {
      const isFree = event.target === canvas || event.target === page.body;
      if (event.key === "Enter" && isFree && !event.isComposing) this.open(event);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(event.timeStamp);
    });
    this.line.addEventListener("input", () => {
      this.note.textContent = chatDraft(this.line.value).note;
    });
    this.line.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.line.addEventListener("blur", () => {
      this.form.hidden = true;
    });
  }

  get isOpen(): boolean {
    return !this.form.hidden;
  }

  private open(event: Event): void {
    event.preventDefault();
    this.form.hidden = false;
    this.note.textContent = chatDraft(this.line.value).note;
    this.line.focus();
  }

  private say(nowMs: number): void {
    const { text, isTooLong } = chatDraft(this.line.value);
    if (isTooLong) return;
    if (text !== "" && !this.turns.take(nowMs)) {
      this.note.textContent = `Too fast: wait ${Math.ceil(this.turns.waitMs(nowMs) / 1_000)} s, then press Enter`;
      return;
    }
    if (text !== "") this.send(encodeChatSay({ text }));
    this.line.value = "";
    this.close();
  }

  /** Hands the keys back to the ship: they count where nothing has the focus. */
  private close(): void {
    this.line.blur();
  }
}
