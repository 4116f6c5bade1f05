/** Collects printed lines of a language that is not TypeScript. */
export class TextPrinter {
  private readonly printed: string[] = [];
  private depth = 0;

  line(text = ""): void {
    this.printed.push(text === "" ? "" : "  ".repeat(this.depth) + text);
  }

  /** Lines that were written as one text. */
  lines(text: string): void {
    for (const line of text.split("\n")) this.line(line);
  }

  /** `head`, what `body` prints one step further in, and `tail`. */
  block(head: string, body: () => void, tail: string): void {
    this.line(head);
    this.indented(body);
    this.line(tail);
  }

  /** A doc comment of C; nothing for an empty one. */
  doc(text: string): void {
    if (text === "") return;
    const lines = text.split("\n");
    if (lines.length === 1) {
      this.line(`/** ${text} */`);
      return;
    }
    this.line("/**");
    for (const line of lines) this.line(line === "" ? " *" : ` * ${line}`);
    this.line(" */");
  }

  /** No two empty lines in a row, none at the end. */
  text(): string {
    return `${this.printed
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()}\n`;
  }

  private indented(body: () => void): void {
    this.depth += 1;
    body();
    this.depth -= 1;
  }
}
