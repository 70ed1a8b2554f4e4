/** The parts of "JSON.parse source text access" that Node 24 has and TypeScript's library does not describe yet. */
interface JSON {
  rawJSON(text: string): object;
  isRawJSON(value: unknown): boolean;
  parse(
    text: string,
    reviver: (name: string, value: unknown, context: { source: string }) => unknown,
  ): unknown;
}
