import { type ChannelHost, Channels } from "tickwire/server";
import { type BulkOffer, type BulkSink, type BulkTransfer, type Channel, CloseCode } from "tickwire/shared";
import { FileShelf } from "./file-shelf.ts";
import {
  type ClientMessage,
  encodeEntered,
  encodeJoined,
  encodeLeft,
  encodeSaid,
  encodeShared,
  HISTORY_MAX,
  type Line,
  type Member,
  MEMBERS_MAX,
  PROTOCOL,
  type Shared,
} from "./generated/chat.ts";

/** A person types less; the bucket holds ten seconds' worth. */
const MESSAGES_PER_SECOND_MAX = 4;
const IDS = 65_536;

type Peer = Channel<ClientMessage>;

/** Somebody who has joined. */
interface Present extends Member {
  filesOffered: number;
}

/** The channels of one chat. */
export function chatChannels(): Channels<ClientMessage> {
  return new Channels({
    protocol: PROTOCOL,
    host: new Chat(),
    channelsMax: MEMBERS_MAX,
    messagesPerSecondMax: MESSAGES_PER_SECOND_MAX,
  });
}

/** Who is there, what was said last, and the files that go from one to the others. Knows no socket and no clock. */
class Chat implements ChannelHost<ClientMessage> {
  private readonly members = new Map<Peer, Present>();
  /** Oldest first. */
  private readonly history: Line[] = [];
  private readonly files = new FileShelf();
  private nextId = 0;
  private fileCount = 0;

  /** Nothing is said to a peer before it has joined. */
  onOpen(): void {
    return;
  }

  onMessage(peer: Peer, message: ClientMessage): void {
    const member = this.members.get(peer);
    switch (message.type) {
      case "Join":
        if (member === undefined) this.join(peer, message.value.name);
        else peer.close(CloseCode.OUT_OF_ORDER, "You have joined already.");
        return;
      case "Say":
        if (member !== undefined) this.say(member, message.value.text);
        else peer.close(CloseCode.OUT_OF_ORDER, "Join first.");
        return;
    }
  }

  onEnd(peer: Peer): void {
    const member = this.members.get(peer);
    this.members.delete(peer);
    if (member !== undefined) this.tellAll(encodeLeft({ id: member.id }));
  }

  receiveBulk(peer: Peer, { name, size }: BulkOffer): BulkSink | undefined {
    const member = this.members.get(peer);
    if (member === undefined) return undefined;
    const upload = member.filesOffered++;
    const shared = { from: member.id, upload, name: tidy(name, "file") };
    return this.files.receive(peer, size, (content) => this.share(peer, shared, content));
  }

  private join(peer: Peer, name: string): void {
    const member = { id: this.freeId(), name: tidy(name, "Somebody"), filesOffered: 0 };
    this.tellAll(encodeJoined({ member }));
    this.members.set(peer, member);
    const members = [...this.members.values()];
    peer.send(encodeEntered({ you: member.id, members, history: this.history }));
  }

  private say({ id, name }: Member, said: string): void {
    const text = tidy(said, "");
    if (text === "") return;
    const line = { from: id, name, text };
    this.history.push(line);
    if (this.history.length > HISTORY_MAX) this.history.shift();
    this.tellAll(encodeSaid({ line }));
  }

  /** Everybody is told; everybody else is sent the file, which waits behind whatever anybody says meanwhile. */
  private share(peer: Peer, shared: Omit<Shared, "file" | "size">, content: Uint8Array): BulkTransfer[] {
    const file = this.fileCount;
    this.fileCount = (file + 1) >>> 0;
    const size = content.length;
    this.tellAll(encodeShared({ ...shared, file, size }));
    const read = (offset: number, bytesMax: number): Uint8Array => content.subarray(offset, offset + bytesMax);
    const others = [...this.members.keys()].filter((other) => other !== peer);
    return others.map((other) => other.sendBulk({ name: String(file), size, read }));
  }

  private tellAll(message: Uint8Array): void {
    for (const peer of this.members.keys()) peer.send(message);
  }

  private freeId(): number {
    const taken = new Set([...this.members.values()].map(({ id }) => id));
    while (taken.has(this.nextId)) this.nextId = (this.nextId + 1) % IDS;
    const id = this.nextId;
    this.nextId = (id + 1) % IDS;
    return id;
  }
}

/**
 * On one line, and never longer than it was; `otherwise` where nothing is left. What turns the order of letters around is
 * taken out: "\u202Egnp.exe" would be read as a picture.
 */
function tidy(text: string, otherwise: string): string {
  const line = text.replace(/[\p{Cc}\s\u202A-\u202E\u2066-\u2069]+/gu, " ").trim();
  return line === "" ? otherwise : line;
}
