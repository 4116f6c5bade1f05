import { expect, test } from "vitest";
import { MessageAssembler } from "./message-assembler.ts";
import { type Frame, Part } from "./packet.ts";

const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i & 0xff);

function frame(part: Part, payload: Uint8Array, messageBytes = payload.length): Frame {
  return { lane: 2, part, payload, messageBytes, bytes: payload.length + 1 };
}

test("a message in three parts is whole with the last one, and the next may come whole", () => {
  const assembler = new MessageAssembler(1000);

  expect(assembler.add(frame(Part.FIRST, bytes(300), 1000))).toBe("partial");
  expect(assembler.add(frame(Part.MIDDLE, bytes(300)))).toBe("partial");
  expect(assembler.heldBytes).toBe(600);
  const message = assembler.add(frame(Part.LAST, bytes(400)));

  expect(message).toEqual(Uint8Array.from([...bytes(300), ...bytes(300), ...bytes(400)]));
  expect(assembler.heldBytes).toBe(0);
  expect(assembler.add(frame(Part.WHOLE, bytes(5)))).toEqual(bytes(5));
});

test.each<[string, Frame[], string]>([
  ["a message of 1,001 bytes where 1,000 are allowed", [frame(Part.FIRST, bytes(1), 1001)], "too large"],
  ["a whole one between two parts", [frame(Part.FIRST, bytes(1), 9), frame(Part.WHOLE, bytes(1))], "bad"],
  ["a second beginning", [frame(Part.FIRST, bytes(1), 9), frame(Part.FIRST, bytes(1), 9)], "bad"],
  ["a middle without a beginning", [frame(Part.MIDDLE, bytes(1))], "bad"],
  ["an end without a beginning", [frame(Part.LAST, bytes(1))], "bad"],
  ["an end that comes too soon", [frame(Part.FIRST, bytes(1), 9), frame(Part.LAST, bytes(7))], "bad"],
  ["an end that comes too late", [frame(Part.FIRST, bytes(1), 9), frame(Part.LAST, bytes(9))], "bad"],
  ["a middle that has everything", [frame(Part.FIRST, bytes(1), 9), frame(Part.MIDDLE, bytes(8))], "bad"],
  ["a part of nothing", [frame(Part.FIRST, bytes(1), 9), frame(Part.MIDDLE, bytes(0))], "bad"],
  ["a beginning that says 0 bytes", [frame(Part.FIRST, bytes(1), 0)], "bad"],
])("%s is refused", (_, frames, verdict) => {
  const assembler = new MessageAssembler(1000);

  const verdicts = frames.map((each) => assembler.add(each));

  expect(verdicts.at(-1)).toBe(verdict);
});

test("what is announced is not paid for: 1 byte of 1,000,000 holds 1", () => {
  const assembler = new MessageAssembler(1_000_000);

  assembler.add(frame(Part.FIRST, bytes(1), 1_000_000));

  expect(assembler.heldBytes).toBe(1);
});
