import { expect, test } from "vitest";
import { queuedBytesIn } from "./kernel-queue.ts";

const TEXT = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 01004D0A:1B58 00000000:0000 0A 00000005:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 01004D0A:1B58 02004D0A:D2F4 01 000BE5A0:00000001 01:00000019 00000000     0        0 2 4 0 27 4 24 118 -1
   2: 01004D0A:1B58 02004D0A:D2F6 01 00000010:00000000 00:00000000 00000000     0        0 3 4 0 27 4 24 118 -1
   3: 01004D0A:1B59 02004D0A:D2F8 01 00000100:00000000 00:00000000 00000000     0        0 4 4 0 27 4 24 118 -1
`;

test("what waits to be sent is summed over the established connections of a port, and nothing else", () => {
  expect(queuedBytesIn(TEXT, 7000)).toBe(0xbe5a0 + 0x10);
  expect(queuedBytesIn(TEXT, 7001)).toBe(0x100);
  expect(queuedBytesIn(TEXT, 7002)).toBe(0);
});
