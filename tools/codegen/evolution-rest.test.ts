import { expect, test } from "vitest";
import { compareSchemas } from "./evolution.ts";
import { layoutOf } from "./evolutions.ts";
import { protocolHash, versionHashes } from "./protocol-hash.ts";

const OLDER = `protocol game 3;
message Blob [[lane(bulk)]] { u8 kind; bytes body<9> [[rest]]; };
message Note [[lane(event)]] { u8 kind; bytes body<9>; };
`;

/** OLDER with one change, as version 4 that would like to speak 3. */
function newerOf(from: string, to: string): string {
  expect(OLDER).toContain(from);
  return OLDER.replace("game 3", "game 4 [[since(3)]]").replace(from, to);
}

const ANOTHER = "declare another message with it";

test.each([
  [
    "the rest is removed",
    " bytes body<9> [[rest]];",
    "",
    "Blob.body",
    "removed, which moves every byte behind it",
    "keep it, unused",
  ],
  [
    "the rest gets a length in front",
    "body<9> [[rest]]",
    "body<9>",
    "Blob.body",
    "changed from bytes<9> [[rest]] to bytes<9>",
    "keep it, and declare another message",
  ],
  [
    "bytes lose the length in front",
    "body<9>; };",
    "body<9> [[rest]]; };",
    "Note.body",
    "changed from bytes<9> to bytes<9> [[rest]]",
    "keep it, and declare another message",
  ],
  [
    "a rest with another bound",
    "body<9> [[rest]]",
    "body<10> [[rest]]",
    "Blob.body",
    "rebound from bytes<9> [[rest]] to bytes<10> [[rest]]",
    "keep it, and declare another message",
  ],
  [
    "a rest is appended",
    "body<9>; };",
    "body<9>; bytes more<9> [[rest]]; };",
    "Note.more",
    "takes the rest of a message that had an end",
    ANOTHER,
  ],
  [
    "a field is inserted in front of the rest",
    "bytes body<9> [[rest]]",
    "u8 hops; bytes body<9> [[rest]]",
    "Blob.hops",
    "inserted in front of body, which moves every byte behind it",
    ANOTHER,
  ],
  [
    "a field is appended in the place of the rest",
    "bytes body<9> [[rest]];",
    "u8 hops [[since(4)]];",
    "Blob.hops",
    "appended behind body, which took the rest of the message",
    ANOTHER,
  ],
  [
    "a field is appended behind what was the rest",
    "[[rest]];",
    "; optional u8 hops [[since(4)]];",
    "Blob.hops",
    "appended behind body, which took the rest of the message",
    ANOTHER,
  ],
])("%s, which breaks", (_, from, to, subject, says, advice) => {
  const [older, newer] = [layoutOf("old.wire", OLDER), layoutOf("new.wire", newerOf(from, to))];
  const changes = compareSchemas(older, newer);

  expect(changes.filter(({ verdict }) => verdict === "breaking").length).toBe(changes.length);
  expect(changes.find((change) => change.subject === subject)).toMatchObject({ says, advice });
  expect(versionHashes(newer).map(({ hash }) => hash)).not.toContain(protocolHash(older));
});

test("a field behind the rest is no schema, and the mistake says what to do", () => {
  const to = "[[rest]]; u8 hops [[since(4)]];";

  expect(() => layoutOf("new.wire", newerOf("[[rest]];", to))).toThrow("body takes the rest of Blob, and hops stands");
});

test("a new message with a rest breaks nothing", () => {
  const added = "message Heap [[lane(bulk), since(4)]] { bytes body<9> [[rest]]; };\n";
  const [older, newer] = [layoutOf("old.wire", OLDER), layoutOf("new.wire", newerOf("<9>; };\n", `<9>; };\n${added}`))];

  expect(compareSchemas(older, newer)).toMatchObject([{ verdict: "compatible", subject: "Heap" }]);
  expect(versionHashes(newer).map(({ hash }) => hash)).toContain(protocolHash(older));
});
