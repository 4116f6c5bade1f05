import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { Rng } from "../../../shared/engine/time/rng.ts";
import * as arena from "../../../shared/schema/generated/arena.ts";
import * as engine from "../../../shared/schema/generated/engine.ts";
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

/** What tshark prints of the messages of `protocol`, a line each, without what it prints of other protocols. */
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

/** The capture's lines without those that every message has. */
function fieldsOf(capture: Capture, protocol: string, ...scripts: readonly string[]): string[] {
  return decoded(capture, protocol, scripts)
    .filter((line) => !/^ {4}(?:opcode:|\[message:|\[lane:|\[from:)/.test(line))
    .map((line) => line.replace("    ", ""));
}

test("every kind of record prints exactly the golden dissector", async () => {
  await expect(emitDissector(OUTPUTS)).toMatchFileSnapshot("../golden/outputs.lua");
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
  capture.send("client", arena.encodeChatSay({ text: "héllo 😀" }));
  capture.send("server", arena.encodeKill({ killer: 1, victim: 65_535 }));

  expect(decoded(capture, "arena", [emitDissector(ARENA)])).toEqual([
    "arena 1: ChatSay",
    "    opcode: 37",
    "    [message: ChatSay]",
    "    [lane: event]",
    "    [from: client]",
    "    text: héllo 😀",
    "arena 1: Kill",
    "    opcode: 36",
    "    [message: Kill]",
    "    [lane: event]",
    "    [from: server]",
    "    killer: 1",
    "    victim: 65535",
  ]);
});

test("a WebSocket without a subprotocol or with an unknown one is decoded when its port is named", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const linesOf = (subprotocol: string | undefined, ...options: readonly string[]): string[] => {
    const capture = new Capture(subprotocol);
    capture.send("server", arena.encodePlayerLeft({ playerId: 7 }));
    return decoded(capture, "arena", [emitDissector(ARENA)], ...options);
  };

  expect(linesOf(undefined, "-o", "arena.port:8080")).toContain("    playerId: 7");
  expect(linesOf("chess.1", "-o", "arena.port:8080")).toContain("    playerId: 7");
  expect(linesOf("chess.1", "-o", "arena.port:8081")).toEqual([]);
  expect(linesOf(undefined)).toEqual([]);
});

test("with the engine's schema, inputs are read to their last bit, and of snapshots the flags and the size", ({
  skip,
}) => {
  skip(!hasTshark, TSHARK_MISSING);
  const capture = new Capture("arena.1");
  const input = { thrust: true, reverse: false, fire: true, aims: true, turn: -1, aim: 700 };
  const bytes = arena.encodeArenaInput(input);
  capture.send("client", engine.encodeInputs({ sequence: 7, inputs: Uint8Array.of(...bytes, ...bytes) }));
  capture.send("server", engine.encodeSnapshot({ tick: 99, inputSequence: 7, body: Uint8Array.of(0x35, 0x20) }));

  const inputLines = ["thrust: True", "reverse: False", "fire: True", "aims: True", "turn: -1", "aim: 700 (246.09°)"];
  expect(fieldsOf(capture, "arena", emitDissector(ARENA, ENGINE))).toEqual([
    "arena 1: Inputs",
    "sequence: 7",
    "inputs: 3daf3daf",
    ...["    ArenaInput", ...inputLines.map((line) => `        ${line}`)],
    ...["    ArenaInput", ...inputLines.map((line) => `        ${line}`)],
    "arena 1: Snapshot",
    "tick: 99",
    "inputSequence: 7",
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
  capture.send("client", engine.encodePing({ id: 513 }));
  capture.send("server", engine.encodeSnapshot({ tick: 99, inputSequence: 7, body: Uint8Array.of(2) }));

  expect(fieldsOf(capture, "tickwire", emitDissector(ARENA), emitDissector(ENGINE))).toEqual([
    "tickwire 1: Ping",
    "id: 513",
    "tickwire 1: Snapshot",
    "tick: 99",
    "inputSequence: 7",
    "body: 02",
    "    reset: False",
    "    partial: True",
    "    check: False",
    "    [size: 1]",
  ]);
  expect(fieldsOf(capture, "arena", emitDissector(ARENA))).toContain("no message has this opcode");
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
  for (const [bytes] of cases) capture.send("server", bytes);
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
  for (const missing of [0, 1, 2, 3]) capture.send("server", bytes.subarray(0, bytes.length - missing));
  const messages = decoded(capture, "outputs", [emitDissector(OUTPUTS)])
    .join("\n")
    .split(/^(?=outputs 4)/m);

  expect(messages.map((message) => message.match(/^ {4}(?:one|later|last):/gm))).toEqual([
    ["    one:", "    later:", "    last:"],
    ["    one:", "    later:"],
    ["    one:"],
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
  for (const bytes of packets) capture.send("server", bytes);
  const messages = decoded(capture, "outputs", [emitDissector(OUTPUTS)])
    .join("\n")
    .split(/^(?=outputs 4)/m);

  expect(messages.map((message) => message.match(/Expert Info \(.*/g))).toEqual([
    null,
    null,
    [expect.stringContaining("Error/Malformed): a rest of 21, over its bound of 20")],
  ]);
  expect(messages[0]).toContain(`    body: ${"61".repeat(20)}`);
});

test("300 random messages and 300 damaged ones are read without an error of the dissector itself", ({ skip }) => {
  skip(!hasTshark, TSHARK_MISSING);
  const random = new Rng(5);
  const [whole, damaged] = [new Capture("outputs.4"), new Capture("outputs.4")];
  for (let i = 0; i < 300; i++) {
    const message = OUTPUTS.messages[i % OUTPUTS.messages.length]!;
    const bytes = randomMessage(message.name, random);
    whole.send(message.from ?? "client", bytes);
    bytes[1 + random.below(bytes.length)] = random.below(256);
    damaged.send(
      message.from ?? "client",
      random.below(2) === 0 ? bytes : bytes.subarray(0, random.below(bytes.length)),
    );
  }
  const script = emitDissector(OUTPUTS);

  expect(decoded(whole, "outputs", [script]).filter((line) => line.includes("Expert Info"))).toEqual([]);
  expect(decoded(damaged, "outputs", [script]).filter((line) => line.includes("Malformed")).length).toBeGreaterThan(50);
});
