import type { Entity, World } from "../../../workload.ts";
import { codec, type Codec } from "../../contender.ts";
import {
  createEntityColumns,
  decodeEntityRowsInto,
  decodeWorld,
  decodeWorldInto,
  ENTITIES_MAX,
  encodeWorld,
  encodeWorldInto,
  WorldReader,
} from "../../generated/f3.ts";
import { into } from "./into.ts";

export const f3 = codec<World>(encodeWorld, decodeWorld);

const target: World = { tick: 0, ackSeq: 0, entities: [] };
export const f3Into = into<World>(encodeWorldInto, decodeWorldInto, target);

const columns = createEntityColumns(ENTITIES_MAX);
const reader = new WorldReader(new Uint8Array());

/** The header is read where it stands. */
export const f3Columns: Codec<World> = {
  ...f3Into,
  decode: (packet) => {
    reader.bytes = packet;
    return decodeEntityRowsInto(packet, reader.entitiesOffset, reader.entitiesCount, columns);
  },
  plainOf: () => {
    const { tick, ackSeq, entitiesCount } = reader;
    return { tick, ackSeq, entities: Array.from({ length: entitiesCount }, (_, row) => entityAt(row)) };
  },
};

function entityAt(row: number): Entity {
  const { id, kind, team, alive, x, y, vx, vy, angle, hp } = columns;
  return {
    id: id[row]!,
    kind: kind[row]!,
    team: team[row]!,
    alive: alive[row] === 1,
    x: x[row]!,
    y: y[row]!,
    vx: vx[row]!,
    vy: vy[row]!,
    angle: angle[row]!,
    hp: hp[row]!,
  };
}
