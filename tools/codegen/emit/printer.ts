const WIDTH_MAX = 120;

/** TypeScript, the JavaScript that is left of it without types, or the declarations of that JavaScript. */
export type Dialect = "ts" | "js" | "dts";

export interface Parameter {
  readonly name: string;
  readonly type: string;
  /** A number or constant. */
  readonly byDefault?: string;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: string;
}

/** Collects printed lines. */
export class Printer {
  readonly dialect: Dialect;
  private readonly lines: string[] = [];
  private depth = 0;

  constructor(dialect: Dialect = "ts") {
    this.dialect = dialect;
  }

  /** A line of code, written as TypeScript. */
  line(text = ""): void {
    const code = this.dialect === "js" ? withoutTypes(text) : text;
    this.lines.push(code === "" ? "" : "  ".repeat(this.depth) + code);
  }

  /** What only types are: nothing in JavaScript. */
  types(body: () => void): void {
    if (this.dialect !== "js") body();
  }

  /** What does something: nothing in declarations. */
  code(body: () => void): void {
    if (this.dialect !== "dts") body();
  }

  /** An exported function with its doc comment. */
  exportedFunction(signature: Signature, doc: string, body: () => void): void {
    this.line();
    this.doc(doc);
    if (this.dialect === "dts") this.head("export declare function ", signature, ";");
    else this.function("export function ", signature, body);
  }

  privateFunction(signature: Signature, doc: string, body: () => void): void {
    this.code(() => {
      this.line();
      this.doc(doc);
      this.function("function ", signature, body);
    });
  }

  /** A method of an object (`tail` is a comma then) or of a class. */
  method(signature: Signature, body: () => void, tail = ""): void {
    if (this.dialect === "dts") this.head("", signature, ";");
    else this.function("", signature, body, tail);
  }

  getter(name: string, type: string, doc: string, body: () => void): void {
    this.doc(doc);
    if (this.dialect === "dts") this.line(`get ${name}(): ${type};`);
    else this.block(this.dialect === "js" ? `get ${name}()` : `get ${name}(): ${type}`, body);
  }

  /** `export const name = value;`, whose type follows from the value where none is named. */
  exportedConstant(name: string, value: string, type = value): void {
    this.line(this.dialect === "dts" ? `export declare const ${name}: ${type};` : `export const ${name} = ${value};`);
  }

  /** `let name: type = value;`; without a value it is undefined. */
  variable(name: string, type: string, value = ""): void {
    const named = this.dialect === "js" ? name : `${name}: ${type}`;
    this.line(value === "" ? `let ${named};` : `let ${named} = ${value};`);
  }

  /** `if (condition) { … } else { … }`. */
  either(condition: string, then: () => void, otherwise: () => void): void {
    this.line(`if (${condition}) {`);
    this.indented(then);
    this.line("} else {");
    this.indented(otherwise);
    this.line("}");
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

  /** What `body` prints, with a line in front of it when one of its lines is like `needle`. */
  withPrelude(prelude: string, needle: RegExp, body: () => void): void {
    const first = this.lines.length;
    body();
    if (this.lines.slice(first).some((line) => needle.test(line))) {
      this.line(prelude);
      this.lines.splice(first, 0, this.lines.pop()!);
    }
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

  /** As `list`, but as many items a line as fit, when they do not fit on one. */
  rows(head: string, items: readonly string[], [open, close]: readonly [string, string], tail = ""): void {
    const single = `${head}${open}${items.join(", ")}${close}${tail}`;
    if (this.fits(single)) {
      this.line(single);
      return;
    }
    this.line(`${head}${open}`);
    this.indented(() => {
      let row = "";
      for (const item of items) {
        if (row !== "" && !this.fits(`${row} ${item},`)) {
          this.line(row);
          row = "";
        }
        row += `${row === "" ? "" : " "}${item},`;
      }
      this.line(row);
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

  private function(before: string, signature: Signature, body: () => void, tail = ""): void {
    this.head(before, signature, " {");
    this.indented(body);
    this.line(`}${tail}`);
  }

  /** The head of a function: on one line when it fits, else a parameter a line. */
  private head(before: string, { name, parameters, returns }: Signature, behind: string): void {
    const texts = parameters.map((each) => this.parameter(each));
    const result = this.dialect === "js" || returns === "" ? "" : `: ${returns}`;
    const single = `${before}${name}(${texts.join(", ")})${result}${behind}`;
    if (this.fits(single)) {
      this.line(single);
      return;
    }
    this.line(`${before}${name}(`);
    this.indented(() => {
      for (const text of texts) this.line(`${text},`);
    });
    this.line(`)${result}${behind}`);
  }

  private parameter({ name, type, byDefault }: Parameter): string {
    if (this.dialect === "js") return byDefault === undefined ? name : `${name} = ${byDefault}`;
    if (byDefault === undefined) return `${name}: ${type}`;
    return this.dialect === "dts" ? `${name}?: ${type}` : `${name} = ${byDefault}`;
  }

  private fits(text: string): boolean {
    return !text.includes("\n") && this.depth * 2 + text.length <= WIDTH_MAX;
  }
}

/** A line of printed code without what TypeScript alone understands. */
function withoutTypes(line: string): string {
  if (/^\s*(\/\*\*|\*|\/\/)/.test(line)) return line;
  return line
    .replace(/([\])])!(?!=)/g, "$1")
    .replace(/new Array<[^>]*>\(/g, "new Array(")
    .replace(/ as const;$/, ";");
}
