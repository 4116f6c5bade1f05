import { expect, test } from "vitest";
import * as arena from "../../shared/schema/generated/arena.ts";
import * as engine from "../../shared/schema/generated/engine.ts";
import { allocatedBytes } from "./allocated-bytes.ts";
import * as kitchen from "./golden/kitchen.ts";
import type { PrintedModule, PrintedSchema } from "./golden-codecs.ts";
import { codecOf, layoutOf } from "./golden-codecs.ts";
import type { FieldType, MessageLayout, RecordLayout } from "./layout.ts";
import type { Draw } from "./sample-values.ts";
import { drawsOf, sampleOf } from "./sample-values.ts";

const SCHEMAS: readonly PrintedSchema[] = [
  { module: arena, layout: layoutOf("../../shared/schema/arena.wire") },
  { module: engine, layout: layoutOf("../../shared/schema/engine.wire") },
  { module: kitchen, layout: layoutOf("golden/kitchen.wire") },
];
const MESSAGES = SCHEMAS.flatMap(({ module, layout }) =>
  layout.messages.map((message) => ({ module, layout, message })),
);
const MUTATIONS = 1_000_000;
/** As many for each message, a few more altogether. */
const MUTATIONS_EACH = Math.ceil(MUTATIONS / MESSAGES.length);
const SEEDS_EACH = 64;

/** Bytes that are worth trying: ends of ranges, signs, and what UTF-8 does not have. */
const INTERESTING = [0, 1, 2, 0x7f, 0x80, 0xbf, 0xc0, 0xe0, 0xf0, 0xf8, 0xfe, 0xff];

/** Changes a few bytes in place, and says how many of them are left. */
function mutate(bytes: Uint8Array, length: number, draw: Draw): number {
  if (length === 0) return 0;
  for (let change = draw(3); change >= 0; change--) {
    const at = draw(length);
    bytes[at] = draw(2) === 0 ? INTERESTING[draw(INTERESTING.length)]! : bytes[at]! ^ (1 << draw(8));
  }
  const kind = draw(8);
  if (kind === 0) return draw(length);
  return kind === 1 ? Math.min(bytes.length, length + 1 + draw(8)) : length;
}

/** Encoded values, each with room for a few bytes behind it. */
function packetsOf(module: PrintedModule, message: MessageLayout, draw: Draw): { bytes: Uint8Array; length: number }[] {
  const { encode } = codecOf(module, message.name);
  return Array.from({ length: SEEDS_EACH }, () => {
    const encoded = encode(sampleOf(message, draw));
    const bytes = new Uint8Array(encoded.length + 16);
    bytes.set(encoded);
    return { bytes, length: encoded.length };
  });
}

test(
  "a million mutated packets, of every message, are a value or refused, and never throw",
  { timeout: 60_000 },
  () => {
    const draw = drawsOf(11);
    let accepted = 0;
    let tried = 0;
    for (const { module, layout, message } of MESSAGES) {
      const { decode } = codecOf(module, message.name);
      const packets = packetsOf(module, message, draw);
      const work = new Uint8Array(Math.max(...packets.map(({ bytes }) => bytes.length)));
      for (let run = 0; run < MUTATIONS_EACH; run++) {
        const { bytes, length } = packets[run % SEEDS_EACH]!;
        work.set(bytes);
        const end = mutate(work.subarray(0, bytes.length), length, draw);
        const peerVersion = layout.versionMin + draw(layout.version - layout.versionMin + 2);
        if (decode(work.subarray(0, end), 0, peerVersion) !== undefined) accepted += 1;
        tried += 1;
      }
    }

    expect(tried).toBeGreaterThanOrEqual(MUTATIONS);
    expect(accepted).toBeGreaterThan(MUTATIONS / 20);
    expect(accepted).toBeLessThan(MUTATIONS);
  },
);

const heapUsedBytes = (): number => process.memoryUsage().heapUsed;

test.each(MESSAGES.map(({ module, message }) => ({ name: message.name, module, message })))(
  "$name: any bytes cost at most 16 times their length and 64 KB, whatever lengths they claim",
  ({ module, message }) => {
    const draw = drawsOf(13);
    const { decode } = codecOf(module, message.name);
    const packets = packetsOf(module, message, draw);
    for (const { bytes, length } of packets) {
      const lie = bytes.slice(0, length);
      mutate(lie, length, draw);
      lie.fill(0xff, Math.min(length, 1 + draw(length)), Math.min(length, 4));

      expect(allocatedBytes(() => decode(lie), heapUsedBytes)[0]).toBeLessThanOrEqual(16 * length + 65_536);
    }
  },
);

/** Texts, lists and bytes of a value that hold more than the schema declares, by their paths. */
function overBounds(type: FieldType, value: unknown, path: string): string[] {
  switch (type.kind) {
    case "optional":
      return value === undefined ? [] : overBounds(type.of, value, path);
    case "string":
      return overIf(new TextEncoder().encode(value as string).length, type.bound, path);
    case "chars":
      return overIf(new TextEncoder().encode(value as string).length, type.count, path);
    case "bytes":
      return overIf((value as Uint8Array).length, type.bound, path);
    case "list":
    case "array": {
      const elements = value as readonly unknown[];
      const inside = elements.flatMap((element, at) => overBounds(type.element, element, `${path}[${at}]`));
      return [...overIf(elements.length, type.kind === "list" ? type.bound : type.count, path), ...inside];
    }
    case "struct":
      return overBoundsOf(type.of, value as Readonly<Record<string, unknown>>, path);
    case "union": {
      const { type: name, value: inner } = value as { readonly type: string; readonly value: unknown };
      return overBounds(type.of.variants.find((variant) => variant.name === name)!.type, inner, `${path}.${name}`);
    }
    case "bits":
    case "bool":
    case "int":
    case "float":
    case "enum":
      return [];
  }
}

function overBoundsOf(record: RecordLayout, value: Readonly<Record<string, unknown>>, path: string): string[] {
  return record.fields.flatMap(({ name, type }) => overBounds(type, value[name], `${path}.${name}`));
}

function overIf(length: number, bound: number, path: string): string[] {
  return length > bound ? [`${path}: ${length} of ${bound}`] : [];
}

test("of 1,000 mutated packets of every message what is accepted never holds more than the schema declares", () => {
  const draw = drawsOf(17);
  let accepted = 0;
  for (const { module, message } of MESSAGES) {
    const { decode } = codecOf(module, message.name);
    const packets = packetsOf(module, message, draw);
    for (let run = 0; run < 1_000; run++) {
      const { bytes, length } = packets[run % SEEDS_EACH]!;
      const work = bytes.slice();
      const value = decode(work.subarray(0, mutate(work, length, draw)));
      if (value === undefined) continue;
      accepted += 1;
      expect(overBoundsOf(message, value as Readonly<Record<string, unknown>>, message.name)).toEqual([]);
    }
  }

  expect(accepted).toBeGreaterThan(1_000);
});
