import type { Contender } from "../contender.ts";
import { listenToNothing, receiveMarked, snapshotPacket } from "./marked-packet.ts";
import { PacedBulk } from "./paced-bulk.ts";

/** Snapshots have a socket of their own; the bulk goes over a second one. */
export const twoSockets: Contender = {
  how: "two sockets",
  links: 2,
  createSender: (links, clock) => {
    listenToNothing(links);
    const paced = new PacedBulk(links[1]!, clock);
    return {
      sendSnapshot: (snapshot) => {
        links[0]!.send(snapshotPacket(snapshot));
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
