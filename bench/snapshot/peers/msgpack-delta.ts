import { Decoder, Encoder } from "@msgpack/msgpack";
import type { SnapshotCodec } from "../snapshot-codec.ts";
import { applyDeltaMessage, deltaMessageOf, type DeltaMessage } from "./delta-message.ts";

/** Differences as MessagePack; one encoder and one decoder for all messages, as its README recommends. */
export const msgpackDelta: SnapshotCodec = {
  name: "msgpack-delta",
  lags: ["1", "2-3"],
  open: () => {
    const [encoder, decoder] = [new Encoder(), new Decoder()];
    return {
      encode: (_, step) => encoder.encodeSharedRef(deltaMessageOf(step)),
      decode: (_, bytes, view) => {
        applyDeltaMessage(decoder.decode(bytes) as DeltaMessage, view);
      },
    };
  },
};
