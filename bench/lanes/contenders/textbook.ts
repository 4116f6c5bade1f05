import type { Contender } from "../contender.ts";
import { listenToNothing, receiveMarked, snapshotPacket } from "./marked-packet.ts";
import { PacedBulk } from "./paced-bulk.ts";

/**
 * What textbooks say against head-of-line blocking: small chunks, never one while `bufferedBytes` is more than 0, and
 * whatever is urgent goes first. A snapshot never has more than one chunk before it in this process.
 */
export const textbook: Contender = {
  how: "textbook",
  links: 1,
  createSender: (links, clock) => {
    listenToNothing(links);
    const link = links[0]!;
    const paced = new PacedBulk(link, clock);
    return {
      sendSnapshot: (snapshot) => {
        link.send(snapshotPacket(snapshot));
      },
      sendBulk: (bulk) => {
        paced.start(bulk);
      },
    };
  },
  createReceiver: (links, _, receiver) => {
    receiveMarked(links, receiver);
  },
};
