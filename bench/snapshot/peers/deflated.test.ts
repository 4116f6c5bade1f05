import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeAndCheck } from "../measure.ts";
import { createScene } from "../scene.ts";
import { deflated } from "./deflated.ts";
import { jsonDelta } from "./json-delta.ts";

const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

test("10 messages and their tails are one raw deflate stream of the plain messages", async () => {
  const scene = createScene({ motion: "smooth", view: "all", lag: "1", ticks: 10 });
  const plain = await encodeAndCheck(jsonDelta, scene);
  const packed = await encodeAndCheck(deflated(jsonDelta), scene);

  const stream = Buffer.concat([...packed.flat().flatMap((bytes) => [bytes, TAIL]), Uint8Array.of(0x03, 0x00)]);

  expect(inflateRawSync(stream).equals(Buffer.concat(plain.flat()))).toBe(true);
});

test("a message that was sent before costs next to nothing the second time", async () => {
  const scene = createScene({ motion: "smooth", view: "near", lag: "1", ticks: 1 });
  const step = scene.steps[0]![0]!;
  const session = deflated(jsonDelta).open(1);
  const sizes = [await session.encode(0, step), await session.encode(0, step)].map(({ length }) => length);
  session.close?.();

  expect(sizes[0]).toBeGreaterThan(500);
  expect(sizes[1]).toBeLessThan(50);
});
