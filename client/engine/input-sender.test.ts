import { expect, test } from "vitest";
import type { InputCodec } from "../../shared/engine/wire/protocol.ts";
import { decodeInputs } from "../../shared/schema/generated/engine.ts";
import { InputSender } from "./input-sender.ts";

const BYTE: InputCodec<number> = {
  bytes: 1,
  encodeInto(value, bytes, offset) {
    bytes[offset] = value;
    return offset + 1;
  },
  decode: (bytes, offset = 0) => bytes[offset],
};

/** What the next message carries. */
function takenOf(sender: InputSender<number>): { sequence: number; inputs: number[] } | undefined {
  const message = sender.take();
  if (message === undefined) return undefined;
  const { sequence, inputs } = decodeInputs(message)!;
  return { sequence, inputs: [...inputs] };
}

test("inputs leave together, oldest first, numbered from 1; then none are left", () => {
  const sender = new InputSender(BYTE, 30);
  expect(sender.newestSequence).toBe(0);
  for (const input of [10, 20, 30]) sender.add(input);

  expect(takenOf(sender)).toEqual({ sequence: 1, inputs: [10, 20, 30] });
  expect(sender.newestSequence).toBe(3);
  expect(takenOf(sender)).toBeUndefined();
  sender.add(40);
  expect(takenOf(sender)).toEqual({ sequence: 4, inputs: [40] });
});

test("those that wait for more than 250 ms are dropped and have no number: of 20 at 30 Hz 8 leave", () => {
  const sender = new InputSender(BYTE, 30);
  for (let input = 1; input <= 20; input++) sender.add(input);

  expect(takenOf(sender)).toEqual({ sequence: 1, inputs: [13, 14, 15, 16, 17, 18, 19, 20] });
});

test("what was wanted before a new connection does not leave, and takes no number", () => {
  const sender = new InputSender(BYTE, 30);
  sender.add(1);
  takenOf(sender);
  for (const input of [2, 3]) sender.add(input);

  sender.forget();
  sender.add(4);

  expect(takenOf(sender)).toEqual({ sequence: 2, inputs: [4] });
});

test("numbers wrap: 4,294,967,295 is followed by 0", () => {
  const sender = new InputSender(BYTE, 30, 2 ** 32 - 2);
  for (const input of [1, 2, 3]) sender.add(input);

  expect(takenOf(sender)).toEqual({ sequence: 2 ** 32 - 2, inputs: [1, 2, 3] });
  expect(sender.newestSequence).toBe(0);
});

test("a message holds 240 bytes of inputs: of 300 at 2,000 Hz the newest 240 leave", () => {
  const sender = new InputSender(BYTE, 2_000);
  for (let input = 0; input < 300; input++) sender.add(input % 200);

  expect(takenOf(sender)!.inputs).toHaveLength(240);
});
