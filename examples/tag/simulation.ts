import { EntityTable, type GameDefinition, type PlayerId, type PlayerInput, type Rewind, Rng } from "tickwire/shared";
import {
  type ClientMessage,
  encodeTagged,
  FIELD_SIZE,
  PLAYERS_MAX,
  PROTOCOL,
  Runner,
  type RunnerColumns,
  type ServerMessage,
  type TagInput,
} from "./generated/tag.ts";

/** In world units. */
export const RUNNER_RADIUS = 20;
const TOUCH_DISTANCE = 2 * RUNNER_RADIUS;
export const VIEW_RADIUS = 700;
/** Half the side of the square in the middle where runners begin: in sight of each other. */
const START_REACH = 240;
/** In units per tick. */
const SPEED = 7;
/** Who is it is a little faster than the others. */
const IT_SPEED = 8;
const SPRINT_SPEED = 12;
/** In units per tick and tick. */
const ACCELERATION = 1.5;
/** In ticks; a tick of sprint costs two of rest. */
export const BREATH_MAX = 60;
const SPRINT_BREATH = 2;
export const STUNNED_TICKS = 45;

export const IDLE: TagInput = { dx: 0, dy: 0, sprint: false };

/** Who is in the field; `seen` is where one of them was when another one looked. */
export interface TagWorld {
  readonly runners: EntityTable<RunnerColumns>;
  readonly seen: RunnerColumns;
  readonly rng: Rng;
}

export interface TagTypes {
  World: TagWorld;
  Input: TagInput;
  ClientMessage: ClientMessage;
  ServerMessage: ServerMessage;
}

/** The whole game. A client needs less of it than the server, and nothing in it is secret. */
export const tag: GameDefinition<TagTypes> = {
  protocol: PROTOCOL,
  tickRate: 30,
  createWorld: (seed) => ({
    runners: new EntityTable(Runner, PLAYERS_MAX),
    seen: Runner.createColumns(PLAYERS_MAX),
    rng: new Rng(seed),
  }),
  tables: ({ runners }) => [runners],
  ownership: {
    ownerOf: ({ runners }, { slot }) => runners.columns.owner[slot],
    predictedKinds: [Runner.kind],
    stepOwn: moveRunnerOf,
  },
  addPlayer({ runners, rng }, playerId) {
    const slot = runners.spawn();
    if (slot === undefined) return;
    const { owner, x, y, isIt, breath } = runners.columns;
    owner[slot] = playerId;
    x[slot] = FIELD_SIZE / 2 + rng.between(-START_REACH, START_REACH);
    y[slot] = FIELD_SIZE / 2 + rng.between(-START_REACH, START_REACH);
    isIt[slot] = runners.count === 1 ? 1 : 0;
    breath[slot] = BREATH_MAX;
  },
  removePlayer(world, playerId) {
    const { runners } = world;
    const slot = slotOf(world, playerId);
    if (slot === undefined) return;
    const { isIt } = runners.columns;
    const wasIt = isIt[slot] === 1;
    runners.destroy(slot);
    const [next] = runners.slots();
    if (wasIt && next !== undefined) isIt[next] = 1;
  },
  step(world, inputs, outbox, rewind) {
    for (const { playerId, input } of inputs) moveRunnerOf(world, playerId, input);
    const caught = catchOne(world, inputs, rewind);
    if (caught !== undefined) outbox.toAll(encodeTagged(caught));
  },
  interest: {
    radius: VIEW_RADIUS,
    viewpoint(world, playerId) {
      const slot = slotOf(world, playerId);
      const { x, y } = world.runners.columns;
      return slot === undefined ? undefined : { x: x[slot]!, y: y[slot]! };
    },
    isVisible: () => true,
  },
  onMessage: () => undefined,
};

/** Where a player's runner is in the table; undefined when there is none. */
export function slotOf({ runners }: TagWorld, playerId: PlayerId): number | undefined {
  for (const slot of runners.slots()) if (runners.columns.owner[slot] === playerId) return slot;
  return undefined;
}

function moveRunnerOf(world: TagWorld, playerId: PlayerId, { dx, dy, sprint }: TagInput): void {
  const slot = slotOf(world, playerId);
  if (slot === undefined) return;
  const { x, y, vx, vy, isIt, breath, stunned } = world.runners.columns;
  const [right, down] = stunned[slot]! > 0 ? [0, 0] : [Math.sign(dx), Math.sign(dy)];
  const sprints = sprint && (right !== 0 || down !== 0) && breath[slot]! >= SPRINT_BREATH;
  const straight = sprints ? SPRINT_SPEED : isIt[slot] === 1 ? IT_SPEED : SPEED;
  const speed = right !== 0 && down !== 0 ? straight * Math.SQRT1_2 : straight;
  breath[slot] = sprints ? breath[slot]! - SPRINT_BREATH : Math.min(BREATH_MAX, breath[slot]! + 1);
  stunned[slot] = Math.max(0, stunned[slot]! - 1);
  run(x, vx, slot, right * speed);
  run(y, vy, slot, down * speed);
}

function run(places: Float64Array, speeds: Float64Array, slot: number, wanted: number): void {
  const speed = speeds[slot]! + between(-ACCELERATION, wanted - speeds[slot]!, ACCELERATION);
  const place = between(RUNNER_RADIUS, places[slot]! + speed, FIELD_SIZE - RUNNER_RADIUS);
  speeds[slot] = place === places[slot]! + speed ? speed : 0;
  places[slot] = place;
}

function between(min: number, value: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}

/** Who is it catches whom it touches, where it saw the other. */
function catchOne({ runners, seen }: TagWorld, inputs: readonly PlayerInput<TagInput>[], rewind: Rewind) {
  const { owner, x, y, isIt, stunned } = runners.columns;
  for (const it of runners.slots()) {
    const sawTick = inputs.find(({ playerId }) => playerId === owner[it])?.sawTick;
    if (isIt[it] !== 1 || stunned[it]! > 0 || sawTick === undefined) continue;
    for (const other of runners.slots()) {
      if (other === it || !rewind.read(runners, other, sawTick, seen)) continue;
      const [dx, dy] = [seen.x[other]! - x[it]!, seen.y[other]! - y[it]!];
      if (dx * dx + dy * dy > TOUCH_DISTANCE * TOUCH_DISTANCE) continue;
      isIt[it] = 0;
      isIt[other] = 1;
      stunned[other] = STUNNED_TICKS;
      return { catcher: owner[it]!, caught: owner[other]! };
    }
  }
  return undefined;
}
