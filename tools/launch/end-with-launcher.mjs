// Loaded into every child before its program: when the launcher is gone, killed even, the child goes too.

/** How long a program has to end in its own way, in ms: longer than a launcher that lives would wait for it. */
const END_MS_MAX = 2_000;

// A worker thread loads this too, and has no channel; its program ends it.
if (process.channel !== undefined) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(), END_MS_MAX).unref();
  });
  // To listen must not keep a program running that has done its work …
  process.channel.unref();
  // … and what the program forks, which may live by its channel, must not load this.
  process.execArgv.splice(0, 2);
}
