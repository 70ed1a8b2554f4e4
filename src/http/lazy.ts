/** A value that is made when it is first asked for, and kept: most requests are answered from memory and need no signal. */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
