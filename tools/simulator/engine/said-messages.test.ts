import { expect, test } from "vitest";
import { SaidMessages } from "./said-messages.ts";

const HELLO = Uint8Array.of(40, 1, 2, 3);
const BYE = Uint8Array.of(40, 9, 9);

test("a message counts from when it was said, though it comes in two parts", () => {
  const said = new SaidMessages();
  said.say(HELLO, 0);
  said.say(BYE, 5);
  said.begins(HELLO.subarray(0, 2), 4);
  said.ends(30);
  said.begins(BYE, 3);
  said.ends(31);

  expect(said.latenciesMs).toEqual([30, 26]);
});

test.each([
  { what: "other bytes", bytes: Uint8Array.of(41, 1, 2, 3) },
  { what: "another length", bytes: Uint8Array.of(40, 1, 2) },
])("what has $what was said by somebody else", ({ bytes }) => {
  const said = new SaidMessages();
  said.say(HELLO, 0);
  said.begins(bytes, bytes.length);
  said.ends(20);
  said.begins(HELLO, 4);
  said.ends(30);

  expect(said.latenciesMs).toEqual([30]);
});

test("a message whose link was lost half-way is told again, and counts once", () => {
  const said = new SaidMessages();
  said.say(HELLO, 0);
  said.begins(HELLO.subarray(0, 2), 4);
  said.begins(HELLO, 4);
  said.ends(90);

  expect(said.latenciesMs).toEqual([90]);
});
