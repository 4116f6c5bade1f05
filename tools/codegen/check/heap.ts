import type { DeclarationNode, ExpressionNode } from "../ast.ts";
import type { HeapCost } from "../heap-cost.ts";
import { dearestDecode, excessOf, HEAP_EXCESS_MAX, HEAP_PER_BYTE_MAX, HeapCosts } from "../heap-cost.ts";
import type { FieldLayout, RecordLayout, SchemaLayout, VariantLayout, WholeType } from "../layout.ts";
import { type Nested, nestedOf } from "../nested.ts";
import type { Problems } from "./problems.ts";

/** A list or array, and where it is declared. */
interface Place {
  readonly owner: RecordLayout;
  readonly field: FieldLayout;
}

/** Reports what a small packet could make a decoder take much memory for. */
export function checkHeap(layout: SchemaLayout, declarations: readonly DeclarationNode[], problems: Problems): void {
  const { structs, unions, messages, versionMin } = layout;
  const costs = new HeapCosts(versionMin);
  const all: readonly Nested[] = [...structs, ...unions, ...messages];
  const dear = new Set(all.filter((each) => isDear(dearestDecode(each, costs))));
  for (const each of dear) {
    // It is told once, where it begins.
    const isToldInside = nestedIn(each).some((inner) => dear.has(inner));
    if (!isToldInside) report(each, costs, declarations, problems);
  }
}

function report(of: Nested, costs: HeapCosts, declarations: readonly DeclarationNode[], problems: Problems): void {
  const { heapBytes, wireBytes } = dearestDecode(of, costs);
  const allowed = HEAP_PER_BYTE_MAX * wireBytes + HEAP_EXCESS_MAX;
  const input = wireBytes === 1 ? "1 byte" : `${wireBytes} bytes`;
  const says = `${of.name} can take ${heapBytes} bytes of memory for ${input} of input, and may take ${allowed}`;
  for (const place of placesOf(of, costs)) {
    const shape = shapeWritten(place, declarations);
    const bound = shape === undefined ? 0 : boundAccepted(of, place.field, costs.versionMin);
    if (shape === undefined || bound === 0) continue;
    const written = shape.kind === "array" ? `[${bound}]` : `<${bound}>`;
    const advice = `write ${place.field.name}${written}, or give what it holds fewer and larger fields, or send it in parts`;
    problems.report(shape.expression.span, says, advice);
    return;
  }
  problems.report(of.span, says, "write fewer and larger fields, lower the bounds, or send it in parts");
}

function isDear(cost: HeapCost): boolean {
  return excessOf(cost) > HEAP_EXCESS_MAX;
}

/** The lists and arrays that the cost comes from, outermost first. */
function placesOf(of: Nested, costs: HeapCosts): Place[] {
  const places: Place[] = [];
  let nested: Nested | undefined = of;
  while (nested !== undefined) {
    if (nested.kind === "union") {
      const variant: VariantLayout | undefined = largest(nested.variants, ({ type }) =>
        excessOf(costs.ofElement(type).peak),
      );
      nested = variant === undefined ? undefined : nestedOf(variant.type);
      continue;
    }
    const field = largest(nested.fields.filter(isWhole), (each) => excessOf(costs.ofField(each).peak));
    const bare = field?.type.kind === "optional" ? field.type.of.kind : field?.type.kind;
    if (field !== undefined && (bare === "list" || bare === "array")) places.push({ owner: nested, field });
    nested = field === undefined ? undefined : nestedOf(field.type);
  }
  return places;
}

/** The highest bound of the field with which `of` is accepted; 0 when there is none. */
function boundAccepted(of: Nested, field: FieldLayout, versionMin: number): number {
  let [good, bad] = [0, 65_536];
  while (bad - good > 1) {
    const bound = (good + bad) >> 1;
    if (isDear(dearestDecode(of, new HeapCosts(versionMin, { field, bound })))) bad = bound;
    else good = bound;
  }
  return good;
}

function shapeWritten(
  { owner, field }: Place,
  declarations: readonly DeclarationNode[],
): { readonly kind: "array" | "list"; readonly expression: ExpressionNode } | undefined {
  for (const node of declarations) {
    if ((node.kind !== "struct" && node.kind !== "message") || node.name.span !== owner.span) continue;
    const shape = node.fields.find(({ name }) => name.span === field.span)?.shape;
    if (shape?.kind === "array") return { kind: "array", expression: shape.count };
    if (shape?.kind === "bounded") return { kind: "list", expression: shape.bound };
  }
  return undefined;
}

/** Structs and unions inside, those inside of them included. */
function nestedIn(of: Nested): Nested[] {
  const found = new Set<Nested>();
  const open: Nested[] = [of];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const types = each.kind === "union" ? each.variants : each.fields;
    for (const { type } of types) {
      const inner = nestedOf(type);
      if (inner === undefined || found.has(inner)) continue;
      found.add(inner);
      open.push(inner);
    }
  }
  return [...found];
}

function largest<Item>(items: readonly Item[], sizeOf: (item: Item) => number): Item | undefined {
  let found: Item | undefined;
  for (const item of items) if (found === undefined || sizeOf(item) > sizeOf(found)) found = item;
  return found;
}

function isWhole(field: FieldLayout): field is FieldLayout<WholeType> {
  return field.type.kind !== "bits";
}
