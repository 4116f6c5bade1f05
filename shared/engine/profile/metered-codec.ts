import type { AnyEntityCodec, SnapshotCodec } from "../wire/protocol.ts";
import { type MeteringReader, PART } from "./metering-reader.ts";

/** A codec that tells the meter what it reads when no code book does. Around its calls stand lists. */
export function meteredCodec(codec: AnyEntityCodec, meter: MeteringReader): AnyEntityCodec {
  return { ...codec, snapshots: codec.snapshots.map((each) => meteredSnapshots(each, meter)) };
}

function meteredSnapshots(codec: SnapshotCodec, meter: MeteringReader): SnapshotCodec {
  const reads = (label: string, read: () => boolean): boolean => {
    meter.name(label);
    const isRead = read();
    meter.name(PART.LISTS);
    return isRead;
  };
  return {
    ...codec,
    readRow: (...args) => reads(PART.WHOLE_ROWS, () => codec.readRow(...args)),
    readState: (...args) => reads(PART.WHOLE_ROWS, () => codec.readState(...args)),
    readDelta: (...args) => reads(PART.LISTS, () => codec.readDelta(...args)),
    readLagged: (...args) => reads(PART.LISTS, () => codec.readLagged(...args)),
    readOwner: (...args) => reads(PART.OWNER, () => codec.readOwner(...args)),
  };
}
