import type { Chat } from "../../../workload.ts";
import { codec } from "../../contender.ts";
import { decodeChat, decodeChatInto, encodeChat, encodeChatInto } from "../../generated/f4.ts";
import { into } from "./into.ts";

export const f4 = codec<Chat>(encodeChat, decodeChat);

const target: Chat = { channel: 0, sender: "", text: "", rows: [] };
export const f4Into = into<Chat>(encodeChatInto, decodeChatInto, target);
