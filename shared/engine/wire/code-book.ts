/** The most bits of a code. A reader looks that far ahead. */
const CODE_BITS_MAX = 12;

/**
 * Static Huffman codes (canonical, as in RFC 1951): one table for each context in which a symbol is met.
 *
 * A table is a text of one base-13 digit for each code: how many bits it has, 0 for none. The first digit belongs to
 * the escape, the others to the symbols 0, 1, 2 …; a symbol without a code is the escape and behind it the symbol's
 * number. Digits at the end that are 0 are left out.
 */
export class CodeBook {
  /** What its symbols say, for those who ask where the bytes went. */
  readonly label: string;
  readonly symbols: number;
  /** Bits of a symbol's number, behind an escape. */
  readonly numberBits: number;
  /** Bits that index a table of `lookup`. */
  readonly lookupBits: number;
  /** For each table and symbol: the code, shifted by 5, and how many bits it has. */
  readonly codes: Int32Array;
  /** For each table and the next `lookupBits` bits: the symbol, or `symbols` for the escape, shifted by 4, and its bits. */
  readonly lookup: Uint16Array;

  constructor(label: string, symbols: number, tables: readonly string[]) {
    this.label = label;
    this.symbols = symbols;
    this.numberBits = symbols < 2 ? 1 : 32 - Math.clz32(symbols - 1);
    const lengths = tables.map((text) => lengthsOf(text, symbols));
    this.lookupBits = Math.max(1, ...lengths.flat());
    this.codes = new Int32Array(tables.length * symbols);
    this.lookup = new Uint16Array(tables.length << this.lookupBits);
    lengths.forEach((each, table) => {
      this.fill(table, each);
    });
  }

  /** `lengths`: those of the symbols, that of the escape behind them. */
  private fill(table: number, lengths: readonly number[]): void {
    const codes = canonicalCodes(lengths);
    const [escape, escapeBits] = [codes[this.symbols]!, lengths[this.symbols]!];
    lengths.forEach((bits, symbol) => {
      if (bits > 0) this.spread(table, symbol, codes[symbol]!, bits);
      if (symbol === this.symbols) return;
      const [code, length] =
        bits > 0 ? [codes[symbol]!, bits] : [escape | (symbol << escapeBits), escapeBits + this.numberBits];
      this.codes[table * this.symbols + symbol] = (code << 5) | length;
    });
  }

  /** Enters a code wherever the bits behind it may be anything. */
  private spread(table: number, symbol: number, code: number, bits: number): void {
    const start = table << this.lookupBits;
    for (let rest = 0; rest < 1 << (this.lookupBits - bits); rest++) {
      this.lookup[start + (code | (rest << bits))] = (symbol << 4) | bits;
    }
  }
}

function lengthsOf(text: string, symbols: number): number[] {
  const digits = Array.from({ length: symbols + 1 }, (_, index) => Number.parseInt(text[index] ?? "0", 16));
  const isCode = digits.reduce((sum, bits) => sum + (bits === 0 ? 0 : 2 ** -bits), 0) === 1;
  const isShort = digits.every((bits) => bits <= CODE_BITS_MAX);
  if (!isCode || !isShort || text.length > symbols + 1 || digits[0] === 0) {
    throw new RangeError(`"${text}" is no code for ${symbols} symbols and an escape`);
  }
  return [...digits.slice(1), digits[0]!];
}

/** Codes in order of length, then of symbol; their bits reversed, for the first is the lowest in a stream. */
function canonicalCodes(lengths: readonly number[]): number[] {
  const codes = lengths.map(() => 0);
  let next = 0;
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) {
    next <<= 1;
    lengths.forEach((length, symbol) => {
      if (length === bits) codes[symbol] = reversed(next++, bits);
    });
  }
  return codes;
}

function reversed(code: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result |= ((code >>> bit) & 1) << (bits - 1 - bit);
  return result;
}
