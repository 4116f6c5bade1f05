import type {
  BitsType,
  ElementType,
  FieldLayout,
  FieldType,
  Part,
  PresentType,
  RestType,
  RecordLayout,
  UnionLayout,
  WholeType,
} from "./layout.ts";
import { isFixed, prefixFor } from "./layout.ts";

/** What a decoder may allocate for each byte that it is sent. */
export const HEAP_PER_BYTE_MAX = 16;
/** What it may allocate beyond that. */
export const HEAP_EXCESS_MAX = 65_536;

/** Bytes of heap that decoding so many bytes of a packet may take. */
export interface HeapCost {
  readonly heapBytes: number;
  readonly wireBytes: number;
}

/** A field whose bound is in question, and what it is instead. */
export interface OtherBound {
  readonly field: FieldLayout;
  readonly bound: number;
}

/** Measured in V8 without compressed pointers, where everything is largest; rounded up. */
const OBJECT_BYTES = 24;
const SLOT_BYTES = 8;
/** An object with more fields than this keeps them in a hash table. */
const PLAIN_FIELDS_MAX = 1_000;
const TABLE_SLOT_BYTES = 80;
/** The array, and the head of what it keeps its elements in. */
const ARRAY_BYTES = 48;
const VIEW_BYTES = 104;
/** The view, and the buffer that is made for it. */
const EMPTY_BYTES_BYTES = 256;
/** A number that is no small whole one, and one more on the way to it. */
const NUMBER_BYTES = 32;
/** V8 keeps whole numbers of up to 31 bits, signs included, where they stand. */
const SMALL_BITS_MAX = 30;
const BIGINT_BYTES = 24;
/** What the message itself is handed over in, and room for what a call takes. */
const ENVELOPE_BYTES = 4_096;

const NOTHING: HeapCost = { heapBytes: 0, wireBytes: 0 };

/** What a cost has over what its own bytes allow; below 0 when it stays under that. */
export function excessOf({ heapBytes, wireBytes }: HeapCost): number {
  return heapBytes - HEAP_PER_BYTE_MAX * wireBytes;
}

/** The dearest that some packet can make decoding a record or union, whether it is accepted or refused half-way. */
export function dearestDecode(of: RecordLayout | UnionLayout, costs: HeapCosts): HeapCost {
  return plus(costs.ofNested(of).peak, heap(ENVELOPE_BYTES));
}

/** What a type costs. */
export interface Costs {
  /** The dearest value that is accepted, by what it costs over its bytes. */
  readonly whole: HeapCost;
  /** The dearest moment on the way to it: bytes that come later may be missing. */
  readonly peak: HeapCost;
}

/** Costs of the types of one schema; each struct and union is worked out once. */
export class HeapCosts {
  /** The oldest version that is spoken: its peers leave newer fields to their defaults. */
  readonly versionMin: number;
  private readonly other: OtherBound | undefined;
  private readonly known = new Map<RecordLayout | UnionLayout, Costs>();

  constructor(versionMin: number, other?: OtherBound) {
    this.versionMin = versionMin;
    this.other = other;
  }

  ofNested(of: RecordLayout | UnionLayout): Costs {
    const known = this.known.get(of);
    if (known !== undefined) return known;
    const costs = of.kind === "union" ? this.ofUnion(of) : this.ofRecord(of);
    this.known.set(of, costs);
    return costs;
  }

  /** The value of a field that has bytes of its own, without the slot that it stands in. */
  ofField(field: FieldLayout<WholeType>): Costs {
    const { type } = field;
    const costs = this.ofPresent(type.kind === "optional" ? type.of : type, field);
    if (type.kind === "optional") return { ...costs, whole: worse(NOTHING, costs.whole) };
    if (field.since <= this.versionMin) return costs;
    const bound = type.kind === "array" ? { count: this.boundOf(field, type.count) } : undefined;
    const missing = heap(defaultBytes({ ...type, ...bound }));
    return { whole: worse(costs.whole, missing), peak: worse(costs.peak, missing) };
  }

  ofElement(type: ElementType): Costs {
    switch (type.kind) {
      case "bool":
        return accepted(0, 1);
      case "int":
        return accepted(type.bits === 64 ? BIGINT_BYTES : type.bits === 32 ? NUMBER_BYTES : 0, type.bits / 8);
      case "float":
        return accepted(NUMBER_BYTES, type.bits / 8);
      case "enum":
        return this.ofElement(type.of.base);
      case "struct":
      case "union":
        return this.ofNested(type.of);
    }
  }

  private ofPresent(type: PresentType | RestType, field: FieldLayout): Costs {
    switch (type.kind) {
      case "string":
        // The empty one: from the first character on its bytes allow more than a text takes.
        return accepted(0, type.prefixBytes);
      case "bytes":
        return accepted(VIEW_BYTES, type.prefixBytes);
      case "chars":
        return accepted(type.count === 1 ? 0 : OBJECT_BYTES + 6 * type.count, type.count);
      case "list": {
        const bound = this.boundOf(field, type.bound);
        const list = this.ofElements(type.element, bound, prefixFor(bound));
        return { ...list, whole: worse({ heapBytes: ARRAY_BYTES, wireBytes: prefixFor(bound) }, list.whole) };
      }
      case "array":
        return this.ofElements(type.element, this.boundOf(field, type.count), 0);
      case "bool":
      case "int":
      case "float":
      case "enum":
      case "struct":
      case "union":
        return this.ofElement(type);
    }
  }

  private ofElements(element: ElementType, count: number, prefixBytes: number): Costs {
    const { whole, peak } = this.ofElement(element);
    const head = { heapBytes: ARRAY_BYTES, wireBytes: prefixBytes };
    const inSlot = plus(whole, heap(SLOT_BYTES));
    const all = plus(head, times(inSlot, count));
    const isChecked = !isNested(element) || isFixed(element.of);
    // All bytes of elements of one size are known to be there before anything is made of them.
    if (isChecked) return { whole: all, peak: worse(head, all) };
    // Of others the first bytes alone: their slots are made, and then the bytes may end within the first.
    const slots = plus(head, times(worse(inSlot, heap(SLOT_BYTES)), count));
    return { whole: all, peak: plus(slots, worse(NOTHING, peak)) };
  }

  private ofUnion({ base, variants }: UnionLayout): Costs {
    const tag = { heapBytes: 0, wireBytes: base.bits / 8 };
    const costs = variants.map(({ type }) => this.ofElement(type));
    const object = plus(tag, heap(objectBytes(2)));
    const whole = plus(object, dearest(costs.map((cost) => cost.whole)));
    return { whole, peak: worse(whole, plus(tag, dearest(costs.map((cost) => cost.peak)))) };
  }

  private ofRecord({ kind, parts, fields }: RecordLayout): Costs {
    let so: HeapCost = { heapBytes: 0, wireBytes: kind === "message" ? 1 : 0 };
    let peak: HeapCost = NOTHING;
    for (const part of parts) {
      const costs = this.ofPart(part);
      peak = worse(peak, plus(so, costs.peak));
      so = plus(so, costs.whole);
    }
    const whole = plus(so, heap(objectBytes(fields.length)));
    return { whole, peak: worse(peak, whole) };
  }

  private ofPart(part: Part): Costs {
    if (part.kind === "whole") return this.ofField(part.field);
    const values = part.slices.flatMap((slice) => (slice.kind === "value" ? [slice.field.type] : []));
    const heapBytes = values.reduce((sum, type) => sum + bitsHeapBytes(type), 0);
    // Older peers do not send it, and its values have defaults.
    return accepted(heapBytes, part.since > this.versionMin ? 0 : part.bytes);
  }

  private boundOf(field: FieldLayout, bound: number): number {
    return this.other?.field === field ? this.other.bound : bound;
  }
}

function accepted(heapBytes: number, wireBytes: number): Costs {
  const cost = { heapBytes, wireBytes };
  return { whole: cost, peak: cost };
}

function heap(heapBytes: number): HeapCost {
  return { heapBytes, wireBytes: 0 };
}

function plus(a: HeapCost, b: HeapCost): HeapCost {
  return { heapBytes: a.heapBytes + b.heapBytes, wireBytes: a.wireBytes + b.wireBytes };
}

function times({ heapBytes, wireBytes }: HeapCost, count: number): HeapCost {
  return { heapBytes: heapBytes * count, wireBytes: wireBytes * count };
}

function worse(a: HeapCost, b: HeapCost): HeapCost {
  return excessOf(b) > excessOf(a) ? b : a;
}

function dearest(costs: readonly HeapCost[]): HeapCost {
  return costs.length === 0 ? NOTHING : costs.reduce(worse);
}

function objectBytes(fields: number): number {
  return OBJECT_BYTES + fields * (fields > PLAIN_FIELDS_MAX ? TABLE_SLOT_BYTES : SLOT_BYTES);
}

function isNested(type: ElementType): type is ElementType & { kind: "struct" | "union" } {
  return type.kind === "struct" || type.kind === "union";
}

function bitsHeapBytes({ meaning, width }: BitsType): number {
  if (meaning.kind === "quantized") return NUMBER_BYTES;
  return meaning.kind === "int" && width > SMALL_BITS_MAX ? NUMBER_BYTES : 0;
}

/** What a field takes that an older peer did not send. */
function defaultBytes(type: FieldType): number {
  switch (type.kind) {
    case "array":
      return ARRAY_BYTES + type.count * (SLOT_BYTES + defaultBytes(type.element));
    case "list":
      return ARRAY_BYTES;
    case "bytes":
      return EMPTY_BYTES_BYTES;
    case "struct":
      return type.of.fields.reduce((sum, field) => sum + defaultBytes(field.type), objectBytes(type.of.fields.length));
    case "int":
      return type.bits === 64 ? BIGINT_BYTES : 0;
    case "bits":
    case "float":
    case "enum":
      return NUMBER_BYTES;
    case "bool":
    case "string":
    case "chars":
    case "optional":
    case "union":
      return 0;
  }
}
