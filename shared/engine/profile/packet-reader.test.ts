import { expect, test } from "vitest";
import { Rng } from "../time/rng.ts";
import { Lane } from "../transport/lane.ts";
import { HANDSHAKE_LANE, type OutgoingFrame, PACKET_BYTES_MAX, PacketWriter, Part } from "../transport/packet.ts";
import { PacketBytes } from "./packet-bytes.ts";
import { PacketReader } from "./packet-reader.ts";

function bytes(count: number, first = 0): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => (first + index) & 255);
}

function frame(lane: number, payload: Uint8Array, part: Part = Part.WHOLE, messageBytes = payload.length) {
  return { lane, part, payload, messageBytes };
}

function packetOf(...frames: readonly OutgoingFrame[]): Uint8Array {
  const writer = new PacketWriter();
  for (const each of frames) writer.add(each);
  return writer.take().packet;
}

test("an ack of 300 bytes takes 4; of two frames the first has a head of 2 bytes, and the last one of 1", () => {
  const writer = new PacketWriter();
  writer.ack({ bytes: 300, holdMs: 2.5 });
  writer.add(frame(Lane.REALTIME, bytes(5)));
  writer.add(frame(Lane.EVENT, bytes(200)));
  const { items, brokenBytes } = new PacketReader().read(writer.take().packet);

  expect(items).toEqual([
    { kind: "ack", bytes: 4, ackedBytes: 300, holdMs: 2.5 },
    {
      kind: "frame",
      lane: "realtime",
      part: Part.WHOLE,
      headBytes: 2,
      payload: bytes(5),
      content: { kind: "message", message: bytes(5), parts: 1 },
    },
    expect.objectContaining({ lane: "event", headBytes: 1 }),
  ]);
  expect(brokenBytes).toBe(0);
});

test("a message in three parts is told with the last of them, whatever other lanes say in between", () => {
  const reader = new PacketReader();
  const message = bytes(700);
  const packets = [
    packetOf(frame(Lane.BULK, message.subarray(0, 300), Part.FIRST, 700)),
    packetOf(frame(Lane.EVENT, bytes(3)), frame(Lane.BULK, message.subarray(300, 600), Part.MIDDLE)),
    packetOf(frame(Lane.BULK, message.subarray(600), Part.LAST)),
  ];

  const contents = packets.flatMap((packet) =>
    reader.read(packet).items.map((item) => (item.kind === "frame" ? item.content : undefined)),
  );

  expect(contents).toEqual([
    { kind: "part", number: 1, messageBytes: 700 },
    { kind: "message", message: bytes(3), parts: 1 },
    { kind: "part", number: 2, messageBytes: 700 },
    { kind: "message", message, parts: 3 },
  ]);
});

test.each([
  ["a heartbeat", frame(Lane.CONTROL, bytes(0)), { kind: "heartbeat" }],
  ["a handshake", frame(HANDSHAKE_LANE, bytes(9)), { kind: "message", message: bytes(9), parts: 1 }],
  ["half a handshake", frame(HANDSHAKE_LANE, bytes(9), Part.LAST), { kind: "misplaced" }],
  ["bytes of transfer 7", frame(Lane.STREAM, bytes(9, 7), Part.MIDDLE), { kind: "transfer", id: 7, isLast: false }],
  ["the last of transfer 7", frame(Lane.STREAM, bytes(1, 7), Part.LAST), { kind: "transfer", id: 7, isLast: true }],
  ["bytes of no transfer", frame(Lane.STREAM, bytes(0), Part.LAST), { kind: "misplaced" }],
  ["a whole transfer", frame(Lane.STREAM, bytes(9, 7)), { kind: "misplaced" }],
  ["an end without a beginning", frame(Lane.EVENT, bytes(9), Part.LAST), { kind: "misplaced" }],
])("%s is known for what it is", (_, only, content) => {
  expect(new PacketReader().read(packetOf(only)).items).toMatchObject([{ content }]);
});

test("bytes that are no frame are broken, and what stands in front of them is told", () => {
  const good = packetOf(frame(Lane.EVENT, bytes(3)), frame(Lane.EVENT, bytes(4)));
  const cut = good.slice(0, 5);
  const [whole, broken] = [new PacketReader().read(good), new PacketReader().read(Uint8Array.of(...cut, 0xc0, 1))];

  expect([whole.items.length, whole.brokenBytes]).toEqual([2, 0]);
  expect([broken.items.length, broken.brokenBytes]).toEqual([1, 2]);
  expect(new PacketReader().read(bytes(0))).toEqual({ bytes: 0, items: [], brokenBytes: 0 });
  expect(new PacketReader().read(bytes(PACKET_BYTES_MAX + 1)).brokenBytes).toBe(PACKET_BYTES_MAX + 1);
});

test("the uses of 500 random packets, whole and damaged, sum up to exactly their bytes", () => {
  const random = new Rng(4);
  const reader = new PacketReader();
  const tally = new PacketBytes();
  let sum = 0;
  for (let i = 0; i < 500; i++) {
    const writer = new PacketWriter();
    if (random.below(2) === 0) writer.ack({ bytes: 1 + random.below(3_000_000), holdMs: random.below(300) });
    for (let count = random.below(4); count >= 0; count--) {
      const lane = [0, 1, 2, 3, 4, HANDSHAKE_LANE][random.below(6)]!;
      writer.add(frame(lane, bytes(random.below(400)), random.below(4) as Part));
    }
    const { packet } = writer.take();
    if (random.below(4) === 0) packet[random.below(packet.length)] = random.below(256);
    sum += packet.length;
    tally.add(reader.read(packet));
  }

  expect(tally.packets).toBe(500);
  expect(tally.bytes).toBe(sum);
  expect(Object.values(tally.byUse).reduce((all, each) => all + each)).toBe(sum);
  expect(Math.min(...Object.values(tally.byUse))).toBeGreaterThan(0);
});
