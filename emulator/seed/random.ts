/** A small, reproducible pseudo-random generator: mulberry32. */
export type Random = {
  /** An integer from `min` to `max`, both inclusive. */
  whole(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** `count` different values, or all if there are fewer. */
  sample<T>(from: readonly T[], count: number): T[];
  /** True with the probability `share`. */
  chance(share: number): boolean;
  /** Random characters of an alphabet. */
  digits(count: number, alphabet?: string): string;
};

export function createRandom(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    whole,
    pick: (from) => from[whole(0, from.length - 1)] as (typeof from)[number],
    sample: (from, count) => {
      const left = [...from];
      const taken = [];
      while (taken.length < count && left.length > 0)
        taken.push(...left.splice(whole(0, left.length - 1), 1));
      return taken;
    },
    chance: (share) => next() < share,
    digits: (count, alphabet = '0123456789') =>
      Array.from({ length: count }, () => alphabet[whole(0, alphabet.length - 1)]).join(''),
  };
}
