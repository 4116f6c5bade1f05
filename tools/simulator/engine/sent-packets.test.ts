import { expect, test } from "vitest";
import { SENT_KEPT_BYTES_MAX, SentPackets } from "./sent-packets.ts";

test("4 MiB of packets are kept; with a byte more, to ask for them is a mistake", () => {
  const sent = new SentPackets();
  sent.push(new Uint8Array(SENT_KEPT_BYTES_MAX));

  expect(sent.all.length).toBe(1);

  sent.push(new Uint8Array(1));
  expect(() => sent.all).toThrow("4194305 bytes were sent, and 4194304 are kept");
});
