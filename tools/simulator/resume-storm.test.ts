/** Sessions under everything that a network and two processes can do to them, with counters that wrap meanwhile. */
import { expect, test } from "vitest";
import { type BulkTransfer, Rng } from "#engine/shared";
import type { LinkConditions } from "./engine/link-conditions.ts";
import { countedBytes, countedSource, KeptBytes } from "./numbered-game.ts";
import { NumberedSession } from "./numbered-session.ts";

const CALM_MS = 20_000;
/** Everything that was said has arrived by then: the slowest link has to carry what the storm held up. */
const REST_MS = 30_000;
/** All counters begin so far before they wrap: numbers of messages and inputs, ids of transfers. */
const FIRST_NUMBER = 2 ** 32 - 100;
const TRANSFER_EVERY_MS = 160;
const TRANSFER_BYTES_MAX = 12_000;
/** Shorter than what ends a session, and longer than what closes a connection. */
const DARK_MS_MAX = 12_000;

/** A transfer of a storm: what is sent, and where it arrives. */
interface Sending {
  readonly bytes: number;
  readonly transfer: BulkTransfer;
  readonly sink: KeptBytes;
  sentBytes: number;
  deliveredBytes: number;
}

/** Each connection is another one, of the same weather: what is dark is dark for all. */
function weatherOf(rng: Rng): () => LinkConditions {
  const longMs = rng.below(4) === 0 ? DARK_MS_MAX : 3_000;
  const outages = [
    { atMs: rng.between(2_000, 6_000), lastsMs: rng.between(0, longMs) },
    { atMs: rng.between(17_000, CALM_MS), lastsMs: rng.between(0, 2_000) },
  ];
  return () => ({
    downMbit: [2, 8, 100, Infinity][rng.below(4)]!,
    upMbit: [2, 8, 100, Infinity][rng.below(4)]!,
    rttMs: rng.between(0, 300),
    jitterMs: rng.below(2) * rng.between(0, 50),
    stall: { ms: rng.between(0, 500), meanEveryMs: rng.between(3_000, 20_000) },
    outages,
    resets: Array.from({ length: rng.below(8) }, () => rng.between(1_500, CALM_MS)),
  });
}

/** Begins a transfer each way now and then, and writes down how it goes. */
class Transfers {
  readonly all: Sending[] = [];
  readonly mistakes: string[] = [];
  private readonly expected: KeptBytes[][] = [[], []];

  /** Where the next transfer of a direction goes. */
  receive(direction: 0 | 1): KeptBytes {
    return this.expected[direction]!.shift()!;
  }

  begin(direction: 0 | 1, bytes: number, send: () => BulkTransfer | undefined): void {
    const sink = new KeptBytes();
    this.expected[direction]!.push(sink);
    this.all.push({ bytes, transfer: send()!, sink, sentBytes: 0, deliveredBytes: 0 });
  }

  watch(): void {
    for (const sending of this.all) {
      const { sentBytes, deliveredBytes } = sending.transfer;
      if (sentBytes < sending.sentBytes) this.mistakes.push(`${sentBytes} sent after ${sending.sentBytes}`);
      if (deliveredBytes < sending.deliveredBytes) this.mistakes.push(`${deliveredBytes} delivered: that fell`);
      if (deliveredBytes > sending.sink.bytes.length) this.mistakes.push(`${deliveredBytes} delivered: not there`);
      sending.sentBytes = sentBytes;
      sending.deliveredBytes = deliveredBytes;
    }
  }

  unfinished(): string[] {
    return this.all.flatMap(({ transfer, sink, bytes }, i) => {
      const whole = countedBytes(0, bytes);
      const isWhole = sink.bytes.length === bytes && sink.bytes.every((byte, at) => byte === whole[at]);
      const isDone = transfer.state === "done" && sink.outcome === "done";
      return isDone && isWhole ? [] : [`transfer ${i} of ${bytes} is ${transfer.state}: ${sink.bytes.length}`];
    });
  }
}

function stormyTransfers(session: NumberedSession, transfers: Transfers, rng: Rng): void {
  for (let atMs = 1_000; atMs < CALM_MS; atMs += TRANSFER_EVERY_MS) {
    const [up, down] = [rng.below(TRANSFER_BYTES_MAX), rng.below(TRANSFER_BYTES_MAX)];
    session.network.schedule(atMs, () => {
      transfers.begin(0, up, () => session.client.sendBulk(countedSource(up, up % 2 === 0)));
      transfers.begin(1, down, () => session.room.world.outbox!.sendBulk(0, countedSource(down, down % 2 === 0)));
    });
  }
}

test.each(Array.from({ length: 12 }, (_, i) => i + 1))(
  "seed %i: all messages and 119 transfers each way arrive, whole, once and in their order",
  (seed) => {
    const rng = new Rng(seed);
    const transfers = new Transfers();
    const session = new NumberedSession({
      seed,
      link: weatherOf(rng),
      firstNumber: FIRST_NUMBER,
      talkEvery: 4,
      receiveUpload: () => transfers.receive(0),
      receiveDownload: () => transfers.receive(1),
    });
    session.onFrame = () => {
      transfers.watch();
    };
    stormyTransfers(session, transfers, rng);
    session.network.schedule(rng.between(8_000, 16_000), () => {
      session.freezeClient(rng.between(0, 8_000));
    });
    session.network.schedule(rng.between(8_000, 16_000), () => {
      session.freezeRoom(rng.between(0, 3_000));
    });
    session.run(CALM_MS);
    session.isTalking = false;
    const mistakes = (): string[] => [...session.mistakes(), ...transfers.unfinished()];
    for (let waitedMs = 0; waitedMs < REST_MS && mistakes().length > 0; waitedMs += 1_000) session.run(1_000);

    expect(session.client.status).toEqual({ phase: "connected" });
    expect([...mistakes(), ...transfers.mistakes]).toEqual([]);
    expect(session.room.world).toMatchObject({ joined: [0], left: [] });
    expect(session.links.length).toBeGreaterThan(1);
    const { inputs } = session.room.world;
    expect(inputs.every((input, i) => i === 0 || input > inputs[i - 1]!)).toBe(true);
  },
);
