import { Decoder, Encoder, schema, t, type Schema } from "@colyseus/schema";
import type { Codec, Contender } from "../contender.ts";

const SomeStruct = schema({ username: t.string(), id: t.uint16(), scores: t.array("float32") }, "SomeStruct");
const Input = schema(
  { seq: t.uint32(), buttons: t.uint8(), aimX: t.int16(), aimY: t.int16(), dtMs: t.uint16() },
  "Input",
);
const Entity = schema(
  {
    id: t.uint16(),
    kind: t.uint8(),
    team: t.uint8(),
    alive: t.boolean(),
    x: t.float32(),
    y: t.float32(),
    vx: t.int8(),
    vy: t.int8(),
    angle: t.uint8(),
    hp: t.uint8(),
  },
  "Entity",
);
const World = schema({ tick: t.uint32(), ackSeq: t.uint32(), entities: t.array(Entity) }, "World");
const Row = schema({ name: t.string(), score: t.uint32() }, "Row");
const Chat = schema({ channel: t.uint8(), sender: t.string(), text: t.string(), rows: t.array(Row) }, "Chat");

Encoder.BUFFER_SIZE = 16 * 1024;

type State = Schema & Record<string, unknown>;
type StateType = new () => State;

/**
 * A state that is kept in step, not a message: what is timed is the full state, as a client gets it that joins.
 *
 * Its users keep states with an encoder around each, which returns a view of its one buffer.
 */
function of<Value extends object>(type: unknown, element?: unknown): Codec<Value> {
  const [State, Element] = [type as StateType, element as StateType | undefined];
  return {
    prepare: (value) => new Encoder(filled(new State(), value, Element)),
    encode: (encoder: Encoder) => encoder.encodeAll(),
    decode: (bytes) => {
      const state = new State();
      new Decoder(state).decode(bytes);
      return state;
    },
    packetOf: (encoded) => (encoded as Uint8Array).slice(),
    plainOf: (state) => (state as State).toJSON(),
  };
}

function filled(state: State, value: object, Element: StateType | undefined): State {
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    if (!Array.isArray(field)) state[name] = field;
    else {
      const list = state[name] as unknown[];
      for (const each of field)
        list.push(Element === undefined ? each : filled(new Element(), each as object, undefined));
    }
  }
  return state;
}

export const contender: Contender = {
  name: "@colyseus/schema",
  contract: "borrowed",
  codecs: {
    F1: of(SomeStruct),
    F2: of(Input),
    F3: of(World, Entity),
    F4: of(Chat, Row),
    "F4-cold": of(Chat, Row),
  },
};
