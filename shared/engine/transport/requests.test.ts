import { expect, test } from "vitest";
import type { Rpc, RpcResult } from "../wire/protocol.ts";
import { type RequestOutcome, Requests } from "./requests.ts";

interface Gold {
  readonly gold: number;
}

/** Calls are [opcode, id low, id high, what]; results [opcode + 1, id low, id high, gold], and 255 gold is a refusal. */
function rpcOf(opcode: number): Rpc<number, Gold> {
  return {
    name: `Rpc${opcode}`,
    resultOpcode: opcode + 1,
    encodeCall: ({ id, request }) => Uint8Array.of(opcode, id & 255, id >> 8, request),
    decodeResult: (bytes): RpcResult<Gold> | undefined => {
      if (bytes.length !== 4) return undefined;
      const gold = bytes[3]!;
      const outcome: RpcResult<Gold>["outcome"] =
        gold === 255 ? { type: "refusal", value: { code: 7, text: "no gold" } } : { type: "reply", value: { gold } };
      return { id: bytes[1]! | (bytes[2]! << 8), outcome };
    },
  };
}

const BUY = rpcOf(40);
const SELL = rpcOf(50);

function answerTo(call: Uint8Array, gold: number): Uint8Array {
  return Uint8Array.of(call[0]! + 1, call[1]!, call[2]!, gold);
}

function idOf(call: Uint8Array | undefined): number | undefined {
  return call && call[1]! | (call[2]! << 8);
}

/** Requests, and what they were settled with. */
function setUp(pendingMax = 4, timeoutMs = 100) {
  const requests = new Requests({ timeoutMs, pendingMax });
  const settled: [string, RequestOutcome<Gold>][] = [];
  const ask = (name: string, rpc = BUY): Uint8Array | undefined =>
    requests.ask(rpc, 9, (outcome) => {
      settled.push([name, outcome]);
    });
  const types = (): [string, string][] => settled.map(([name, { type }]) => [name, type]);
  return { requests, settled, ask, types };
}

test("each request gets its own answer, in whatever order they come", () => {
  const { requests, settled, ask } = setUp();
  const [first, second] = [ask("first")!, ask("second", SELL)!];

  expect(requests.read(answerTo(second, 2), 1)).toBe("answer");
  expect(requests.read(answerTo(first, 255), 1)).toBe("answer");
  expect(settled).toEqual([
    ["second", { type: "reply", value: { gold: 2 } }],
    ["first", { type: "refusal", value: { code: 7, text: "no gold" } }],
  ]);
  expect(requests.size).toBe(0);
});

test("an answer that nobody waits for is dropped: unknown, second, late, or to another rpc's request", () => {
  const { requests, ask, types } = setUp();
  const [bought, sold] = [ask("bought")!, ask("sold", SELL)!];

  requests.read(Uint8Array.of(41, 99, 0, 1), 1);
  requests.read(Uint8Array.of(41, sold[1]!, sold[2]!, 1), 1);
  expect(types()).toEqual([]);
  requests.read(answerTo(bought, 1), 1);
  requests.read(answerTo(bought, 1), 1);
  requests.expire(0);
  requests.expire(100);
  requests.read(answerTo(sold, 1), 1);
  expect(types()).toEqual([
    ["bought", "reply"],
    ["sold", "timeout"],
  ]);
});

test("what answers nothing that was ever asked is left to others, and bytes that are no answer are bad", () => {
  const { requests, ask } = setUp();

  expect(requests.read(Uint8Array.of(41, 0, 0, 1), 1)).toBe("foreign");
  expect(requests.read(new Uint8Array(0), 1)).toBe("foreign");
  ask("bought");
  expect(requests.read(Uint8Array.of(41, 0), 1)).toBe("bad");
  expect(requests.read(Uint8Array.of(51, 0, 0, 1), 1)).toBe("foreign");
  expect(requests.read(Uint8Array.of(41, 0, 0, 1), 1)).toBe("answer");
});

test("a request times out 100 ms after the clock was first looked at, and not sooner", () => {
  const { requests, ask, types } = setUp();
  ask("first");
  requests.expire(6_000);
  ask("second");
  requests.expire(6_050);
  requests.expire(6_099);

  expect(types()).toEqual([]);
  requests.expire(6_100);
  expect(types()).toEqual([["first", "timeout"]]);
  requests.expire(6_150);
  expect(types()[1]).toEqual(["second", "timeout"]);
});

test("a request that cannot be encoded is thrown back, and nothing waits for its answer", () => {
  const { requests, ask } = setUp(1);
  const broken: Rpc<number, Gold> = {
    ...BUY,
    encodeCall: () => {
      throw new RangeError("Order.amount: 999 does not fit u8");
    },
  };

  expect(() => requests.ask(broken, 999, () => undefined)).toThrow("999 does not fit");
  expect(requests.size).toBe(0);
  expect(idOf(ask("next"))).toBe(0);
});

test("of five requests with room for four the last is not made, until one is settled", () => {
  const { requests, ask, types } = setUp(4);
  const calls = [1, 2, 3, 4, 5].map((each) => ask(String(each)));

  expect(calls.map(idOf)).toEqual([0, 1, 2, 3, undefined]);
  expect(types()).toEqual([["5", "busy"]]);
  requests.read(answerTo(calls[1]!, 0), 1);
  expect(idOf(ask("6"))).toBe(4);
});

test("ids go round behind 65,535 and leave out those that still wait", () => {
  const { requests, ask } = setUp(3);
  expect(idOf(ask("slow"))).toBe(0);
  for (let id = 1; id < 65_536; id++) requests.read(answerTo(ask("quick")!, 0), 1);

  expect(idOf(ask("next"))).toBe(1);
});

test("a closed connection settles all that wait", () => {
  const { requests, ask, types } = setUp();
  ask("first");
  ask("second", SELL);
  requests.close();

  expect(types().map(([, type]) => type)).toEqual(["closed", "closed"]);
  expect(requests.size).toBe(0);
});

test("a request that is made while another is settled keeps its place", () => {
  const { requests, ask } = setUp();
  requests.ask(BUY, 9, () => {
    ask("again");
  });
  requests.expire(0);
  requests.expire(100);

  expect(requests.size).toBe(1);
});

test("there is room for 1 to 65,536 requests", () => {
  expect(() => setUp(0)).toThrow("pendingMax is 1 to 65536, not 0");
  expect(() => setUp(65_537)).toThrow("pendingMax is 1 to 65536, not 65537");
  expect(setUp(65_536).requests.size).toBe(0);
});
