/** Preloaded into a program, so that it reports its memory to the benchmark on request. */
process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed });
});
// The channel must not keep the program running.
process.channel?.unref();
