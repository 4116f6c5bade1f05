/** Sessions in which something is broken on purpose: each invariant finds its own, and is content beside it. */
import { expect, test } from "vitest";
import {
  type AnyEntityTable,
  type EntityRef,
  EntityTable,
  type GameDefinition,
  type InterestRules,
  type SharedGame,
} from "#engine/shared";
import type { FaultPlan } from "./engine/faults/fault-plan.ts";
import type { Comer, Part } from "./engine/faults/fault-session.ts";
import { type FaultReport, runFaults } from "./engine/faults/run-faults.ts";
import { gameInvariants } from "./engine/invariants/game-invariants.ts";
import { playsNumbers, talker, talkingGame } from "./numbered-faults.ts";
import { encodeNumbered, type NumberedTypes } from "./numbered-game.ts";
import type { SkirmishTypes, SkirmishWorld } from "./skirmish.ts";
import { livelySkirmish, lookOn } from "./skirmish-faults.ts";

/** Two players, one of whom is cut off for a second, and the other comes back. */
const PLAN: FaultPlan = {
  seconds: 14,
  links: ["4g", "lan"],
  faults: [
    { kind: "outage", player: 0, atMs: 2_000, lastsMs: 1_000 },
    { kind: "reset", player: 1, atMs: 3_000 },
  ],
};

/** What each broken invariant says, once each, with the numbers taken out. */
function brokenIn({ brokenInvariants }: FaultReport): string[] {
  const texts = brokenInvariants.map(({ invariant, says }) => `${invariant}: ${says.replaceAll(/[\d.]+/g, "#")}`);
  return [...new Set(texts)];
}

type SkirmishInterest = InterestRules<SkirmishWorld>;
const HOLDS = "every client holds what the room's rules show it, field by field, and nothing else";

/** What is found in a room that shows what `interest` says, and is held to the rules of the skirmish. */
async function brokenUnder(interest: (honest: SkirmishInterest) => Partial<SkirmishInterest>): Promise<string[]> {
  const honest = await livelySkirmish();
  const game = { ...honest, interest: { ...honest.interest, ...interest(honest.interest) } };
  return brokenIn(runFaults({ game, play: lookOn, seed: 1, plan: PLAN, invariants: gameInvariants(honest) }));
}

test("a room that shows what its rules say is accepted, of 240 entities that come, go, hide and change owners", async () => {
  expect(await brokenUnder(() => ({}))).toEqual([]);
});

test("a room that shows things a tenth farther away than its rules say is found out", async () => {
  const broken = await brokenUnder(() => ({ radius: 330 }));

  expect(broken).toContain(`${HOLDS}: tick #: expected no Rock in slot #, which the player may not know, and found it`);
});

test("a room that shows what is hidden is found out", async () => {
  const broken = await brokenUnder(() => ({ isVisible: () => true }));

  expect(broken).toContain(`${HOLDS}: tick #: expected no Ship in slot #, which the player may not know, and found it`);
});

test("a room that tells somebody else what only an owner may know is found out", async () => {
  const honest = await livelySkirmish();
  const ownership = {
    ...honest.ownership!,
    ownerOf: (world: SkirmishWorld, entity: EntityRef) =>
      honest.ownership!.ownerOf(world, entity) === 0 ? 1 : undefined,
  };
  const game = { ...honest, ownership };
  const run = { game, play: lookOn, seed: 1, plan: PLAN, invariants: gameInvariants(honest) };
  const broken = brokenIn(runFaults(run));

  expect(broken.join("\n")).toMatch(/expected ammunition # of Ship in slot #, found #/);
});

test("a room that does not show all there is to see is found out in the end", async () => {
  const broken = await brokenUnder(() => ({ radius: 250 }));

  expect(broken).toHaveLength(1);
  expect(broken[0]).toMatch(/: expected all that it may see as it is, last at tick #, found at tick #: there is no /);
});

/** A skirmish whose clients read health so. */
async function brokenWhenRead(health: (value: number) => number): Promise<string[]> {
  const honest = await livelySkirmish();
  const misread = (table: AnyEntityTable): AnyEntityTable => {
    const { codec, capacity } = table;
    return new EntityTable(
      {
        ...codec,
        unpack: (rows, at, columns: Record<string, Float64Array>, slot, ticks) => {
          codec.unpack(rows, at, columns, slot, ticks);
          if (columns.health !== undefined) columns.health[slot] = health(columns.health[slot]!);
        },
      },
      capacity,
    );
  };
  const clientGame: SharedGame<SkirmishTypes> = {
    ...honest,
    createWorld: (seed) => {
      const world = honest.createWorld(seed);
      return { ...world, tables: world.tables.map(misread) };
    },
  };
  return brokenIn(runFaults({ game: honest, clientGame, play: lookOn, seed: 1, plan: PLAN }));
}

test("a client that reads 99 for a health of 100 is found out, and one that reads it right is not", async () => {
  const broken = await brokenWhenRead((health) => Math.min(health, 99));

  expect(broken).toContain(`${HOLDS}: tick #: expected health # of Ship in slot #, found #`);
  expect(await brokenWhenRead((health) => Math.min(health, 100))).toEqual([]);
});

/** What is found in a game of numbered inputs and messages. */
function brokenInTalk(
  change: (game: GameDefinition<NumberedTypes>) => Partial<GameDefinition<NumberedTypes>>,
  partOf: () => Part<NumberedTypes> = talker,
): string[] {
  const game = { ...talkingGame(), ...change(talkingGame()) };
  return brokenIn(runFaults({ game, play: playsNumbers(), partOf, seed: 1, plan: PLAN, isTwice: true }));
}

test("numbered inputs and messages on every lane are accepted, twice with the same packets", () => {
  expect(brokenInTalk(() => ({}))).toEqual([]);
});

test("a room that applies every 50th input in place of the next one too is found out", () => {
  let [count, kept] = [0, 0];
  const broken = brokenInTalk(({ protocol }) => ({
    protocol: {
      ...protocol,
      input: {
        ...protocol.input,
        decode: (bytes, offset) => {
          const input = protocol.input.decode(bytes, offset)!;
          count += 1;
          if (count % 50 === 0) kept = input;
          return count % 50 === 2 && count > 50 ? kept : input;
        },
      },
    },
  }));

  expect(broken[0]).toMatch(/^inputs apply at most once and in sequence: expected an input that it wanted since /);
});

test("a client whose 10th message goes out twice is found out, and one that says another one is not", () => {
  const doubling = (send: (self: Parameters<NonNullable<Part<NumberedTypes>["onFrame"]>>[0]) => void) => {
    return (): Part<NumberedTypes> => {
      const part = talker();
      let frames = 0;
      return {
        ...part,
        onFrame: (self, atMs) => {
          part.onFrame(self, atMs);
          frames += 1;
          if (frames === 600) send(self);
        },
      };
    };
  };
  const message = encodeNumbered({ lane: "event", number: 9_999 });

  const twice = brokenInTalk(
    () => ({}),
    doubling((self) => {
      self.say(message);
      self.client.send(message);
    }),
  );
  const once = brokenInTalk(
    () => ({}),
    doubling((self) => {
      self.say(message);
    }),
  );

  expect(twice).toEqual([
    "reliable messages arrive, each once and in its order: expected message # of the event lane, found one that was heard before or never said, to the room",
  ]);
  expect(once).toEqual([]);
});

test("a game that remembers an earlier run gives other packets the second time, and is found out", () => {
  let worlds = 0;
  const broken = brokenInTalk((game) => ({
    createWorld: (seed) => {
      worlds += 1;
      return game.createWorld(seed);
    },
    addPlayer: (world, playerId, options, outbox) => {
      game.addPlayer(world, playerId, options, outbox);
      outbox.toPlayer(playerId, encodeNumbered({ lane: "control", number: 5_000 + (worlds >> 2) }));
    },
  }));

  expect(broken).toEqual(["two runs of a seed and a plan give the same packets: expected packets of hash #, found #"]);
});

test("what a game itself finds wrong is told, of the plan's player", () => {
  const partOf = ({ player }: Comer): Part<NumberedTypes> => ({
    ...talker(),
    mistakes: () => (player === 1 ? ["expected 1, found 2"] : []),
  });
  const { brokenInvariants } = runFaults({ game: talkingGame(), play: playsNumbers(), partOf, seed: 1, plan: PLAN });

  expect(brokenInvariants).toEqual([
    { invariant: "the game finds everything as it should be", atMs: 14_000, player: 1, says: "expected 1, found 2" },
  ]);
});
