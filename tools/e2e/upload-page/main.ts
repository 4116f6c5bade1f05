/**
 * A page that uploads, shows how far it is, and cancels.
 *
 * `?bytes=` says how much, and `&cancelAt=` at which share of it the first upload is cancelled. What a test asks for is
 * in data-attributes of the body: `phase` of the client; `state`, `delivered` bytes and `ms` of the newest transfer, and
 * how many bytes were `read` for it; `hash`, of all that is uploaded.
 */
import { GameClient } from "#engine/client";
import type { BulkSource, BulkTransfer } from "#engine/shared";
import { runInBrowser } from "../../../client/browser/browser-session.ts";
import { numberedGame, type NumberedTypes } from "../../simulator/numbered-game.ts";

const RANDOM_BYTES_MAX = 65_536;

const { dataset } = document.body;
const options = new URLSearchParams(location.search);
const blob = randomBlob(Number(options.get("bytes")));
const content = new Uint8Array(await blob.arrayBuffer());
const game = numberedGame();
const client = new GameClient<NumberedTypes>({ game, joinOptions: {}, readInput: () => 0, random: Math.random });
let cancelAt = Number(options.get("cancelAt") ?? Infinity);
let transfer: BulkTransfer | undefined;
let startMs = 0;
let readBytes = 0;

dataset.hash = hexOf(await crypto.subtle.digest("SHA-256", content));
document.querySelector("button")!.onclick = () => {
  startMs = performance.now();
  readBytes = 0;
  transfer = client.sendBulk(contentSource());
};
runInBrowser(client, {
  url: `ws://${location.host}/ws`,
  protocol: game.protocol,
  onAdvance: () => {
    dataset.phase = client.status.phase;
    if (transfer !== undefined) follow(transfer);
  },
  onFrame: () => undefined,
});

function follow(running: BulkTransfer): void {
  const share = running.deliveredBytes / content.length;
  document.querySelector("progress")!.value = share;
  if (share >= cancelAt) {
    running.cancel();
    cancelAt = Infinity;
  }
  if (dataset.state !== running.state && running.state !== "running") {
    dataset.ms = String(performance.now() - startMs);
  }
  dataset.state = running.state;
  dataset.delivered = String(running.deliveredBytes);
  dataset.read = String(readBytes);
}

function contentSource(): BulkSource {
  return {
    name: "upload",
    size: content.length,
    read: (offset, bytesMax) => {
      const bytes = content.subarray(offset, offset + bytesMax);
      readBytes += bytes.length;
      return bytes;
    },
  };
}

function randomBlob(size: number): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let left = size; left > 0; left -= RANDOM_BYTES_MAX) {
    parts.push(crypto.getRandomValues(new Uint8Array(Math.min(left, RANDOM_BYTES_MAX))));
  }
  return new Blob(parts);
}

function hexOf(hash: ArrayBuffer): string {
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
