import type { BulkOffer, BulkSink, BulkSource } from "tickwire/shared";
import { FILE_BYTES_MAX } from "./generated/chat.ts";

/** Pictures that are shown; anything else, and whatever could hold a script, is offered for saving. */
const PICTURES = new Map([
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
]);

/** Keeps what a server transfers, of at most `FILE_BYTES_MAX` bytes, and hands it over whole; undefined for more than that. */
export function fileSink({ size }: BulkOffer, onWhole: (blocks: BlobPart[]) => void): BulkSink | undefined {
  if (size === undefined || size > FILE_BYTES_MAX) return undefined;
  const blocks: BlobPart[] = [];
  return {
    write: (block) => blocks.push(block as Uint8Array<ArrayBuffer>) > 0,
    end: (outcome) => {
      if (outcome === "done") onWhole(blocks);
    },
  };
}

/** A file of the page, as it is sent. */
export function fileSource(name: string, content: Uint8Array): BulkSource {
  const read = (offset: number, bytesMax: number): Uint8Array => content.subarray(offset, offset + bytesMax);
  return { name, size: content.length, read };
}

/** A picture, or a link that saves the file. */
export function fileElement(name: string, content: BlobPart[]): HTMLElement {
  const type = PICTURES.get(name.split(".").at(-1)!.toLowerCase());
  const url = URL.createObjectURL(new Blob(content, { type: type ?? "application/octet-stream" }));
  if (type === undefined)
    return Object.assign(document.createElement("a"), { href: url, download: name, textContent: "save" });
  return Object.assign(document.createElement("img"), { src: url, alt: name });
}

/** Lets go of the bytes behind a file's element. */
export function forgetFile(element: Element): void {
  if (element instanceof HTMLImageElement) URL.revokeObjectURL(element.src);
  if (element instanceof HTMLAnchorElement) URL.revokeObjectURL(element.href);
}
