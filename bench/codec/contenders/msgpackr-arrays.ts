import { FLOAT32_OPTIONS, Packr } from "msgpackr";
import type { Chat, Entity, Input, Row, SomeStruct, World } from "../../workload.ts";
import type { Codec, Contender } from "../contender.ts";
import { codec } from "../contender.ts";

/** Arrays in place of maps: field names stay off the wire, and the turning to and from objects is timed with it. */
function arrays<Value>(toArray: (value: Value) => unknown[], fromArray: (array: never) => Value): Codec<Value> {
  const packr = new Packr({ useRecords: false, useFloat32: FLOAT32_OPTIONS.ALWAYS });
  return codec<Value>(
    (value) => packr.pack(toArray(value)),
    (bytes) => fromArray(packr.unpack(bytes) as never),
  );
}

type EntityArray = [number, number, number, boolean, number, number, number, number, number, number];
type RowArray = [string, number];

const f1 = arrays<SomeStruct>(
  ({ username, id, scores }) => [username, id, scores],
  ([username, id, scores]: [string, number, number[]]) => ({ username, id, scores }),
);

const f2 = arrays<Input>(
  ({ seq, buttons, aimX, aimY, dtMs }) => [seq, buttons, aimX, aimY, dtMs],
  ([seq, buttons, aimX, aimY, dtMs]: [number, number, number, number, number]) => ({ seq, buttons, aimX, aimY, dtMs }),
);

const f3 = arrays<World>(
  ({ tick, ackSeq, entities }) => [tick, ackSeq, entities.map(entityToArray)],
  ([tick, ackSeq, entities]: [number, number, EntityArray[]]) => ({
    tick,
    ackSeq,
    entities: entities.map(entityFromArray),
  }),
);

function entityToArray({ id, kind, team, alive, x, y, vx, vy, angle, hp }: Entity): EntityArray {
  return [id, kind, team, alive, x, y, vx, vy, angle, hp];
}

function entityFromArray(array: EntityArray): Entity {
  return {
    id: array[0],
    kind: array[1],
    team: array[2],
    alive: array[3],
    x: array[4],
    y: array[5],
    vx: array[6],
    vy: array[7],
    angle: array[8],
    hp: array[9],
  };
}

const f4 = (): Codec<Chat> =>
  arrays<Chat>(
    ({ channel, sender, text, rows }) => [
      channel,
      sender,
      text,
      rows.map(({ name, score }): RowArray => [name, score]),
    ],
    ([channel, sender, text, rows]: [number, string, string, RowArray[]]) => ({
      channel,
      sender,
      text,
      rows: rows.map(([name, score]): Row => ({ name, score })),
    }),
  );

export const contender: Contender = {
  name: "msgpackr arrays",
  contract: "owned",
  codecs: { F1: f1, F2: f2, F3: f3, F4: f4(), "F4-cold": f4() },
};
