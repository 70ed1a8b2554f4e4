const oldest = 24;

/** Ends the program with one sentence if its Node cannot run it, instead of with a stack trace from somewhere within. */
export function requireNode() {
  if (Number.parseInt(process.versions.node, 10) >= oldest) return;
  console.error(`This program needs Node.js ${oldest} or newer, and this is ${process.version}.`);
  process.exit(1);
}
