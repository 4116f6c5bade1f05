import { CHAT_BYTES_MAX, encodeChatSay } from "../../shared/schema/generated/arena.ts";
import { cutToBytes, displayText } from "./display-text.ts";
import { partOf } from "./page-parts.ts";

/** The line to write in: Enter opens it and sends, Escape closes it. */
export class ChatBox {
  private readonly form: HTMLFormElement;
  private readonly line: HTMLInputElement;
  private readonly send: (message: Uint8Array) => void;

  constructor(page: Document, canvas: HTMLElement, send: (message: Uint8Array) => void) {
    this.form = partOf(page, "chat-form", HTMLFormElement);
    this.line = partOf(page, "chat-text", HTMLInputElement);
    this.line.maxLength = CHAT_BYTES_MAX;
    this.send = send;
    page.addEventListener("keydown", (event) => {
      const isFree = event.target === canvas || event.target === page.body;
      if (event.key === "Enter" && isFree && !event.isComposing) this.open(event);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say();
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
    this.line.focus();
  }

  private say(): void {
    const text = cutToBytes(displayText(this.line.value, CHAT_BYTES_MAX), CHAT_BYTES_MAX);
    if (text !== "") this.send(encodeChatSay({ text }));
    this.line.value = "";
    this.close();
  }

  /** Hands the keys back to the ship: they count where nothing has the focus. */
  private close(): void {
    this.line.blur();
  }
}
