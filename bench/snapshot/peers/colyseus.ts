import { Decoder, Encoder, schema, StateView, t, type Schema } from "@colyseus/schema";
import type { DecodedView } from "../decoded-view.ts";
import { FIELDS, type Field } from "../row.ts";
import type { SnapshotCodec, SnapshotSession } from "../snapshot-codec.ts";
import type { Step } from "../step.ts";
import { ENTITIES } from "../world.ts";

const Entity = schema(
  { kind: t.uint8(), x: t.uint16(), y: t.uint16(), vx: t.int16(), vy: t.int16(), angle: t.uint8(), hp: t.uint8() },
  "Entity",
);
/** One state for clients that see everything, and one for clients that each see a part of it. */
const SharedWorld = schema({ tick: t.uint32(), entities: t.map(Entity) }, "SharedWorld");
const FilteredWorld = schema({ tick: t.uint32(), entities: t.map(Entity).view() }, "FilteredWorld");

type EntityState = Schema & Record<Field, number>;
type WorldState = Schema & { tick: number; entities: Map<string, EntityState> };

/** Room for a whole state of 500 entities. */
const BUFFER_BYTES = 64 * 1024;

/**
 * A state that is kept in step: fields are set on it, and its encoder tracks them. Setting them is counted as encoding.
 *
 * A single client shares the state; several have a `StateView` each.
 */
export const colyseus: SnapshotCodec = {
  name: "colyseus",
  lags: ["1"],
  open: (clients) => (clients === 1 ? openShared() : openFiltered(clients)),
};

function openShared(): SnapshotSession {
  const { state, entities, encoder } = openState(SharedWorld);
  const reader = createReader(SharedWorld);
  return {
    beginTick: ([step]) => {
      if (step!.enters.length + step!.survivors.length < ENTITIES) throw new Error("one client has to see everything");
      setFields(state, entities, step!);
    },
    encode: () => {
      const bytes = encoder.encode();
      encoder.discardChanges();
      return bytes;
    },
    decode: (_, bytes) => {
      reader.decoder.decode(bytes);
    },
    show: (_, view) => {
      showState(reader.state, view);
    },
  };
}

function openFiltered(clients: number): SnapshotSession {
  const { state, entities, encoder } = openState(FilteredWorld);
  const views = Array.from({ length: clients }, () => new StateView());
  const readers = views.map(() => createReader(FilteredWorld));
  const it = { offset: 0 };
  let sharedBytes = 0;
  return {
    beginTick: (steps) => {
      encoder.discardChanges();
      setFields(state, entities, steps[0]!);
      steps.forEach(({ enters, leaves }, client) => {
        for (const id of enters) views[client]!.add(entities[id]!);
        for (const id of leaves) views[client]!.remove(entities[id]!);
      });
      it.offset = 0;
      encoder.encode(it);
      sharedBytes = it.offset;
    },
    encode: (client) => encoder.encodeView(views[client]!, sharedBytes, it),
    decode: (client, bytes) => {
      readers[client]!.decoder.decode(bytes);
    },
    show: (client, view) => {
      showState(readers[client]!.state, view);
    },
  };
}

function openState(World: typeof SharedWorld | typeof FilteredWorld): {
  state: WorldState;
  entities: EntityState[];
  encoder: Encoder;
} {
  Encoder.BUFFER_SIZE = BUFFER_BYTES;
  const state = new World() as unknown as WorldState;
  const entities = Array.from({ length: ENTITIES }, () => new Entity() as unknown as EntityState);
  const encoder = new Encoder(state);
  entities.forEach((entity, id) => state.entities.set(String(id), entity));
  return { state, entities, encoder };
}

function createReader(World: typeof SharedWorld | typeof FilteredWorld): { state: WorldState; decoder: Decoder } {
  const state = new World();
  return { state: state, decoder: new Decoder(state) };
}

/** Every entity of the world moves, whoever sees it. */
function setFields(state: WorldState, entities: readonly EntityState[], { tick, rows }: Step): void {
  state.tick = tick;
  for (const field of FIELDS) {
    const column = rows[field];
    for (let id = 0; id < entities.length; id++) {
      const entity = entities[id]!;
      if (entity[field] !== column[id]) entity[field] = column[id]!;
    }
  }
}

function showState({ entities }: WorldState, { rows, isInView }: DecodedView): void {
  isInView.fill(0);
  // A state without entities has no map yet.
  (entities as WorldState["entities"] | undefined)?.forEach((entity, key) => {
    const id = Number(key);
    isInView[id] = 1;
    for (const field of FIELDS) rows[field][id] = entity[field];
  });
}
