import type { DecodedView } from "../decoded-view.ts";
import type { SnapshotCodec, SnapshotSession } from "../snapshot-codec.ts";
import type { Step } from "../step.ts";
import { ENTITIES } from "../world.ts";

/**
 * Everything in view, whole, in every snapshot; little-endian.
 *
 *     tick u8 · for each entity: id u16 · kind u8 · x u16 · y u16 · vx i16 · vy i16 · angle u8 · hp u8
 */
export const fixedRecords: SnapshotCodec = { name: "fixed-records", lags: ["1", "2-3"], open: openSession };

const HEADER_BYTES = 1;
const RECORD_BYTES = 13;

function openSession(): SnapshotSession {
  const buffer = new Uint8Array(HEADER_BYTES + ENTITIES * RECORD_BYTES);
  const data = new DataView(buffer.buffer);
  return {
    encode: (_, step) => {
      data.setUint8(0, step.tick & 0xff);
      step.ids.forEach((id, at) => {
        writeRecord(data, HEADER_BYTES + at * RECORD_BYTES, id, step.rows);
      });
      return buffer.subarray(0, HEADER_BYTES + step.ids.length * RECORD_BYTES);
    },
    decode: (_, bytes, view) => {
      const packet = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      view.isInView.fill(0);
      for (let at = HEADER_BYTES; at < bytes.length; at += RECORD_BYTES) readRecord(packet, at, view);
    },
  };
}

function writeRecord(data: DataView, at: number, id: number, rows: Step["rows"]): void {
  data.setUint16(at, id, true);
  data.setUint8(at + 2, rows.kind[id]!);
  data.setUint16(at + 3, rows.x[id]!, true);
  data.setUint16(at + 5, rows.y[id]!, true);
  data.setInt16(at + 7, rows.vx[id]!, true);
  data.setInt16(at + 9, rows.vy[id]!, true);
  data.setUint8(at + 11, rows.angle[id]!);
  data.setUint8(at + 12, rows.hp[id]!);
}

function readRecord(data: DataView, at: number, { rows, isInView }: DecodedView): void {
  const id = data.getUint16(at, true);
  isInView[id] = 1;
  rows.kind[id] = data.getUint8(at + 2);
  rows.x[id] = data.getUint16(at + 3, true);
  rows.y[id] = data.getUint16(at + 5, true);
  rows.vx[id] = data.getInt16(at + 7, true);
  rows.vy[id] = data.getInt16(at + 9, true);
  rows.angle[id] = data.getUint8(at + 11);
  rows.hp[id] = data.getUint8(at + 12);
}
