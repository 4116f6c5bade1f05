import type { Contender } from "../contender.ts";
import { bulkPacket, listenToNothing, receiveMarked, snapshotPacket } from "./marked-packet.ts";

/** Everything is handed to the socket as it comes: the bulk is one message. */
export const oneSend: Contender = {
  how: "one send",
  links: 1,
  createSender: (links) => {
    listenToNothing(links);
    const link = links[0]!;
    return {
      sendSnapshot: (snapshot) => {
        link.send(snapshotPacket(snapshot));
      },
      sendBulk: (bulk) => {
        link.send(bulkPacket(bulk));
      },
    };
  },
  createReceiver: (links, _, receiver) => {
    receiveMarked(links, receiver);
  },
};
