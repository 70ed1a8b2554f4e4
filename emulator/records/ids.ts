/** The ids of opportunities: no two accounts or catalogs have the same. */
export type OpportunityIds = {
  /** An id that has never been issued or reserved. */
  next(): string;
  /** Prevents an id from being issued. */
  reserve(id: string): void;
  clear(): void;
};

/** Ids issued by the emulator start here, far from the seed's. */
const firstNumber = 6_000_000;

export function createOpportunityIds(): OpportunityIds {
  let lastNumber = firstNumber;
  return {
    next: () => {
      lastNumber += 1;
      return `O${lastNumber}`;
    },
    reserve: (id) => {
      const number = Number(id.slice(1));
      if (Number.isSafeInteger(number)) lastNumber = Math.max(lastNumber, number);
    },
    clear: () => {
      lastNumber = firstNumber;
    },
  };
}
