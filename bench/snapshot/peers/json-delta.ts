import type { SnapshotCodec } from "../snapshot-codec.ts";
import { applyDeltaMessage, deltaMessageOf, type DeltaMessage } from "./delta-message.ts";

const toBytes = new TextEncoder();
const toText = new TextDecoder();

/** Differences as JSON. */
export const jsonDelta: SnapshotCodec = {
  name: "json-delta",
  lags: ["1", "2-3"],
  open: () => ({
    encode: (_, step) => toBytes.encode(JSON.stringify(deltaMessageOf(step))),
    decode: (_, bytes, view) => {
      applyDeltaMessage(JSON.parse(toText.decode(bytes)) as DeltaMessage, view);
    },
  }),
};
