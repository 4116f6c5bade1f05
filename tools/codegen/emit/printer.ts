const WIDTH_MAX = 120;

/** Collects printed lines. */
export class Printer {
  private readonly lines: string[] = [];
  private depth = 0;

  line(text = ""): void {
    this.lines.push(text === "" ? "" : "  ".repeat(this.depth) + text);
  }

  /** `head {`, what `body` prints one step further in, and `}` with `tail` behind it. */
  block(head: string, body: () => void, tail = ""): void {
    this.line(`${head} {`);
    this.indented(body);
    this.line(`}${tail}`);
  }

  indented(body: () => void): void {
    this.depth += 1;
    body();
    this.depth -= 1;
  }

  /** A doc comment; nothing for an empty one. */
  doc(text: string): void {
    if (text === "") return;
    const lines = text.replaceAll("*/", "* /").split("\n");
    const single = `/** ${text} */`;
    if (lines.length === 1 && this.fits(single)) {
      this.line(single);
      return;
    }
    this.line("/**");
    for (const line of lines) this.line(line === "" ? " *" : ` * ${line}`);
    this.line(" */");
  }

  /** `head`, the items between `open` and `close`, `tail`: on one line when they fit, else an item a line. */
  list(head: string, items: readonly string[], [open, close]: readonly [string, string], tail = ""): void {
    const space = open === "{" && items.length > 0 ? " " : "";
    const single = `${head}${open}${space}${items.join(", ")}${space}${close}${tail}`;
    if (this.fits(single)) {
      this.line(single);
      return;
    }
    this.line(`${head}${open}`);
    this.indented(() => {
      for (const item of items) this.property(item);
    });
    this.line(`${close}${tail}`);
  }

  /** `target = value;`, the value on a line of its own when they do not fit on one. */
  assign(target: string, value: string): void {
    const single = `${target} = ${value};`;
    if (this.fits(single)) {
      this.line(single);
      return;
    }
    this.line(`${target} =`);
    this.indented(() => {
      this.line(`${value};`);
    });
  }

  /** `target = terms[0] | terms[1] | …;`, a term a line when they do not fit on one. */
  joined(target: string, terms: readonly string[], operator: "|" | "+"): void {
    const single = `${target} = ${terms.join(` ${operator} `)};`;
    if (this.fits(single)) {
      this.line(single);
      return;
    }
    this.line(`${target} =`);
    this.indented(() => {
      terms.forEach((term, index) => {
        this.line(index === terms.length - 1 ? `${term};` : `${term} ${operator}`);
      });
    });
  }

  /** `statement;` behind a condition, in a block of its own when they do not fit on one line. */
  guard(condition: string, statement: string): void {
    const single = `if (${condition}) ${statement};`;
    if (this.fits(single)) {
      this.line(single);
      return;
    }
    this.block(`if (${condition})`, () => {
      this.line(`${statement};`);
    });
  }

  text(): string {
    return `${this.lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()}\n`;
  }

  /** An item of an object, its value on a line of its own when they do not fit on one. */
  private property(item: string): void {
    const [name, value] = [item.slice(0, item.indexOf(": ")), item.slice(item.indexOf(": ") + 2)];
    if (this.fits(`${item},`) || !item.includes(": ")) {
      this.line(`${item},`);
      return;
    }
    this.line(`${name}:`);
    this.indented(() => {
      this.line(`${value},`);
    });
  }

  private fits(text: string): boolean {
    return !text.includes("\n") && this.depth * 2 + text.length <= WIDTH_MAX;
  }
}
