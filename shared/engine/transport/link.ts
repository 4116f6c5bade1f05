/** What a link tells the connection that runs over it. */
export interface LinkEvents {
  onOpen(): void;
  /** `packet` is the receiver's to keep. `receivedAtMs` is monotonic, on the clock of whoever made the link. */
  onPacket(packet: Uint8Array, receivedAtMs: number): void;
  /** Once behind the packets that arrived together: the moment to answer all of them in one. */
  onTurn(nowMs: number): void;
  /** Once, and nothing follows it. */
  onClose(code: number, reason: string): void;
}

/** An ordered pipe of packets: all that the engine knows of a network. */
export interface Link {
  /** Bytes given to `send` that have not left this process yet. */
  readonly bufferedBytes: number;
  /** Takes over the packet: its bytes must not change any more. Nothing happens on a link that is not open. */
  send(packet: Uint8Array): void;
  /** `reason`: at most 123 bytes of UTF-8. */
  close(code: number, reason: string): void;
  /** Called once, before control returns to the event loop, by whoever takes the link over. */
  listen(events: LinkEvents): void;
}
