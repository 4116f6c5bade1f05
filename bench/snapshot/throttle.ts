import { Rng } from "../../shared/engine/time/rng.ts";
import { createDecodedView, differenceOf } from "./decoded-view.ts";
import { FIRST_COUNTED_TICK } from "./measure.ts";
import type { MoverCodec } from "./mover.ts";
import type { Scene } from "./scene.ts";
import { changesBetween, type Step } from "./step.ts";
import { TickwireSession } from "./tickwire.ts";
import { TICKS_PER_SECOND } from "./world.ts";

/** What a client's link has to carry, of snapshots alone. */
export interface ThrottleFigures {
  /** Of a client that is sent every snapshot. */
  readonly bytesPerSecond: number;
  /** Of one whose link takes a snapshot, and then none for 0 to 3 ticks, by chance. */
  readonly skippingBytesPerSecond: number;
}

const SKIPPED_MAX = 3;
const SEED = 0x5f1b;

/** Writes `scene` to clients that skip and to such that do not. Throws when one of them is not shown what there is. */
export function throttleFiguresOf(mover: MoverCodec, scene: Scene): ThrottleFigures {
  const rng = new Rng(SEED);
  return {
    bytesPerSecond: bytesPerSecond(mover, scene, () => 0),
    skippingBytesPerSecond: bytesPerSecond(mover, scene, () => rng.below(SKIPPED_MAX + 1)),
  };
}

/** `drawSkips`: how many ticks are skipped after a snapshot. */
function bytesPerSecond(mover: MoverCodec, { steps, clients }: Scene, drawSkips: () => number): number {
  const session = new TickwireSession(mover, clients);
  const view = createDecodedView();
  const known: Uint16Array[] = Array.from({ length: clients }, () => new Uint16Array(0));
  const dueTick = known.map(() => 0);
  let bytes = 0;
  const send = (client: number, step: Step): void => {
    const packet = session.encode(client, { ...step, ...changesBetween(known[client]!, step.ids) });
    if (step.tick >= FIRST_COUNTED_TICK) bytes += packet.length;
    session.decode(client, packet);
    session.show(client, view);
    const difference = differenceOf(step, view);
    if (difference !== undefined) throw new Error(`a client that skips, tick ${step.tick}: ${difference}`);
    known[client] = step.ids;
    dueTick[client] = step.tick + 1 + drawSkips();
  };
  for (const tick of steps) {
    session.record(tick[0]!);
    session.beginTick(tick);
    tick.forEach((step, client) => {
      if (dueTick[client]! <= step.tick) send(client, step);
    });
  }
  return (bytes / clients / (steps.length - FIRST_COUNTED_TICK)) * TICKS_PER_SECOND;
}
