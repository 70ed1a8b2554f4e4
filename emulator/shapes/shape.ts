/**
 * Shapes describe requests and responses as data: `check` validates a request against one, `present` formats a response
 * by one, and a new member is one line in a table.
 */
export type Shape = StringShape | TimestampShape | IntegerShape | ListShape | StructureShape;

type Common = { readonly required?: true };
export type StringShape = Common & {
  readonly kind: 'string';
  readonly pattern?: RegExp;
  /** Name and values of an enum. The control surface adds values by name. */
  readonly list?: { readonly name: string; readonly values: ReadonlySet<string> };
};
export type TimestampShape = Common & { readonly kind: 'timestamp' };
export type IntegerShape = Common & { readonly kind: 'integer'; readonly min: number; readonly max: number };
export type ListShape = Common & {
  readonly kind: 'list';
  readonly item: Shape;
  readonly min: number;
  readonly max: number;
  /** Responses have this list as `[]` if it is unset. Default: null. */
  readonly shownEmpty?: true;
};
export type StructureShape = Common & {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  /** The same as a list, since every request and response iterates over it. */
  readonly entries: readonly (readonly [string, Shape])[];
  /** Responses have this structure with all its members even if it is unset. Default: null. */
  readonly shownEmpty?: true;
  /** Requests have exactly one of the members. */
  readonly union?: true;
};

/** A string of `min` to `max` characters, line breaks included. Counted in code points, as by the service. */
export const string = (min: number, max: number): StringShape => ({
  kind: 'string',
  pattern: new RegExp(`^.{${min},${max}}$`, 'su'),
});

/** A string in any form. */
export const anyString: StringShape = { kind: 'string' };

/** A string that matches a whole pattern; the anchors are added here. */
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

/** A structure of which a request has exactly one member. */
export const union = (members: Record<string, Shape>): StructureShape => ({
  ...structure(members),
  union: true,
});

export const required = <S extends Shape>(shape: S): S & { required: true } => ({ ...shape, required: true });

export const shownEmpty = <S extends ListShape | StructureShape>(shape: S): S & { shownEmpty: true } => ({
  ...shape,
  shownEmpty: true,
});
