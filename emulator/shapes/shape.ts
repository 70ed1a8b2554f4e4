/**
 * The vocabulary in which requests and answers are described. A shape is data: `check` reads it to refuse a request,
 * `present` reads it to write an answer, and a new member is one line in a table.
 */
export type Shape = StringShape | TimestampShape | IntegerShape | ListShape | StructureShape;

type Common = { readonly required?: true };
export type StringShape = Common & {
  readonly kind: 'string';
  readonly pattern?: RegExp;
  /** Name and values of a closed list. The name is what the control surface extends. */
  readonly list?: { readonly name: string; readonly values: ReadonlySet<string> };
};
export type TimestampShape = Common & { readonly kind: 'timestamp' };
export type IntegerShape = Common & { readonly kind: 'integer'; readonly min: number; readonly max: number };
export type ListShape = Common & {
  readonly kind: 'list';
  readonly item: Shape;
  readonly min: number;
  readonly max: number;
  /** An answer shows this list as `[]` when it is unset; without the mark, as null. */
  readonly shownEmpty?: true;
};
export type StructureShape = Common & {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  /** The same as a list: every request and every answer walks it. */
  readonly entries: readonly (readonly [string, Shape])[];
  /** An answer shows this structure with all its members even when it is unset; without the mark, as null. */
  readonly shownEmpty?: true;
};

/** Text of `min` to `max` characters, line breaks allowed. Counted in code points, as the service counts. */
export const string = (min: number, max: number): StringShape => ({
  kind: 'string',
  pattern: new RegExp(`^.{${min},${max}}$`, 'su'),
});

/** Text that is free as far as its form goes. */
export const anyString: StringShape = { kind: 'string' };

/** Text that matches a pattern from its first to its last character; the anchors are added here. */
export const matching = (source: string): StringShape => ({
  kind: 'string',
  pattern: new RegExp(`^(?:${source})$`, 'u'),
});

export const oneOf = (name: string, values: readonly string[]): StringShape => ({
  kind: 'string',
  list: { name, values: new Set(values) },
});

export const timestamp: TimestampShape = { kind: 'timestamp' };

export const integer = (min: number, max: number): IntegerShape => ({ kind: 'integer', min, max });

export const list = (item: Shape, min = 0, max = Number.POSITIVE_INFINITY): ListShape => ({
  kind: 'list',
  item,
  min,
  max,
});

export const structure = (members: Record<string, Shape>): StructureShape => ({
  kind: 'structure',
  members,
  entries: Object.entries(members),
});

export const required = <S extends Shape>(shape: S): S & { required: true } => ({ ...shape, required: true });

export const shownEmpty = <S extends ListShape | StructureShape>(shape: S): S & { shownEmpty: true } => ({
  ...shape,
  shownEmpty: true,
});
