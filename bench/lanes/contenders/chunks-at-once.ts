import type { Contender } from "../contender.ts";
import { CHUNK_BYTES } from "../workload.ts";
import { bulkPacket, listenToNothing, receiveMarked, snapshotPacket } from "./marked-packet.ts";

/** The bulk is cut into messages, and all of them are sent there and then. */
export const chunksAtOnce: Contender = {
  how: "chunks at once",
  links: 1,
  createSender: (links) => {
    listenToNothing(links);
    const link = links[0]!;
    return {
      sendSnapshot: (snapshot) => {
        link.send(snapshotPacket(snapshot));
      },
      sendBulk: (bulk) => {
        for (let at = 0; at < bulk.length; at += CHUNK_BYTES)
          link.send(bulkPacket(bulk.subarray(at, at + CHUNK_BYTES)));
      },
    };
  },
  createReceiver: (links, _, receiver) => {
    receiveMarked(links, receiver);
  },
};
