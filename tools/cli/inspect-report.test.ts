import { expect, test } from "vitest";
import { Lane } from "../../shared/engine/transport/lane.ts";
import { PacketWriter, Part } from "../../shared/engine/transport/packet.ts";
import { encodeBulkOffer } from "../../shared/schema/generated/engine.ts";
import { MessageInspector } from "./inspect-message.ts";
import { InspectReport } from "./inspect-report.ts";
import { loadEngineLayout } from "./inspect-schema.ts";

const OFFER = encodeBulkOffer({ id: 7, name: "map", size: 9000 });

interface Sent {
  readonly lane: number;
  readonly payload: Uint8Array;
  readonly part?: Part;
  readonly messageBytes?: number;
}

function packetOf(frames: readonly Sent[], ackedBytes?: number): Uint8Array {
  const writer = new PacketWriter();
  if (ackedBytes !== undefined) writer.ack({ bytes: ackedBytes, holdMs: undefined });
  for (const { lane, payload, part = Part.WHOLE, messageBytes = payload.length } of frames) {
    writer.add({ lane, part, messageBytes, payload });
  }
  return writer.take().packet;
}

/** What is said of packets from the server: lines without their time, and how many faults there were. */
function reported(packets: readonly Uint8Array[], isJson = false) {
  const lines: string[] = [];
  const terminal = { say: (text: string) => lines.push(text), complain: () => undefined };
  const messages = new MessageInspector(loadEngineLayout(), undefined, false);
  const report = new InspectReport(messages, isJson, terminal);
  for (const packet of packets) report.packet("received", packet, 0);
  return { lines, broken: report.broken, summary: report.summary(), messages: report.receivedMessages };
}

test("a packet's items stand in their order: an ack that waited too long to be told, a message, a heartbeat", () => {
  const packet = packetOf(
    [
      { lane: Lane.CONTROL, payload: OFFER },
      { lane: Lane.CONTROL, payload: new Uint8Array(0) },
    ],
    200,
  );

  expect(reported([packet]).lines).toEqual([
    "   0.000 s ← packet of 18 B, 3 frames",
    "           ack                                 4 B  of 200 B, held for long",
    '           BulkOffer (5)        control       11 B  id=7 name="map" size=9000',
    "           heartbeat            control        0 B",
  ]);
});

test("a message in two parts is decoded at the second of them, and counts once", () => {
  const [first, last] = [OFFER.subarray(0, 4), OFFER.subarray(4)];
  const packets = [
    packetOf([{ lane: Lane.CONTROL, payload: first, part: Part.FIRST, messageBytes: OFFER.length }]),
    packetOf([{ lane: Lane.CONTROL, payload: last, part: Part.LAST }]),
  ];

  const { lines, messages } = reported(packets);
  expect(lines.filter((line) => line.startsWith("    "))).toEqual([
    "           part 1               control        4 B  of a message of 11 B",
    '           BulkOffer (5)        control       11 B  from 2 parts: id=7 name="map" size=9000',
  ]);
  expect(messages).toBe(1);
});

test("JSON has the bytes of each frame with its head, and together they are the packet's", () => {
  const [first, last] = [OFFER.subarray(0, 4), OFFER.subarray(4)];
  const packets = [
    packetOf([{ lane: Lane.BULK, payload: first, part: Part.FIRST, messageBytes: OFFER.length }], 5),
    packetOf([{ lane: Lane.BULK, payload: last, part: Part.LAST }]),
  ];

  expect(reported(packets, true).lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      direction: "received",
      atMs: 0,
      bytes: 9,
      frames: [
        { kind: "ack", bytes: 3, ackedBytes: 5 },
        { kind: "part", lane: "bulk", part: "first", headBytes: 2, bytes: 6, number: 1, messageBytes: 11 },
      ],
    },
    {
      direction: "received",
      atMs: 0,
      bytes: 8,
      frames: [
        {
          kind: "message",
          lane: "bulk",
          part: "last",
          headBytes: 1,
          bytes: 8,
          message: { opcode: 5, type: "BulkOffer", bytes: 11, parts: 2, value: { id: 7, name: "map", size: 9000 } },
        },
      ],
    },
  ]);
});

test("bytes of a transfer are told with its number, the last of them as the last", () => {
  const packets = [Part.MIDDLE, Part.LAST].map((part) =>
    packetOf([{ lane: Lane.STREAM, payload: Uint8Array.of(7, 1, 2, 3), part }]),
  );

  const { lines, messages, summary } = reported(packets);
  expect(lines.filter((line) => line.startsWith("    "))).toEqual([
    "           transfer 7           stream         4 B",
    "           transfer 7           stream         4 B  the last of it",
  ]);
  expect(messages).toBe(0);
  expect(summary).toBe("received 10 B in 2 packets: stream 8, frame heads 2\nsent 0 B in 0 packets");
});

test.each([
  ["a part where none belongs", packetOf([{ lane: Lane.EVENT, payload: Uint8Array.of(40), part: Part.LAST }]), 1],
  ["a whole message in its place", packetOf([{ lane: Lane.EVENT, payload: Uint8Array.of(40) }]), 0],
  ["bytes that are no frame", Uint8Array.of(0xff), 1],
  ["a packet without a byte", new Uint8Array(0), 1],
])("%s: %#", (_, packet, faults) => {
  const { lines, broken } = reported([packet]);

  expect(broken).toBe(faults);
  expect(lines.filter((line) => line.includes("MALFORMED"))).toHaveLength(faults);
});
