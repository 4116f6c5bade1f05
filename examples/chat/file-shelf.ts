import type { BulkSink, BulkTransfer } from "tickwire/shared";
import { FILE_BYTES_MAX } from "./generated/chat.ts";

/** What the server holds at a time, of uploads and of deliveries together. */
const FILES_MAX = 32;
const BYTES_MAX = 8 * FILE_BYTES_MAX;
/** Of one sender: nobody may take all the room, by offering and then sending nothing say. */
const SENDER_FILES_MAX = 4;

/** What tells whether a file is still needed. */
type Delivery = Pick<BulkTransfer, "state">;

interface KeptFile {
  readonly sender: object;
  readonly size: number;
  /** Undefined while it is being uploaded. */
  deliveries: readonly Delivery[] | undefined;
}

/** Files on their way through the server: held from the offer until the last member has them, or has left. */
export class FileShelf {
  private files: KeptFile[] = [];

  /**
   * A place for a file of `size` bytes, unless it is empty, too large, does not fit beside the others, or its sender
   * has four there. `deliver` is given all of it, and says what transfers carry it on.
   */
  receive(
    sender: object,
    size: number | undefined,
    deliver: (content: Uint8Array) => readonly Delivery[],
  ): BulkSink | undefined {
    this.files = this.files.filter(isUnderWay);
    const heldBytes = this.files.reduce((sum, file) => sum + file.size, 0);
    if (size === undefined || size === 0 || size > FILE_BYTES_MAX) return undefined;
    if (this.files.length >= FILES_MAX || heldBytes + size > BYTES_MAX) return undefined;
    if (this.files.filter((file) => file.sender === sender).length >= SENDER_FILES_MAX) return undefined;
    const file: KeptFile = { sender, size, deliveries: undefined };
    this.files.push(file);
    const content = new Uint8Array(size);
    let filled = 0;
    return {
      write: (block) => {
        content.set(block, filled);
        filled += block.length;
        return true;
      },
      end: (outcome) => {
        file.deliveries = outcome === "done" ? deliver(content) : [];
      },
    };
  }
}

function isUnderWay({ deliveries }: KeptFile): boolean {
  return deliveries === undefined || deliveries.some(({ state }) => state === "running");
}
