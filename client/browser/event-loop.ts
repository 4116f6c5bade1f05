import type { EventLoop } from "#engine/shared";

/**
 * The browser's event loop, as links see it. What is deferred goes through a message channel: a timer would be held
 * back by 4 ms, and by a second in a hidden tab.
 */
export function browserEventLoop(): EventLoop {
  const { port1, port2 } = new MessageChannel();
  const deferred: (() => void)[] = [];
  port1.onmessage = () => {
    deferred.shift()?.();
  };
  return {
    nowMs: () => performance.now(),
    defer: (run) => {
      deferred.push(run);
      port2.postMessage(undefined);
    },
  };
}
