import { expect, test } from "vitest";
import type { Refusal } from "./refusals.ts";
import { mistakesIn } from "./refusals.ts";

const MESSAGE = "message A [[lane(bulk)]]";
const ACCEPTED = `${MESSAGE} { u8 kind; bytes body<9> [[rest]]; }`;

/** Behind `protocol p 2 [[since(1)]];`. */
const REFUSALS: readonly Refusal[] = [
  {
    name: "a rest with a value",
    refused: `${MESSAGE} { bytes body<9> [[rest(1)]]; }`,
    says: "rest takes no values, not 1",
    accepted: ACCEPTED,
  },
  {
    name: "a rest without a bound",
    refused: `${MESSAGE} { bytes body [[rest]]; }`,
    says: "body has no bound in bytes",
    accepted: ACCEPTED,
  },
  {
    name: "a rest of text",
    refused: `${MESSAGE} { string body<9> [[rest]]; }`,
    says: "rest is for bytes, and body is none",
    accepted: `${MESSAGE} { string body<9>; }`,
  },
  {
    name: "a rest of numbers",
    refused: `${MESSAGE} { u8 body<9> [[rest]]; }`,
    says: "rest is for bytes, and body is none",
    accepted: `${MESSAGE} { u8 body<9>; }`,
  },
  {
    name: "an optional rest of text",
    refused: `${MESSAGE} { optional string body<9> [[rest]]; }`,
    says: "rest is for bytes, and body is none",
    accepted: `${MESSAGE} { optional string body<9>; }`,
  },
  {
    name: "a rest in a struct",
    refused: "struct A { bytes body<9> [[rest]]; }",
    says: "rest means nothing in a struct",
    accepted: "struct A { bytes body<9>; }",
  },
  {
    name: "a rest in an entity",
    refused: "entity A { u8 body [[rest]]; }",
    says: "rest means nothing in an entity",
    accepted: "entity A { u8 body; }",
  },
  {
    name: "a message with a rest in a struct",
    refused: `${ACCEPTED} struct B { A a; }`,
    says: `no type is named "A"`,
    accepted: `${ACCEPTED} struct B { u8 a; }`,
  },
  {
    name: "a message with a rest in a union",
    refused: `${ACCEPTED} union B : u8 { A a; }`,
    says: `no type is named "A"`,
    accepted: `${ACCEPTED} union B : u8 { u8 a; }`,
  },
  {
    name: "an rpc that asks with a rest",
    refused: `${ACCEPTED} struct B { u8 b; } rpc C(A) returns (B);`,
    says: `no struct is named "A"`,
    accepted: `${ACCEPTED} struct B { u8 b; } rpc C(B) returns (B);`,
  },
  {
    name: "a field behind the rest",
    refused: `${MESSAGE} { bytes body<9> [[rest]]; u8 kind; }`,
    says: "body takes the rest of A, and kind stands behind it",
    accepted: ACCEPTED,
  },
  {
    name: "a bit field behind the rest",
    refused: `${MESSAGE} { bytes body<9> [[rest]]; u8 kind : 3; }`,
    says: "body takes the rest of A, and kind stands behind it",
    accepted: `${MESSAGE} { u8 kind : 3; bytes body<9> [[rest]]; }`,
  },
  {
    name: "a second rest",
    refused: `${MESSAGE} { bytes head<9>, body<9> [[rest]]; }`,
    says: "head takes the rest of A, and body stands behind it",
    accepted: `${MESSAGE} { bytes head<9>; bytes body<9> [[rest]]; }`,
  },
  {
    name: "an optional rest",
    refused: `${MESSAGE} { optional bytes body<9> [[rest]]; }`,
    says: "body takes the rest of the message, which is always there",
    accepted: `${MESSAGE} { optional u8 kind; bytes body<9> [[rest]]; }`,
  },
  {
    name: "a rest that was added later",
    refused: `${MESSAGE} { u8 kind; bytes body<9> [[rest, since(2)]]; }`,
    says: "body takes the rest of the message, which cannot be added to one that had an end",
    accepted: "message A [[lane(bulk), since(2)]] { u8 kind; bytes body<9> [[rest]]; }",
  },
  {
    name: "a field that was added later behind the rest",
    refused: `${MESSAGE} { bytes body<9> [[rest]]; u8 kind [[since(2)]]; }`,
    says: "body takes the rest of A, and kind stands behind it",
    accepted: `${MESSAGE} { bytes body<9>; u8 kind [[since(2)]]; }`,
  },
  {
    name: "a field that was added later in front of the rest",
    refused: `${MESSAGE} { u8 kind [[since(2)]]; bytes body<9> [[rest]]; }`,
    says: "kind was added in version 2, and stands in front of body, which is older",
    accepted: ACCEPTED,
  },
  {
    name: "a rest over the packet limit",
    refused: `${MESSAGE} { bytes body<65535> [[rest]]; }`,
    says: "A takes up to 65536 bytes, and a packet ends at 65535",
    accepted: `${MESSAGE} { bytes body<65534> [[rest]]; }`,
  },
];

test.each(REFUSALS)("$name is refused, once, and its neighbour is not", ({ refused, says, accepted }) => {
  const mistakes = mistakesIn(`protocol p 2 [[since(1)]]; ${refused}`);

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(says);
  expect(mistakesIn(`protocol p 2 [[since(1)]]; ${accepted}`)).toEqual([]);
});
