import { expect, test } from "vitest";
import { Rng } from "../time/rng.ts";
import { type Ack, type Frame, PACKET_BYTES_MAX, PacketWriter, Part, readPacket } from "./packet.ts";

function read(packet: Uint8Array): { isGood: boolean; acks: Ack[]; frames: Frame[] } {
  const acks: Ack[] = [];
  const frames: Frame[] = [];
  const isGood = readPacket(packet, {
    onAck: (ack) => acks.push(ack) > 0,
    onFrame: (frame) => frames.push(frame) > 0,
  });
  return { isGood, acks, frames };
}

const whole = (lane: number, ...payload: number[]) => {
  return { lane, part: Part.WHOLE, messageBytes: payload.length, payload: Uint8Array.from(payload) };
};

test("a snapshot alone has 1 byte in front of it, and with an answer to 300 bytes 5", () => {
  const writer = new PacketWriter();
  writer.add(whole(1, 8, 9));
  expect([...writer.take().packet]).toEqual([0x21, 8, 9]);

  writer.ack({ bytes: 300, holdMs: 12.5 });
  writer.add(whole(1, 8, 9));
  const { packet, counted } = writer.take();

  expect([...packet]).toEqual([0x07, 0xac, 0x02, 25, 0x21, 8, 9]);
  expect(counted).toBe(3);
});

test("frames in front of the last one say their length, and all count what they take", () => {
  const writer = new PacketWriter();
  writer.ack({ bytes: 1, holdMs: undefined });
  writer.add(whole(0, 3, 4));
  writer.add({ lane: 2, part: Part.FIRST, messageBytes: 500, payload: Uint8Array.of(5) });
  writer.add(whole(1, 6));
  const { packet, counted } = writer.take();

  expect([...packet]).toEqual([0x07, 1, 255, 0x00, 2, 3, 4, 0x0a, 3, 0xf4, 0x03, 5, 0x21, 6]);
  const { isGood, acks, frames } = read(packet);
  expect(isGood).toBe(true);
  expect(acks).toEqual([{ bytes: 1, holdMs: undefined }]);
  expect(frames.map(({ lane, part, messageBytes, bytes }) => [lane, part, messageBytes, bytes])).toEqual([
    [0, Part.WHOLE, 2, 4],
    [2, Part.FIRST, 500, 5],
    [1, Part.WHOLE, 1, 2],
  ]);
  expect(counted).toBe(11);
});

test("what there is room for fits: a packet is never longer than 16,384 bytes", () => {
  const writer = new PacketWriter();
  writer.ack({ bytes: 100_000, holdMs: 1 });
  writer.add(whole(0, ...new Array<number>(200).fill(1)));
  const payload = new Uint8Array(writer.room).fill(7);
  writer.add({ lane: 2, part: Part.FIRST, messageBytes: 1_000_000, payload });
  const { packet } = writer.take();

  expect(packet.length).toBeGreaterThan(PACKET_BYTES_MAX - 10);
  expect(packet.length).toBeLessThanOrEqual(PACKET_BYTES_MAX);
  expect(read(packet).frames[1]!.payload).toEqual(payload);
});

test.each<[string, number[], boolean]>([
  ["a frame of lane 0 without bytes: a heartbeat", [0x20], true],
  ["nothing", [], false],
  ["lane 5", [0x25, 1], false],
  ["a bit that means nothing", [0x61, 1], false],
  ["an ack of 5 bytes held 0 ms", [0x07, 5, 0], true],
  ["an ack of nothing", [0x07, 0, 0], false],
  ["an ack that ends too soon", [0x07, 5], false],
  ["a number of 5 bytes", [0x07, 0x80, 0x80, 0x80, 0x80, 1, 0], false],
  ["a number with a zero too many", [0x07, 0x85, 0, 0], false],
  ["a length that is there", [0x02, 1, 9, 0x21, 8], true],
  ["a length beyond the end", [0x02, 9, 1], false],
  ["a length without an end", [0x02, 0x81], false],
  ["a first part whose length is not its own", [0x0a, 1, 0xf4, 0x03], false],
])("%s: read %s", (_, bytes, isGood) => {
  expect(read(Uint8Array.from(bytes)).isGood).toBe(isGood);
});

test("a packet of 16,385 bytes is refused, one of 16,384 is not", () => {
  const packet = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(0x21, 0, 1);

  expect(read(packet(PACKET_BYTES_MAX)).isGood).toBe(true);
  expect(read(packet(PACKET_BYTES_MAX + 1)).isGood).toBe(false);
});

test("200,000 packets of chance never throw, and no payload reaches beyond its packet", () => {
  const rng = new Rng(5);
  let frames = 0;
  for (let i = 0; i < 200_000; i++) {
    const packet = Uint8Array.from({ length: rng.below(24) }, () =>
      rng.below(3) === 0 ? rng.below(256) : rng.below(48),
    );
    readPacket(packet, {
      onAck: () => true,
      onFrame: ({ payload, bytes }) => {
        frames += 1;
        expect(payload.length).toBeLessThan(bytes);
        return payload.byteOffset + payload.length <= packet.byteOffset + packet.length;
      },
    });
  }
  expect(frames).toBeGreaterThan(10_000);
});
