import { Connection } from "../../../shared/engine/transport/connection.ts";
import { Lanes } from "../../../shared/engine/transport/lanes.ts";
import { watchedLink } from "../../../shared/engine/profile/watched-link.ts";
import type { Clock } from "../clock.ts";
import type { Contender } from "../contender.ts";

/** How often the two ends look after their connections when nothing happens: a slow display frame. */
const FRAME_MS = 16;

/** The engine's own connection: snapshots on the realtime lane, the bulk as a transfer behind it. */
export const lanes: Contender = {
  how: "lanes",
  links: 1,
  createSender: (links, clock) => {
    const mine = new Lanes();
    const connection = begin(new Connection(links[0]!), mine, clock);
    return {
      sendSnapshot: (snapshot) => {
        if (connection.mayWriteLatest(clock.nowMs(), snapshot[0]!)) connection.sendLatest(snapshot);
        connection.flush(clock.nowMs());
      },
      sendBulk: (bulk) => {
        mine.sendBulk({ name: "bulk", size: bulk.length, read: (at, bytesMax) => bulk.subarray(at, at + bytesMax) });
        connection.flush(clock.nowMs());
      },
    };
  },
  createReceiver: (links, clock, receiver) => {
    const mine: Lanes = new Lanes(() => ({
      write: (bytes) => {
        receiver.onBulk(bytes, clock.nowMs());
        return true;
      },
      end: () => undefined,
    }));
    const link = watchedLink(links[0]!, (_, receivedAtMs) => {
      for (const { bytes } of mine.takeMessages()) receiver.onSnapshot(bytes, receivedAtMs);
    });
    begin(new Connection(link), mine, clock);
  },
};

function begin(connection: Connection, mine: Lanes, clock: Clock): Connection {
  connection.open(mine);
  connection.begin();
  const look = (): void => {
    connection.flush(clock.nowMs());
    clock.schedule(clock.nowMs() + FRAME_MS, look);
  };
  look();
  return connection;
}
