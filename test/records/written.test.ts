import { describe, expect, test } from 'vitest';
import { createOpportunityIndex, positionOf } from '../../src/records/opportunity-index.ts';
import { createWritten } from '../../src/records/written.ts';
import { fakeClock } from '../clock.ts';

const first = '2031-05-14T12:00:00Z';
const second = '2031-05-14T12:00:05.5Z';

function setUp() {
  const { clock, pass } = fakeClock();
  const index = createOpportunityIndex();
  const written = createWritten(index, clock);
  let told = 0;
  written.listen(() => {
    told += 1;
  });
  const list = (id: string, lastModifiedDate: string) => {
    const summary = { id, lastModifiedDate };
    index.put({ summary, position: positionOf(summary), isLost: false });
  };
  list('O1', first);
  return { written, list, pass, told: () => told };
}

describe('what was written', () => {
  test('is asked for a second after it was, once for several writes', () => {
    const { written, pass, told } = setUp();
    expect(written.nextAt()).toBeUndefined();
    written.note('O1', second);
    pass(400);
    written.note('O2', second);
    expect([written.nextAt(), told()]).toEqual([1_000, 2]);
  });

  test('is not asked for if the index has that version or a later one, from any source', () => {
    const { written, list, told } = setUp();
    written.note('O1', first);
    expect([written.nextAt(), told()]).toEqual([undefined, 0]);
    written.note('O1', second);
    list('O1', second);
    expect(written.nextAt()).toBeUndefined();
  });

  test('is asked for without a date until the index has any other version', () => {
    const { written, list } = setUp();
    written.note('O1');
    expect(written.nextAt()).toBe(1_000);
    list('O1', second);
    expect(written.nextAt()).toBeUndefined();
  });

  test('is asked for once more if AWS’s list lags, and then left to the usual poll', () => {
    const { written, pass } = setUp();
    written.note('O1', second);
    pass(1_000);
    written.noteAsked(1_000);
    expect(written.nextAt()).toBe(5_000);
    pass(4_000);
    written.noteAsked(5_000);
    expect(written.nextAt()).toBeUndefined();
  });

  test('keeps its time if it was written while AWS was being asked', () => {
    const { written, pass } = setUp();
    pass(100);
    written.note('O1', second);
    written.noteAsked(0);
    expect(written.nextAt()).toBe(1_100);
  });

  test('is forgotten where it is not asked for', () => {
    const { written } = setUp();
    written.note('O1', second);
    written.clear();
    expect(written.nextAt()).toBeUndefined();
  });
});
