/** The chat in virtual time: its real server and real channels, on a network without sockets. */
import { expect, test } from "vitest";
import { type BulkSink, type BulkSource, type Channel, clientChannel, CloseCode, Connection } from "tickwire/shared";
import { type LinkConditions, linkNamed, VirtualNetwork } from "tickwire/testing";
import { chatChannels } from "./chat.ts";
import {
  encodeJoin,
  encodeSay,
  FILE_BYTES_MAX,
  HISTORY_MAX,
  PROTOCOL,
  type ServerMessage,
  type Shared,
} from "./generated/chat.ts";

/** More often than a display: the times that are measured are no rounder than this. */
const FRAME_MS = 4;
const LAN: LinkConditions = linkNamed("lan")!;
const SLOW: LinkConditions = linkNamed("8M/50")!;
const MEGABYTE = 1_000_000;

/** A member's page, without the page. */
class Page {
  readonly channel: Channel<ServerMessage>;
  readonly messages: ServerMessage[] = [];
  /** Bytes of files that have arrived whole, by the file's number. */
  readonly files = new Map<string, number>();
  readonly heardAtMs: number[] = [];

  constructor(network: VirtualNetwork, link: LinkConditions, accept: (connection: Connection) => void) {
    const { client, server } = network.createLinks(link);
    accept(new Connection(server));
    this.channel = clientChannel(client, PROTOCOL, { receiveBulk: ({ name }) => this.sinkOf(name) });
  }

  /** What was said, oldest first. */
  get lines(): string[] {
    return this.messages.flatMap(({ type, value }) =>
      type === "Said" ? [`${value.line.name}: ${value.line.text}`] : [],
    );
  }

  /** What was told of files, oldest first. */
  get shared(): Shared[] {
    return this.messages.flatMap(({ type, value }) => (type === "Shared" ? [value] : []));
  }

  read(nowMs: number): void {
    for (const message of this.channel.takeMessages()) {
      this.messages.push(message);
      if (message.type === "Said") this.heardAtMs.push(nowMs);
    }
    this.channel.advance(nowMs);
  }

  say(text: string): void {
    this.channel.send(encodeSay({ text }));
  }

  private sinkOf(name: string): BulkSink {
    let bytes = 0;
    return {
      write: (block) => (bytes += block.length) > 0,
      end: (outcome) => {
        if (outcome === "done") this.files.set(name, bytes);
      },
    };
  }
}

/** An empty chat; `enter` lets somebody in, `run` lets time pass for all of them. */
function openChat() {
  const network = new VirtualNetwork();
  const channels = chatChannels();
  const pages: Page[] = [];
  const connect = (link: LinkConditions): Page => {
    const page = new Page(network, link, (connection) => {
      channels.accept(connection);
    });
    pages.push(page);
    return page;
  };
  const run = (ms: number): void => {
    for (const endMs = network.nowMs + ms; network.nowMs < endMs;) {
      network.advanceTo(network.nowMs + FRAME_MS);
      channels.advance(network.nowMs);
      for (const page of pages) page.read(network.nowMs);
    }
  };
  const enter = (name: string, link = LAN): Page => {
    const page = connect(link);
    page.channel.send(encodeJoin({ name }));
    run(300);
    return page;
  };
  return { network, channels, connect, enter, run };
}

function fileOf(bytes: number, name = "cat.png"): BulkSource {
  const content = new Uint8Array(bytes);
  return { name, size: bytes, read: (offset, bytesMax) => content.subarray(offset, offset + bytesMax) };
}

test("two members hear each other, in order, and one who leaves is told to the other", () => {
  const { enter, run } = openChat();
  const [ada, ben] = [enter("Ada"), enter("Ben")];
  ada.say("hello Ben");
  run(100);
  ben.say("hello\n\u0000 Ada ");
  run(100);
  ben.channel.close();
  run(100);

  expect(ada.lines).toEqual(["Ada: hello Ben", "Ben: hello Ada"]);
  expect(ben.lines).toEqual(ada.lines);
  expect(ada.messages.map(({ type }) => type)).toEqual(["Entered", "Joined", "Said", "Said", "Left"]);
  expect(ben.messages[0]).toMatchObject({
    type: "Entered",
    value: {
      you: 1,
      members: [
        { id: 0, name: "Ada" },
        { id: 1, name: "Ben" },
      ],
    },
  });
});

test("a newcomer is told the last 50 of 60 lines, and lines of nothing but spaces are none", () => {
  const { enter, run } = openChat();
  const ada = enter("Ada");
  for (let line = 0; line < 60; line++) {
    ada.say(`line ${line}`);
    ada.say("  ");
    run(600);
  }

  const first = enter("Ben").messages[0];

  const history = first?.type === "Entered" ? first.value.history : [];
  expect(history).toHaveLength(HISTORY_MAX);
  expect([history[0]?.text, history.at(-1)?.text]).toEqual(["line 10", "line 59"]);
  expect(ada.lines).toHaveLength(60);
});

test.each([
  [
    "bytes that are no message",
    CloseCode.BAD_MESSAGE,
    (page: Page) => {
      page.channel.send(Uint8Array.of(33, 1));
    },
  ],
  [
    "a line before a name",
    CloseCode.OUT_OF_ORDER,
    (page: Page) => {
      page.say("hello");
    },
  ],
  [
    "a second name",
    CloseCode.OUT_OF_ORDER,
    (page: Page) => {
      for (const name of ["Eve", "Eva"]) page.channel.send(encodeJoin({ name }));
    },
  ],
  [
    "a hundred lines at once",
    CloseCode.FLOOD,
    (page: Page) => {
      for (let i = 0; i < 100; i++) page.say("spam");
    },
  ],
])("%s end the channel of who sends them with %i, and the others go on", (_what, code, offend) => {
  const { connect, enter, run } = openChat();
  const [ada, ben] = [enter("Ada"), enter("Ben")];
  const eve = connect(LAN);
  offend(eve);
  run(200);
  ada.say("who was that?");
  run(100);

  expect(eve.channel.ended?.code).toBe(code);
  expect(ben.lines).toEqual(["Ada: who was that?"]);
});

test("while 5 MB go up and down an 8 Mbit/s link, a line over that link comes at most 15 ms later than without", () => {
  const { network, enter, run } = openChat();
  const [ada, ben] = [enter("Ada", SLOW), enter("Ben", SLOW)];
  /** How long lines of Ada take to Ben, the longest of ten. */
  const slowestLineMs = (): number => {
    const times = Array.from({ length: 10 }, () => {
      const saidAtMs = network.nowMs;
      ada.say("are you there?");
      run(400);
      return ben.heardAtMs.at(-1)! - saidAtMs;
    });
    return Math.max(...times);
  };
  const idleMs = slowestLineMs();

  const upload = ada.channel.sendBulk(fileOf(5 * MEGABYTE));
  const upMs = slowestLineMs();
  const isUpUnderWay = upload.state === "running";
  run(2_500);
  expect(upload.state).toBe("done");
  const downMs = slowestLineMs();
  const isDownUnderWay = ben.files.size === 0;
  run(3_000);

  console.log(`a line took ${idleMs} ms; ${upMs} beside the upload, ${downMs} beside the download`);
  expect([isUpUnderWay, isDownUnderWay]).toEqual([true, true]);
  expect(ben.files).toEqual(new Map([["0", 5 * MEGABYTE]]));
  expect(ada.files.size).toBe(0);
  expect(upMs).toBeLessThanOrEqual(idleMs + 15);
  expect(downMs).toBeLessThanOrEqual(idleMs + 15);
});

test("a file of 8 MB is taken; a larger one, an empty one and a stranger's are refused", () => {
  const { connect, enter, run } = openChat();
  const [ada, ben] = [enter("Ada"), enter("Ben")];
  const stranger = connect(LAN);
  run(200);

  const taken = ada.channel.sendBulk(fileOf(FILE_BYTES_MAX));
  const refused = [
    ada.channel.sendBulk(fileOf(FILE_BYTES_MAX + 1)),
    ada.channel.sendBulk(fileOf(0)),
    stranger.channel.sendBulk(fileOf(1)),
  ];
  run(3_000);

  expect(taken.state).toBe("done");
  expect(refused.map(({ state }) => state)).toEqual(["cancelled", "cancelled", "cancelled"]);
  expect(ben.files).toEqual(new Map([["0", FILE_BYTES_MAX]]));
});

test("who offers four files and sends nothing is refused a fifth, and another's file is taken", () => {
  const { enter, run } = openChat();
  const [ada, ben] = [enter("Ada"), enter("Ben")];
  const silent: BulkSource = { name: "never", size: FILE_BYTES_MAX, read: () => new Uint8Array(0) };
  const offers = Array.from({ length: 5 }, () => ada.channel.sendBulk(silent));
  const taken = ben.channel.sendBulk(fileOf(MEGABYTE));
  run(2_000);

  expect(offers.map(({ state }) => state)).toEqual(["running", "running", "running", "running", "cancelled"]);
  expect(taken.state).toBe("done");
});

test("of three files of a size, one refused, each that is shared says the how manyth of its sender's it is", () => {
  const { enter, run } = openChat();
  const [ada, ben] = [enter("Ada"), enter("Ben")];
  ada.channel.sendBulk(fileOf(10, "first.png"));
  ada.channel.sendBulk(fileOf(0, "empty.png"));
  ben.channel.sendBulk(fileOf(10, "other.png"));
  ada.channel.sendBulk(fileOf(10, "third.png"));
  run(500);

  const uploads = ada.shared.map(({ from, upload, name }) => `${name}: ${upload} of ${from}`);
  expect(uploads.sort()).toEqual(["first.png: 0 of 0", "other.png: 0 of 1", "third.png: 2 of 0"]);
});

test("60 files of a byte within 1.2 s end the channel of who sends them before 45 are told, and the others go on", () => {
  const { enter, run } = openChat();
  const [ada, ben, eve] = [enter("Ada"), enter("Ben"), enter("Eve")];
  for (let i = 0; i < 60; i++) {
    eve.channel.sendBulk(fileOf(1));
    run(20);
  }
  ada.say("who was that?");
  run(100);

  expect(eve.channel.ended?.code).toBe(CloseCode.FLOOD);
  expect(ben.shared.length).toBeLessThan(45);
  expect(ben.lines).toEqual(["Ada: who was that?"]);
});

test.each([
  ["\u202Egnp.exe", "gnp.exe"],
  ["a\u2066b\u2069.png", "a b .png"],
  ["\n", "file"],
  ["שלום.png", "שלום.png"],
])("a file whose name is %j is told as %j: nothing in it turns letters around", (name, told) => {
  const { enter, run } = openChat();
  const [ada, ben] = [enter("Ada"), enter("Ben")];
  ada.channel.sendBulk(fileOf(1, name));
  run(200);

  expect(ben.shared.map((file) => file.name)).toEqual([told]);
});
