/** Imported before a program, so that the benchmark can ask it for its memory. It changes nothing else. */
process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed });
});
// A program ends when it has nothing left to do; to be asked is nothing to do.
process.channel?.unref();
