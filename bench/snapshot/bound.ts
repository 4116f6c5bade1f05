import type { BitWriter } from "../../shared/engine/wire/bit-writer.ts";
import { CountingWriter } from "../../tools/train/counting-writer.ts";
import { entropyBits } from "./entropy.ts";
import { FIRST_COUNTED_TICK } from "./measure.ts";
import type { MoverCodec } from "./mover.ts";
import { placesOf, putRows } from "./mover-rows.ts";
import type { Scene } from "./scene.ts";
import type { Step } from "./step.ts";
import { ENTITIES } from "./world.ts";

/**
 * The fewest bytes per visible entity that any tables could give these predictions, contexts and symbols: the
 * conditional entropy of all symbols, and the bits that follow from no table. Of entities alone, those that enter among
 * them: without heads, lists and checksums, and without what the tables themselves would cost.
 */
export function boundOf(mover: MoverCodec, { steps, lag }: Scene): number {
  const counter = new SceneCounter(mover, steps.length);
  let visible = 0;
  steps.forEach((clients, tick) => {
    const isCounted = tick >= FIRST_COUNTED_TICK;
    counter.countTick(clients, lag === "1", isCounted);
    if (isCounted) visible += clients.reduce((sum, { ids }) => sum + ids.length, 0);
  });
  return counter.bits / 8 / visible;
}

/** Writes to nowhere what a scene's snapshots say of entities. */
class SceneCounter {
  private readonly counted = new CountingWriter();
  private readonly uncounted = new CountingWriter();
  private readonly mover: MoverCodec;
  /** Of every tick: what a lag of any age may look back to. */
  private readonly rows: Int32Array;
  private readonly states: Int32Array;
  /** A client's copy of one state: others need it as it was. */
  private readonly state: Int32Array;

  constructor(mover: MoverCodec, ticks: number) {
    this.mover = mover;
    const { stateInts } = mover.snapshots[0]!;
    this.rows = new Int32Array(ticks * ENTITIES * mover.rowInts);
    this.states = new Int32Array(ENTITIES * stateInts);
    this.state = new Int32Array(stateInts);
  }

  get bits(): number {
    const tables = [...this.counted.counts.values()].flat();
    return tables.reduce((sum, counts) => sum + entropyBits([...counts]), this.counted.plainBits);
  }

  countTick(clients: readonly Step[], hasHistory: boolean, isCounted: boolean): void {
    const { tick, rows } = clients[0]!;
    const writer = isCounted ? this.counted : this.uncounted;
    putRows(rows, placesOf(this.mover), this.rows, this.offsetOf(tick, 0));
    for (const step of clients) this.countSurvivors(step, hasHistory, writer);
    if (tick > 0) this.moveOn(tick);
    for (const step of clients) this.countEnters(step, writer);
  }

  private countSurvivors({ tick, lagTicks, survivors }: Step, hasHistory: boolean, writer: BitWriter): void {
    const { states, state, rows } = this;
    const codec = this.mover.snapshots[0]!;
    for (const id of survivors) {
      const [now, base] = [this.offsetOf(tick, id), this.offsetOf(tick - lagTicks, id)];
      if (hasHistory) {
        state.set(states.subarray(id * codec.stateInts, (id + 1) * codec.stateInts));
        codec.writeDelta(writer, rows, now, base, lagTicks, state, 0);
      } else codec.writeLagged(writer, rows, now, base, lagTicks);
    }
  }

  private countEnters({ tick, enters }: Step, writer: BitWriter): void {
    const codec = this.mover.snapshots[0]!;
    for (const id of enters) {
      // Whether the generation is 0.
      writer.put(0, 1);
      codec.writeRow(writer, this.rows, this.offsetOf(tick, id));
      codec.writeState(writer, this.states, id * codec.stateInts);
    }
  }

  private moveOn(tick: number): void {
    const codec = this.mover.snapshots[0]!;
    for (let id = 0; id < ENTITIES; id++) {
      const [now, before] = [this.offsetOf(tick, id), this.offsetOf(tick - 1, id)];
      codec.writeDelta(this.uncounted, this.rows, now, before, 1, this.states, id * codec.stateInts);
    }
  }

  private offsetOf(tick: number, id: number): number {
    return (tick * ENTITIES + id) * this.mover.rowInts;
  }
}
