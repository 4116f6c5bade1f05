import { expect, test } from "vitest";
import type { BulkTransfer } from "tickwire/shared";
import { FileShelf } from "./file-shelf.ts";
import { FILE_BYTES_MAX } from "./generated/chat.ts";

/** Puts a whole file on the shelf, of somebody new unless a sender is named; its one delivery, which ends when a test says so, or undefined when it was refused. */
function put(shelf: FileShelf, bytes: number, sender: object = {}): { state: BulkTransfer["state"] } | undefined {
  const delivery: { state: BulkTransfer["state"] } = { state: "running" };
  const sink = shelf.receive(sender, bytes, () => [delivery]);
  sink?.end("done");
  return sink && delivery;
}

test("a file is handed on whole, in the order of its blocks", () => {
  const delivered: Uint8Array[] = [];
  const sink = new FileShelf().receive({}, 5, (content) => {
    delivered.push(content);
    return [];
  })!;

  sink.write(Uint8Array.of(1, 2, 3));
  sink.write(Uint8Array.of(4, 5));
  sink.end("done");

  expect(delivered).toEqual([Uint8Array.of(1, 2, 3, 4, 5)]);
});

test("eight files of 8 MB are held while one member has not got them, a ninth of a byte is refused; one that ends makes room", () => {
  const shelf = new FileShelf();
  const held = Array.from({ length: 8 }, () => put(shelf, FILE_BYTES_MAX));
  expect(held).not.toContain(undefined);
  expect(put(shelf, 1)).toBeUndefined();

  held[3]!.state = "lost";

  expect(put(shelf, FILE_BYTES_MAX)).toBeDefined();
  expect(put(shelf, 1)).toBeUndefined();
});

test("32 files of a byte are held, and no 33rd; an upload that was broken off is held no more", () => {
  const shelf = new FileShelf();
  const begun = shelf.receive({}, 1, () => []);
  for (let i = 1; i < 32; i++) expect(put(shelf, 1)).toBeDefined();
  expect(put(shelf, 1)).toBeUndefined();

  begun!.end("lost");

  expect(put(shelf, 1)).toBeDefined();
});

test("8 MB are taken, a byte more is not, and neither is nothing or a stream without an end", () => {
  const shelf = new FileShelf();

  expect(shelf.receive({}, FILE_BYTES_MAX, () => [])).toBeDefined();
  for (const size of [FILE_BYTES_MAX + 1, 0, undefined]) expect(shelf.receive({}, size, () => [])).toBeUndefined();
});

test("four files of one sender are held, and no fifth, while another's is taken; one that ends makes room", () => {
  const shelf = new FileShelf();
  const sender = {};
  const held = Array.from({ length: 4 }, () => put(shelf, 1, sender));
  expect(held).not.toContain(undefined);
  expect(put(shelf, 1, sender)).toBeUndefined();
  expect(put(shelf, 1)).toBeDefined();

  held[0]!.state = "done";

  expect(put(shelf, 1, sender)).toBeDefined();
});
