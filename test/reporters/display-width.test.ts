import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, padEnd, truncateEnd, truncateMiddle, wrapWords } from '../../src/reporters/display-width.ts';

const widths: readonly (readonly [text: string, width: number])[] = [
  ['', 0],
  ['prod/db', 7],
  ['é', 1],
  ['e\u0301', 1],
  ['数据库', 6],
  ['🔑', 2],
  ['👩‍💻', 2],
  ['✖ ▲ ⊘ – …', 9],
  ['✔\ufe0f ▲', 4],
  ['▲\u0301', 1],
  ['한글', 4],
];

describe('displayWidth', () => {
  it.each(widths)('%j is %i cells', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('truncation', () => {
  it('keeps both ends of a name', () => {
    expect(truncateMiddle('prod/payments/database/password', 15)).toBe('prod/pa…assword');
    expect(truncateMiddle('short', 15)).toBe('short');
  });

  it('keeps the start of a message', () => {
    expect(truncateEnd('may go 180 days without a rotation', 12)).toBe('may go 180…');
  });

  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  it('never fills more cells than it may', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (value, width) => {
        expect(displayWidth(truncateMiddle(value, width))).toBeLessThanOrEqual(width);
        expect(displayWidth(truncateEnd(value, width))).toBeLessThanOrEqual(width);
        for (const line of wrapWords(value, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        if (displayWidth(value) <= width) expect(displayWidth(padEnd(value, width))).toBe(width);
      }),
    );
  });
});

describe('wrapWords', () => {
  it('breaks at blanks', () => {
    expect(wrapWords('grant the action to the role', 12)).toEqual(['grant the', 'action to', 'the role']);
  });
});
