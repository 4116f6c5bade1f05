import { Builder, ByteBuffer } from "flatbuffers";
import * as fixtures from "../../peers/flatbuffers.ts";
import type * as values from "../../workload.ts";
import type { Codec, Codecs } from "../contender.ts";

/** A reader of a message's root table. */
export interface RootReader {
  unpack(): unknown;
}

const builder = new Builder(8192);

/** Codecs over one builder that all messages share. */
export function codecsOf(copy: (bytes: Uint8Array) => Uint8Array, read: (root: RootReader) => unknown): Codecs {
  const of = <Value>(write: (value: Value) => number, root: (bytes: ByteBuffer) => RootReader): Codec<Value> => ({
    prepare: (value) => value,
    encode: (value: Value) => {
      builder.clear();
      builder.finish(write(value));
      return copy(builder.asUint8Array());
    },
    decode: (bytes) => read(root(new ByteBuffer(bytes))),
    packetOf: (encoded) => (encoded as Uint8Array).slice(),
    plainOf: (decoded) =>
      decoded instanceof Object && "unpack" in decoded ? (decoded as RootReader).unpack() : decoded,
  });
  const chat = of(writeChat, (bytes) => fixtures.Chat.getRootAsChat(bytes));
  return {
    F1: of(writeSomeStruct, (bytes) => fixtures.SomeStruct.getRootAsSomeStruct(bytes)),
    F2: of(writeInput, (bytes) => fixtures.Input.getRootAsInput(bytes)),
    F3: of(writeWorld, (bytes) => fixtures.World.getRootAsWorld(bytes)),
    F4: chat,
    "F4-cold": chat,
  };
}

function writeSomeStruct(value: values.SomeStruct): number {
  const username = builder.createString(value.username);
  const scores = fixtures.SomeStruct.createScoresVector(builder, value.scores);
  return fixtures.SomeStruct.createSomeStruct(builder, username, value.id, scores);
}

function writeInput(value: values.Input): number {
  return fixtures.Input.createInput(builder, value.seq, value.buttons, value.aimX, value.aimY, value.dtMs);
}

/** Vectors are written from their end. */
function writeWorld(value: values.World): number {
  const { entities } = value;
  fixtures.World.startEntitiesVector(builder, entities.length);
  for (let at = entities.length - 1; at >= 0; at--) {
    const { id, kind, team, alive, x, y, vx, vy, angle, hp } = entities[at]!;
    fixtures.Entity.createEntity(builder, id, kind, team, alive, x, y, vx, vy, angle, hp);
  }
  return fixtures.World.createWorld(builder, value.tick, value.ackSeq, builder.endVector());
}

function writeChat(value: values.Chat): number {
  const rows = value.rows.map(({ name, score }) => fixtures.Row.createRow(builder, builder.createString(name), score));
  const sender = builder.createString(value.sender);
  const text = builder.createString(value.text);
  const rowsAt = fixtures.Chat.createRowsVector(builder, rows);
  return fixtures.Chat.createChat(builder, value.channel, sender, text, rowsAt);
}
