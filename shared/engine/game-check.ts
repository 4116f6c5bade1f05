import type { AnyEntityTable, GameDefinition, SharedGame } from "./game-definition.ts";
import type { AnyEntityCodec } from "./wire/protocol.ts";

/** A member of a game's definition is not what it must be: says which, what was found, and what to write. */
export class GameDefinitionError extends Error {
  override readonly name = "GameDefinitionError";
  /** As in `game.ownership.stepOwn`. */
  readonly member: string;

  constructor(member: string, found: string, advice: string) {
    super(`${member} ${found}: ${advice}`);
    this.member = member;
  }
}

export const TICK_RATE_MAX = 120;

/** What both sides know of a game, at the moment it is taken. Throws a `GameDefinitionError`. */
export function checkSharedGame(game: SharedGame): void {
  checkObject("game", game, "give the game's definition");
  checkProtocol(game);
  const { tickRate } = game;
  if (!Number.isInteger(tickRate) || tickRate < 1 || tickRate > TICK_RATE_MAX) {
    const advice = `write how many ticks a second has, a whole number from 1 to ${TICK_RATE_MAX}`;
    throw new GameDefinitionError("game.tickRate", `is ${shown(tickRate)}`, advice);
  }
  checkFunctions("game", game, {
    createWorld: "(seed) => a world with its tables, and without entities",
    tables: `(world) => [${kindsOf(game)}], its tables`,
  });
  if (game.ownership !== undefined) checkOwnership(game);
}

/** The whole of a game, as a room needs it. Throws a `GameDefinitionError`. */
export function checkGame(game: GameDefinition): void {
  checkSharedGame(game);
  checkFunctions("game", game, {
    addPlayer: "(world, playerId, options, outbox) => …",
    removePlayer: "(world, playerId, outbox) => …",
    step: "(world, inputs, outbox, rewind) => …, one tick",
    onMessage: "(world, playerId, message, outbox) => …, or () => undefined",
  });
  const { interest } = game;
  checkObject("game.interest", interest, "write { radius, viewpoint, isVisible }");
  checkFunctions("game.interest", interest, {
    viewpoint: "(world, playerId) => { x, y } or undefined",
    isVisible: "(world, playerId, entity) => true or false",
  });
  if (typeof interest.radius === "number" || Array.isArray(interest.radius)) return;
  const advice = "write a distance in world units, Infinity, or one for each kind in an array";
  throw new GameDefinitionError("game.interest.radius", `is ${shown(interest.radius)}`, advice);
}

/** The tables of a world: one for each kind, in the order of the schema. Throws a `GameDefinitionError`. */
export function checkedTables<World>(
  game: Pick<SharedGame, "protocol"> & { tables(world: World): readonly AnyEntityTable[] },
  world: World,
): readonly AnyEntityTable[] {
  const { entities } = game.protocol;
  const member = "game.tables(world)";
  const advice = `return those of ${kindsOf(game)}, in this order`;
  const tables: readonly (AnyEntityTable | undefined)[] = game.tables(world);
  if (!Array.isArray(tables)) throw new GameDefinitionError(member, `is ${shown(tables)}`, advice);
  if (tables.length !== entities.length) {
    const found = `has the length ${tables.length}, not ${entities.length}`;
    throw new GameDefinitionError(member, found, advice);
  }
  entities.forEach((kind, index) => {
    const codec = (tables[index] as Partial<AnyEntityTable> | null | undefined)?.codec;
    const found =
      codec === undefined ? `is ${shown(tables[index])}, and no EntityTable` : `is a table of ${codec.name}`;
    if (!isOf(codec, kind)) throw new GameDefinitionError(`${member}[${index}]`, found, advice);
  });
  return tables as readonly AnyEntityTable[];
}

/** By what shapes rows: a codec may be wrapped, to be watched. */
function isOf(codec: AnyEntityCodec | undefined, kind: AnyEntityCodec): boolean {
  return codec?.name === kind.name && codec.rowInts === kind.rowInts;
}

function checkProtocol({ protocol }: SharedGame): void {
  checkObject("game.protocol", protocol, "write PROTOCOL, which `tickwire codegen` prints for your schema");
  const advice = "give the schema an [[input]] struct, and print its PROTOCOL anew";
  checkObject("game.protocol.input", protocol.input, advice);
  if (!Array.isArray(protocol.entities)) {
    throw new GameDefinitionError("game.protocol.entities", `is ${shown(protocol.entities)}`, advice);
  }
}

function checkOwnership(game: SharedGame): void {
  const { entities } = game.protocol;
  const ownership = game.ownership!;
  checkObject("game.ownership", ownership, "write { ownerOf, predictedKinds, stepOwn }, or leave it out");
  checkFunctions("game.ownership", ownership, {
    ownerOf: "(world, entity) => a playerId or undefined",
    stepOwn: "(world, playerId, input, tick) => …, one tick",
  });
  const member = "game.ownership.predictedKinds";
  const advice = `write those of [${entities.map(({ name }) => `${name}.kind`).join(", ")}] that stepOwn moves`;
  const kinds: unknown = ownership.predictedKinds;
  if (!Array.isArray(kinds)) throw new GameDefinitionError(member, `is ${shown(kinds)}`, advice);
  const stranger = kinds.findIndex((kind: unknown) => !entities.some((_, known) => known === kind));
  if (stranger < 0) return;
  throw new GameDefinitionError(member, `has ${shown(kinds[stranger])}, which is no kind of the schema`, advice);
}

/** `signatures`: by name, how each of its functions is called and what it gives. */
function checkFunctions<Owner extends object>(
  path: string,
  owner: Owner,
  signatures: Partial<Record<keyof Owner & string, string>>,
): void {
  for (const [name, signature] of Object.entries<string | undefined>(signatures)) {
    const value = owner[name as keyof Owner];
    if (typeof value === "function") continue;
    throw new GameDefinitionError(`${path}.${name}`, `is ${shown(value)}`, `write a function, ${signature}`);
  }
}

function checkObject(member: string, value: unknown, advice: string): void {
  if (typeof value === "object" && value !== null) return;
  throw new GameDefinitionError(member, `is ${shown(value)}`, advice);
}

function kindsOf({ protocol }: Pick<SharedGame, "protocol">): string {
  return protocol.entities.map(({ name }) => name).join(", ");
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
