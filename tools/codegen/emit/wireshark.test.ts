import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { Rng } from "../../../shared/engine/time/rng.ts";
import * as arena from "../../../shared/schema/generated/arena.ts";
import * as engine from "../../../shared/schema/generated/engine.ts";
import { Lane } from "../../../shared/engine/transport/lane.ts";
import { HANDSHAKE_LANE, PacketWriter, Part } from "../../../shared/engine/transport/packet.ts";
import { load } from "../load.ts";
import { encodeOf } from "../naming.ts";
import { Capture } from "../outputs/capture.ts";
import { freshCodecs, layoutOf } from "../outputs/fresh-codecs.ts";
import { randomRecord } from "../outputs/random-value.ts";
import { emitDissector } from "./wireshark.ts";

// Each run of tshark takes a second, and several on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const loadModule = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

const hasTshark = spawnSync("tshark", ["--version"]).status === 0;
const TSHARK_MISSING = "tshark is not installed: nothing was decoded with the dissector";

const ARENA = layoutOf("shared/schema/arena.wire");
const ENGINE = layoutOf("shared/schema/engine.wire");
const { layout: OUTPUTS, module: outputs } = await freshCodecs("tools/codegen/golden/outputs.wire", loadModule);

/** A message of the golden schema with random values. */
function randomMessage(name: string, random: Rng): Uint8Array {
  const message = OUTPUTS.messages.find((one) => one.name === name)!;
  const encode = outputs[encodeOf(name)] as (value: unknown) => Uint8Array;
  return encode(randomRecord(message, () => random.next())).slice();
}

/** A packet with one frame. */
function framed(lane: number, payload: Uint8Array, part: Part = Part.WHOLE, messageBytes = payload.length): Uint8Array {
  const writer = new PacketWriter();
  writer.add({ lane, part, messageBytes, payload });
  return writer.take().packet;
}

/** A packet with a message of the game. */
function event(message: Uint8Array): Uint8Array {
  return framed(Lane.EVENT, message);
}

/** What tshark prints of the packets of `protocol`, a line each, without what it prints of other protocols. */
function decoded(capture: Capture, protocol: string, scripts: readonly string[], ...options: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "tickwire-tshark-"));
  const file = join(folder, "capture.pcap");
  writeFileSync(file, capture.bytes());
  const loads = scripts.flatMap((script, index) => {
    writeFileSync(join(folder, `${index}.lua`), script);
    return ["-X", `lua_script:${join(folder, `${index}.lua`)}`];
  });
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder };
  const { stdout, stderr } = spawnSync("tshark", [...loads, ...options, "-r", file, "-O", protocol], { env });
  rmSync(folder, { recursive: true });
  expect(stderr.toString()).not.toMatch(/lua/i);
  expect(stdout.toString().match(/.*Lua Error.*/g)).toBeNull();
  return stdout
    .toString()
    .split("\n")
    .filter(
      (line) => line !== "" && !/^(?:Frame|Raw packet|Internet|Transmission|Hypertext|WebSocket|Data )/.test(line),
    );
}

/** The capture's lines without those that every frame and message has. */
function fieldsOf(capture: Capture, protocol: string, ...scripts: readonly string[]): string[] {
  return decoded(capture, protocol, scripts)
    .filter((line) => !/^ {8}(?:travels on:|part:|opcode:|\[message:|\[lane:|\[from:)/.test(line))
    .map((line) => line.replace(/^ {4,8}/, ""));
}

test("every kind of record prints exactly the golden dissector", async () => {
  await expect(emitDissector(OUTPUTS)).toMatchFileSnapshot("../golden/outputs.lua");
});

test("a message called as something that every packet has gets another filter name", () => {
  const { layout } = load("p.wire", () => "protocol p 1; message Frame [[lane(event)]] { u8 lane; };");

  expect(emitDissector(layout!)).toContain(`["p.frame2.lane"] = ProtoField.new("lane", "p.frame2.lane"`);
});

test("a snapshot's flags are the three lowest bits of its body, with and without a game", () => {
  for (const script of [emitDissector(ARENA, ENGINE), emitDissector(ENGINE)]) {
    expect(script).toContain(`inside.body = function(buf, tree)
  show_flag(buf, 0, 0, tree, f["tickwire.snapshot.body.reset"])
  show_flag(buf, 0, 1, tree, f["tickwire.snapshot.body.partial"])
  show_flag(buf, 0, 2, tree, f["tickwire.snapshot.body.check"])
  tree:add(f["tickwire.snapshot.body.size"], buf(0), buf:len()):set_generated()
end`);
    expect(script).toContain(`60000, inside.body)`);
  }
  expect(emitDissector(ARENA)).not.toContain("inside.body");
});

test("messages are found by the subprotocol, and named with their lane and sender", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const capture = new Capture("arena.1");
  capture.send("client", event(arena.encodeChatSay({ text: "héllo 😀" })));
  capture.send("server", event(arena.encodeKill({ killer: 1, victim: 65_535 })));

  expect(decoded(capture, "arena", [emitDissector(ARENA)])).toEqual([
    "arena 1: ChatSay",
    "    frame: event, whole, 13 bytes",
    "        travels on: event (2)",
    "        part: whole (0)",
    "        opcode: 37",
    "        [message: ChatSay]",
    "        [lane: event]",
    "        [from: client]",
    "        text: héllo 😀",
    "arena 1: Kill",
    "    frame: event, whole, 5 bytes",
    "        travels on: event (2)",
    "        part: whole (0)",
    "        opcode: 36",
    "        [message: Kill]",
    "        [lane: event]",
    "        [from: server]",
    "        killer: 1",
    "        victim: 65535",
  ]);
});

test("a WebSocket without a subprotocol or with an unknown one is decoded when its port is named", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const linesOf = (subprotocol: string | undefined, ...options: readonly string[]): string[] => {
    const capture = new Capture(subprotocol);
    capture.send("server", event(arena.encodePlayerLeft({ playerId: 7 })));
    return decoded(capture, "arena", [emitDissector(ARENA)], ...options);
  };

  expect(linesOf(undefined, "-o", "arena.port:8080")).toContain("        playerId: 7");
  expect(linesOf("chess.1", "-o", "arena.port:8080")).toContain("        playerId: 7");
  expect(linesOf("chess.1", "-o", "arena.port:8081")).toEqual([]);
  expect(linesOf(undefined)).toEqual([]);
});

test("with the engine's schema, inputs are read to their last bit, and of snapshots the flags and the size", ({
  skip,
}) => {
  skip(!hasTshark, TSHARK_MISSING);
  const capture = new Capture("arena.1");
  const input = { thrust: true, reverse: false, fire: true, beam: false, aims: true, turn: -1, aim: 700 };
  const bytes = arena.encodeArenaInput(input);
  const inputs = engine.encodeInputs({ tick: 7, viewAge: 50, inputs: Uint8Array.of(...bytes, ...bytes) });
  const snapshot = engine.encodeSnapshot({ tick: 99, inputSlack: 7, body: Uint8Array.of(0x35, 0x20) });
  capture.send("client", framed(Lane.REALTIME, inputs));
  capture.send("server", framed(Lane.REALTIME, snapshot));

  const inputLines = [
    "thrust: True",
    "reverse: False",
    "fire: True",
    "beam: False",
    "aims: True",
    "turn: -1",
    "aim: 700 (3.85°)",
  ];
  expect(fieldsOf(capture, "arena", emitDissector(ARENA, ENGINE))).toEqual([
    "arena 1: Inputs",
    "frame: realtime, whole, 10 bytes",
    "tick: 7",
    "viewAge: 50",
    "inputs: 755e01755e01",
    ...["    ArenaInput", ...inputLines.map((line) => `        ${line}`)],
    ...["    ArenaInput", ...inputLines.map((line) => `        ${line}`)],
    "arena 1: Snapshot",
    "frame: realtime, whole, 5 bytes",
    "tick: 99",
    "inputSlack: 7",
    "body: 3520",
    "    reset: True",
    "    partial: False",
    "    check: True",
    "    [size: 2]",
  ]);
});

test("without it, the engine's messages are left to the engine's own dissector", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const capture = new Capture("arena.1");
  const snapshot = engine.encodeSnapshot({ tick: 99, inputSlack: 7, body: Uint8Array.of(2) });
  capture.send("client", framed(Lane.CONTROL, engine.encodeBulkDone({ id: 51 })));
  capture.send("server", framed(Lane.REALTIME, snapshot.subarray(0, 2), Part.FIRST, 4));
  capture.send("server", framed(Lane.REALTIME, snapshot.subarray(2), Part.LAST));

  expect(fieldsOf(capture, "tickwire", emitDissector(ARENA), emitDissector(ENGINE))).toEqual([
    "arena 1",
    "tickwire 1: BulkDone",
    "frame: control, whole, 2 bytes",
    "id: 51",
    "arena 1: first part",
    "arena 1",
    "tickwire 1: Snapshot",
    "frame: realtime, whole, 4 bytes",
    "tick: 99",
    "inputSlack: 7",
    "body: 02",
    "    reset: False",
    "    partial: True",
    "    check: False",
    "    [size: 1]",
  ]);
  expect(fieldsOf(capture, "arena", emitDissector(ARENA))).toContain("no message has this opcode");
});

test("a packet's acks and frames stand in their order: a handshake, a heartbeat, bytes of a transfer", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const writer = new PacketWriter();
  writer.ack({ bytes: 300, holdMs: 2.5 });
  const hello = engine.encodeHello({ version: 1, engineHash: 0, gameHash: 0, options: new Uint8Array(0) });
  writer.add({ lane: HANDSHAKE_LANE, part: Part.WHOLE, messageBytes: hello.length, payload: hello });
  writer.add({ lane: Lane.CONTROL, part: Part.WHOLE, messageBytes: 0, payload: new Uint8Array(0) });
  writer.ack({ bytes: 1, holdMs: undefined });
  writer.add({ lane: Lane.STREAM, part: Part.LAST, messageBytes: 3, payload: Uint8Array.of(9, 0xab, 0xcd) });
  const capture = new Capture("arena.1");
  capture.send("client", writer.take().packet);

  expect(fieldsOf(capture, "arena", emitDissector(ARENA, ENGINE))).toEqual([
    "arena 1: ack, Hello, heartbeat, ack, transfer 9",
    "ack: 300, held 2.5 ms",
    "held, ms: 2.5",
    "frame: handshake, whole, 13 bytes",
    ...["version: 1", "engineHash: 0", "gameHash: 0", "options: <MISSING>"],
    "frame: control, whole, 0 bytes",
    "ack: 1, held for long",
    "frame: stream, last, 3 bytes",
    "transfer: 9",
    "blocks and hashes: abcd",
  ]);
});

test("a message in three parts is read with the last of them, each side's and each lane's for itself", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const said = arena.encodeChatSaid({ playerId: 3, text: "abcd" });
  const parts = [said.subarray(0, 3), said.subarray(3, 5), said.subarray(5)];
  const capture = new Capture("arena.1");
  capture.send("server", framed(Lane.EVENT, parts[0]!, Part.FIRST, said.length));
  capture.send("client", framed(Lane.EVENT, parts[0]!, Part.FIRST, 9));
  capture.send("server", framed(Lane.BULK, parts[0]!, Part.FIRST, 9));
  capture.send("server", framed(Lane.EVENT, parts[1]!, Part.MIDDLE));
  capture.send("server", framed(Lane.EVENT, parts[2]!, Part.LAST));

  for (const passes of [[], ["-2"]]) {
    const lines = decoded(capture, "arena", [emitDissector(ARENA)], ...passes);
    expect(lines.filter((line) => /^arena|frame:|Expert|text/.test(line))).toEqual([
      "arena 1: first part",
      "    frame: event, first, 3 bytes of 8",
      "arena 1: first part",
      "    frame: event, first, 3 bytes of 9",
      "arena 1: first part",
      "    frame: bulk, first, 3 bytes of 9",
      "arena 1: middle part",
      "    frame: event, middle, 2 bytes",
      "arena 1: ChatSaid",
      "    frame: event, last, 3 bytes, the end of a message of 8 in 3 parts",
      "        text: abcd",
    ]);
  }
});

test("parts and frames that our readers refuse are named, and their neighbours are not", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const left = arena.encodePlayerLeft({ playerId: 3 });
  const cut = framed(Lane.EVENT, left);
  const cases: readonly (readonly [Uint8Array, string | undefined])[] = [
    [framed(Lane.EVENT, left), undefined],
    [framed(Lane.EVENT, left, Part.LAST), "Warning/Protocol): the first part was not captured, or there is none"],
    [framed(Lane.EVENT, left, Part.FIRST, 3), "Warning/Protocol): parts of 3 bytes so far, and 3 were announced"],
    [framed(Lane.EVENT, left, Part.FIRST, 9), undefined],
    [framed(Lane.EVENT, left, Part.LAST), "Warning/Protocol): parts of 6 bytes so far, and 9 were announced"],
    [framed(5, left), "Error/Malformed): no frame begins so"],
    [framed(Lane.EVENT, new Uint8Array(0)), "Error/Malformed): a message without a byte"],
    [framed(Lane.CONTROL, new Uint8Array(0)), undefined],
    [framed(HANDSHAKE_LANE, left, Part.LAST), "Error/Malformed): a handshake in parts"],
    [framed(Lane.STREAM, left), "Error/Malformed): no part of a transfer"],
    [framed(Lane.STREAM, left, Part.MIDDLE), undefined],
    [Uint8Array.of(Lane.EVENT, 4, ...cut.subarray(1)), "Error/Malformed): a frame takes 4 bytes, 3 are left"],
    [Uint8Array.of(Lane.EVENT, 3, ...cut.subarray(1)), undefined],
    [Uint8Array.of(Lane.EVENT, 0x83, 0, ...cut.subarray(1)), "Error/Malformed): a number that is longer than it must"],
    [Uint8Array.of(7, 0, 0), "Error/Malformed): an ack of nothing"],
    [Uint8Array.of(7, 1), "Error/Malformed): how long an ack was held takes 1 bytes, 0 are left"],
    [Uint8Array.of(7, 1, 0), undefined],
    [Uint8Array.of(...cut, ...new Uint8Array(16_381)), "Error/Malformed): a packet of more than 16384 bytes"],
  ];
  const capture = new Capture("arena.1");
  for (const [bytes] of cases) capture.send("server", bytes);
  const packets = decoded(capture, "arena", [emitDissector(ARENA)])
    .join("\n")
    .split(/^(?=arena 1)/m);

  expect(packets.map((packet) => packet.match(/Expert Info \(.*/g))).toEqual(
    cases.map(([, complaint]) => (complaint === undefined ? null : [expect.stringContaining(complaint)])),
  );
});

test("bytes that our decoders refuse are named as malformed or refused, and their neighbours are not", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const said = arena.encodeChatSaid({ playerId: 3, text: "abcd" });
  const roster = arena.encodeRoster({ rows: [{ playerId: 5, name: "漢字" }] });
  const left = arena.encodePlayerLeft({ playerId: 3 });
  const cases: readonly (readonly [Uint8Array, string | undefined])[] = [
    [said, undefined],
    [said.map((byte, at) => (at === 5 ? 0xff : byte)), "Warning/Protocol): not UTF-8"],
    [roster, undefined],
    [roster.subarray(0, -2), "Error/Malformed): a string takes 6 bytes, 4 are left"],
    [roster.map((byte, at) => (at === 2 ? 2 : byte)), "Error/Malformed): a list of 513, over its bound of 256"],
    [left, undefined],
    [Uint8Array.of(...left, 0), "Warning/Protocol): 1 bytes behind the end"],
    [arena.encodeChatSay({ text: "" }), "Warning/Protocol): only the client may send it"],
    [Uint8Array.of(200), "Error/Malformed): no message has this opcode"],
  ];
  const capture = new Capture("arena.1");
  for (const [bytes] of cases) capture.send("server", event(bytes));
  const messages = decoded(capture, "arena", [emitDissector(ARENA)])
    .join("\n")
    .split(/^(?=arena 1)/m);

  expect(messages).toHaveLength(cases.length);
  messages.forEach((message, index) => {
    const complaint = cases[index]![1];
    expect(message.match(/Expert Info \(.*/g)).toEqual(
      complaint === undefined ? null : [expect.stringContaining(complaint)],
    );
  });
});

test("a message of an older version ends where a newer one goes on, and is cut anywhere else", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const bytes = randomMessage("Fixed", new Rng(9));
  const capture = new Capture("outputs.2");
  for (const missing of [0, 1, 2, 3]) capture.send("server", event(bytes.subarray(0, bytes.length - missing)));
  const messages = decoded(capture, "outputs", [emitDissector(OUTPUTS)])
    .join("\n")
    .split(/^(?=outputs 4)/m);

  expect(messages.map((message) => message.match(/^ {8}(?:one|later|last):/gm))).toEqual([
    ["        one:", "        later:", "        last:"],
    ["        one:", "        later:"],
    ["        one:"],
    null,
  ]);
  expect(messages.map((message) => message.includes("Malformed"))).toEqual([false, false, false, true]);
});

test("the rest of a message is read to its end, and is malformed over its bound", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const encode = outputs[encodeOf("Addressed")] as (value: unknown) => Uint8Array;
  const full = encode({ topic: "a", body: new Uint8Array(20).fill(0x61) });
  const capture = new Capture("outputs.4");
  const packets = [full, encode({ topic: "a", body: new Uint8Array(0) }), Uint8Array.of(...full, 0x61)];
  for (const bytes of packets) capture.send("server", event(bytes));
  const messages = decoded(capture, "outputs", [emitDissector(OUTPUTS)])
    .join("\n")
    .split(/^(?=outputs 4)/m);

  expect(messages.map((message) => message.match(/Expert Info \(.*/g))).toEqual([
    null,
    null,
    [expect.stringContaining("Error/Malformed): a rest of 21, over its bound of 20")],
  ]);
  expect(messages[0]).toContain(`        body: ${"61".repeat(20)}`);
});

test("300 random messages and 300 damaged ones are read without an error of the dissector itself", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const random = new Rng(5);
  const [whole, damaged] = [new Capture("outputs.4"), new Capture("outputs.4")];
  for (let i = 0; i < 300; i++) {
    const message = OUTPUTS.messages[i % OUTPUTS.messages.length]!;
    const bytes = randomMessage(message.name, random);
    whole.send(message.from ?? "client", event(bytes));
    bytes[1 + random.below(bytes.length)] = random.below(256);
    const packet = event(random.below(2) === 0 ? bytes : bytes.subarray(0, random.below(bytes.length)));
    if (random.below(4) === 0) packet[0] = random.below(256);
    damaged.send(message.from ?? "client", packet);
  }
  const script = emitDissector(OUTPUTS);

  expect(decoded(whole, "outputs", [script]).filter((line) => line.includes("Expert Info"))).toEqual([]);
  expect(decoded(damaged, "outputs", [script]).filter((line) => line.includes("Malformed")).length).toBeGreaterThan(50);
});
