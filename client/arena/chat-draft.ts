import { CHAT_BYTES_MAX } from "../../shared/schema/generated/arena.ts";
import { displayText } from "./display-text.ts";

/** From here on the writer is told how much room is left. */
const NOTED_BYTES_MIN = CHAT_BYTES_MAX - 32;

/** A line that is being written. */
export interface ChatDraft {
  /** As it would be sent; empty where there is nothing to say. */
  readonly text: string;
  /** Whether the server would not take it whole. */
  readonly isTooLong: boolean;
  /** What to tell the writer of its length; empty while there is room. */
  readonly note: string;
}

/** What becomes of what stands in the field. The wire counts bytes of UTF-8: "€" is three of them. */
export function chatDraft(written: string): ChatDraft {
  const text = displayText(written, Infinity);
  const bytes = new TextEncoder().encode(text).length;
  const isTooLong = bytes > CHAT_BYTES_MAX;
  const room = `${bytes} of ${CHAT_BYTES_MAX} bytes`;
  return { text, isTooLong, note: isTooLong ? `Too long: ${room}` : bytes < NOTED_BYTES_MIN ? "" : room };
}
