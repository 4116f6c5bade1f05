import { BaselineViews } from "./baseline-views.ts";
import type { Scene } from "./scene.ts";
import type { SnapshotCodec, SnapshotSession } from "./snapshot-codec.ts";

/** The message of every tick and client. */
export type Packets = readonly (readonly Uint8Array[])[];

/** One way through a scene, whose ticks are run in order; what is measured is `runTick`. */
export interface Run {
  /** Makes ready what a tick needs and what is no part of the codec. */
  prepareTick(tick: number): void;
  /** A promise only where the codec itself returned one: to wait for others would be part of their time. */
  runTick(tick: number): MaybeLater;
  /** Keeps what later ticks need of this one. */
  finishTick?(tick: number): void;
  close(): void;
}

type MaybeLater = Promise<unknown> | undefined;

/** Encodes every snapshot. */
export function encodingRun(codec: SnapshotCodec, scene: Scene): Run {
  const session = openSession(codec, scene);
  return {
    prepareTick: (tick) => session.takeState?.(scene.steps[tick]!),
    runTick: (tick) => {
      const steps = scene.steps[tick]!;
      session.beginTick?.(steps);
      return inTurn(scene.clients, 0, (client) => session.encode(client, steps[client]!));
    },
    close: () => session.close?.(),
  };
}

/** Writes every snapshot from what all clients of a tick share, which is made beforehand. */
export function copyingRun(codec: SnapshotCodec, scene: Scene): Run {
  const session = openSession(codec, scene);
  return {
    prepareTick: (tick) => {
      session.takeState?.(scene.steps[tick]!);
      session.beginTick?.(scene.steps[tick]!);
    },
    runTick: (tick) => {
      const steps = scene.steps[tick]!;
      return inTurn(scene.clients, 0, (client) => session.encode(client, steps[client]!));
    },
    close: () => session.close?.(),
  };
}

/** Decodes every snapshot. */
export function decodingRun(codec: SnapshotCodec, scene: Scene, packets: Packets): Run {
  const session = openSession(codec, scene);
  const known = baselinesOf(scene);
  const views = known.map((each) => each.viewFor(scene.steps[0]![0]!));
  return {
    prepareTick: (tick) => {
      for (let client = 0; client < scene.clients; client++) {
        const step = scene.steps[tick]![client]!;
        views[client] = known[client]!.viewFor(step);
        session.takeBaseline?.(client, step, views[client]!);
      }
    },
    runTick: (tick) => {
      const sent = packets[tick]!;
      return inTurn(scene.clients, 0, (client) => session.decode(client, sent[client]!, views[client]!));
    },
    finishTick: () => {
      // What comes next is a difference to what the session itself holds.
      if (scene.lag === "1") return;
      views.forEach((view, client) => session.show?.(client, view));
    },
    close: () => session.close?.(),
  };
}

export function openSession(codec: SnapshotCodec, { clients, lag }: Scene): SnapshotSession {
  if (!codec.lags.includes(lag)) throw new Error(`${codec.name} has no way to say a lag of ${lag}`);
  return codec.open(clients);
}

export function baselinesOf({ clients, lag }: Scene): BaselineViews[] {
  return Array.from({ length: clients }, () => new BaselineViews(lag));
}

function inTurn(clients: number, first: number, act: (client: number) => unknown): MaybeLater {
  for (let client = first; client < clients; client++) {
    const result = act(client);
    if (result instanceof Promise) return result.then(() => inTurn(clients, client + 1, act));
  }
  return undefined;
}
