/**
 * Calls `stop` once when the program is asked to end: by Ctrl-C, by SIGTERM, or by the end of the launcher that
 * started it. Asking again changes nothing: stopping is bounded, and a launcher may pass the same Ctrl-C on.
 */
export function onShutdown(stop: () => Promise<void>): void {
  let isStopping = false;
  const begin = (): void => {
    if (isStopping) return;
    isStopping = true;
    void stop().then(() => process.exit(0));
  };
  process.on("SIGINT", begin);
  process.on("SIGTERM", begin);
  process.on("disconnect", begin);
}
