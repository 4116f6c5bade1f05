import type { BulkSource, BulkTransfer, Outbox, PlayerId } from "#engine/shared";
import { IDLE_INPUT } from "../../shared/arena/movement.ts";
import { PRESENT } from "../../shared/arena/simulation.ts";
import type { ArenaInput, ServerMessage } from "../../shared/schema/generated/arena.ts";
import { arenaRules } from "./arena-rules.ts";
import type { ArenaMatch } from "./match.ts";

/** A message of the rules, and whom it was for. */
export interface SentMessage {
  readonly to: PlayerId | "all";
  readonly message: ServerMessage;
}

/** What is sent in bulk, as far as the script has let it arrive. */
interface ScriptedTransfer extends BulkTransfer {
  readonly source: BulkSource;
  deliveredBytes: number;
}

/** A match whose players follow a script: what the room does with the rules, without a room. For tests. */
export class ScriptedMatch {
  readonly match: ArenaMatch;
  private readonly inputs = new Map<PlayerId, ArenaInput>();
  private readonly sent: SentMessage[] = [];
  private readonly outbox: Outbox;
  private readonly transfers = new Map<PlayerId, ScriptedTransfer>();
  /** Whether what is sent in bulk arrives at once, or waits for `deliver`. */
  arrivesAtOnce = true;

  constructor(seed: number) {
    this.match = arenaRules.createWorld(seed);
    this.outbox = {
      toPlayer: (playerId, bytes) => {
        this.record(playerId, bytes);
      },
      toAll: (bytes) => {
        this.record("all", bytes);
      },
      sendBulk: (playerId, source) => this.startTransfer(playerId, source),
      request: (_playerId, _rpc, _request, settle) => {
        settle({ type: "closed" });
      },
    };
  }

  /** Lets so many bytes in all of what is sent to a player in bulk arrive. */
  deliver(playerId: PlayerId, bytes: number): void {
    const transfer = this.transfers.get(playerId)!;
    transfer.source.read(0, bytes);
    transfer.deliveredBytes = bytes;
  }

  join(playerId: PlayerId, options: unknown = {}): void {
    arenaRules.addPlayer(this.match, playerId, options, this.outbox);
  }

  leave(playerId: PlayerId): void {
    this.inputs.delete(playerId);
    arenaRules.removePlayer(this.match, playerId, this.outbox);
  }

  say(playerId: PlayerId, text: string): void {
    arenaRules.onMessage(this.match, playerId, { type: "ChatSay", value: { text } }, this.outbox);
  }

  /** What the player wants from now on. */
  steer(playerId: PlayerId, input: Partial<ArenaInput>): void {
    this.inputs.set(playerId, { ...IDLE_INPUT, ...input });
  }

  advance(ticks = 1): void {
    for (let tick = 0; tick < ticks; tick++) {
      const inputs = [...this.inputs]
        .sort(([a], [b]) => a - b)
        .map(([playerId, input]) => {
          return { playerId, input, sawTick: this.match.tick + 1 };
        });
      arenaRules.step(this.match, inputs, this.outbox, PRESENT);
      for (const table of arenaRules.tables(this.match)) table.snap();
    }
  }

  /** Everything sent since the last call. */
  takeSent(): SentMessage[] {
    return this.sent.splice(0);
  }

  /** The slot of the player's ship, or undefined. */
  shipOf(playerId: PlayerId): number | undefined {
    const { ships } = this.match;
    return [...ships.slots()].find((slot) => ships.columns.owner[slot] === playerId);
  }

  /** Every live entity's slot, generation and row, and every score, in one number. */
  hash(): number {
    let hash = 0x811c9dc5;
    const mix = (value: number) => {
      hash = Math.imul(hash ^ value ^ (value >>> 8) ^ (value >>> 16), 0x01000193) >>> 0;
    };
    for (const table of arenaRules.tables(this.match)) {
      const row = new Int32Array(table.codec.rowInts);
      for (const slot of table.slots()) {
        table.codec.snap(table.columns, slot, row, 0);
        [slot, table.generationOf(slot), ...row].forEach(mix);
      }
    }
    for (const { playerId, score } of this.match.pilots.all) [playerId, score].forEach(mix);
    return hash;
  }

  private startTransfer(playerId: PlayerId, source: BulkSource): BulkTransfer {
    const transfer: ScriptedTransfer = {
      source,
      state: "running",
      sentBytes: 0,
      deliveredBytes: 0,
      cancel: () => undefined,
    };
    this.transfers.set(playerId, transfer);
    if (this.arrivesAtOnce) this.deliver(playerId, source.size!);
    return transfer;
  }

  private record(to: PlayerId | "all", bytes: Uint8Array): void {
    const message = arenaRules.protocol.decodeServerMessage(bytes);
    if (message === undefined) throw new Error("the rules sent what is no message");
    this.sent.push({ to, message });
  }
}
