import {
  type BulkOffer,
  type BulkSink,
  type Channel,
  CloseCode,
  type CloseReason,
  type Connection,
  type LaneLimits,
  type MessageProtocol,
  serverChannel,
} from "#engine/shared";
import { MessageBudget } from "./message-budget.ts";

/** A network may deliver so much of a peer's messages at once. */
const SAVED_SECONDS = 10;
const FLOOD_TEXT = "Too many messages at once.";

/** Who speaks on the channels of a server. What it sends in these calls leaves at the end of the turn. */
export interface ChannelHost<ClientMessage> {
  /** A peer is there, and may be spoken to. */
  onOpen(channel: Channel<ClientMessage>): void;
  onMessage(channel: Channel<ClientMessage>, message: ClientMessage): void;
  /** A channel that was open has ended, whoever ended it. */
  onEnd(channel: Channel<ClientMessage>, reason: CloseReason): void;
  /** Where something large that a peer sends goes; undefined, or no such member, refuses it. */
  receiveBulk?(channel: Channel<ClientMessage>, offer: BulkOffer): BulkSink | undefined;
}

/** What channels are made with. */
export interface ChannelsOptions<ClientMessage> {
  readonly protocol: MessageProtocol<ClientMessage>;
  readonly host: ChannelHost<ClientMessage>;
  /** Channels at a time, with those that have said nothing yet. One more is closed with 4004. */
  readonly channelsMax: number;
  /** Messages and offers of one peer: so many a second, and ten seconds' worth at once. More end its channel with 4005. */
  readonly messagesPerSecondMax: number;
  /** Other bounds of what a channel's lanes may hold than `LANE_LIMITS`. */
  readonly laneLimits?: Partial<LaneLimits>;
}

interface Entry<ClientMessage> {
  readonly channel: Channel<ClientMessage>;
  readonly budget: MessageBudget;
  isKnown: boolean;
}

/**
 * The server's ends of many channels, for a server that needs no room: whoever owns a timer calls `advance`. One peer's
 * bad message ends the channel of that peer alone. Owns no timer and no socket.
 */
export class Channels<ClientMessage> {
  readonly protocol: MessageProtocol<ClientMessage>;
  private readonly options: ChannelsOptions<ClientMessage>;
  /** In the order in which they came. */
  private readonly entries = new Set<Entry<ClientMessage>>();
  private nowMs: number | undefined;
  private ending: CloseReason | undefined;

  constructor(options: ChannelsOptions<ClientMessage>) {
    this.options = options;
    this.protocol = options.protocol;
  }

  /** How many there are, with those that have said nothing yet. */
  get size(): number {
    return this.entries.size;
  }

  /** Takes a connection of which nothing was read yet. */
  accept(connection: Connection): void {
    const { protocol, host, channelsMax, messagesPerSecondMax, laneLimits } = this.options;
    if (this.ending !== undefined) {
      connection.close(this.ending.code, this.ending.reason);
      return;
    }
    if (this.entries.size >= channelsMax) {
      connection.close(CloseCode.ROOM_FULL, `All ${channelsMax} places are taken. Try again later.`);
      return;
    }
    const budget = new MessageBudget(messagesPerSecondMax, SAVED_SECONDS * messagesPerSecondMax);
    // However small it is, others may be told of it, as of a message.
    const receiveBulk = (offer: BulkOffer): BulkSink | undefined => {
      if (budget.spend(1, 0)) return host.receiveBulk?.(channel, offer);
      channel.close(CloseCode.FLOOD, FLOOD_TEXT);
      return undefined;
    };
    const channel: Channel<ClientMessage> = serverChannel(connection, protocol, { receiveBulk, laneLimits });
    this.entries.add({ channel, budget, isKnown: false });
  }

  /**
   * One turn: tells the host what has arrived, oldest channel first, then sends what may leave. Call it some 10 to 60
   * times a second. `nowMs`: the monotonic clock that also stamps what the links bring.
   */
  advance(nowMs: number): void {
    const seconds = (nowMs - (this.nowMs ?? nowMs)) / 1_000;
    this.nowMs = nowMs;
    for (const entry of this.entries) this.read(entry, seconds);
    for (const entry of this.entries) {
      entry.channel.advance(nowMs);
      if (entry.channel.ended !== undefined) this.remove(entry, entry.channel.ended);
    }
  }

  /** Ends every channel, after what was sent; no other is taken. The host is told nothing of it. */
  close(reason: string): void {
    this.ending = { code: CloseCode.GOING_AWAY, reason };
    for (const { channel } of this.entries) {
      channel.advance(this.nowMs ?? 0);
      channel.close(CloseCode.GOING_AWAY, reason);
    }
    this.entries.clear();
  }

  private read(entry: Entry<ClientMessage>, seconds: number): void {
    const { channel, budget } = entry;
    const { host } = this.options;
    const messages = channel.takeMessages();
    // What came before a peer's last word counts; what comes behind the host's does not.
    const hadEnded = channel.phase === "ended";
    if (!entry.isKnown && channel.phase === "open") {
      entry.isKnown = true;
      host.onOpen(channel);
    }
    if (!budget.spend(messages.length, seconds)) {
      channel.close(CloseCode.FLOOD, FLOOD_TEXT);
      return;
    }
    for (const message of messages) {
      if (channel.phase === "ended" && !hadEnded) return;
      host.onMessage(channel, message);
    }
  }

  private remove(entry: Entry<ClientMessage>, reason: CloseReason): void {
    this.entries.delete(entry);
    if (entry.isKnown) this.options.host.onEnd(entry.channel, reason);
  }
}
