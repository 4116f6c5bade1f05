import { performance } from "node:perf_hooks";
import type { EventLoop } from "#engine/shared";

/** Node's event loop, as links see it. */
export const nodeEventLoop: EventLoop = {
  nowMs: () => performance.now(),
  defer: (run) => {
    setImmediate(run);
  },
};
