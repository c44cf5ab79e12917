import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatches, globsOverlap } from '../../src/resources/iam-glob.ts';

/** The definition, character by character. */
function reference(pattern: string, text: string): boolean {
  const [symbol] = pattern;
  if (symbol === undefined) return text === '';
  const rest = pattern.slice(1);
  if (symbol === '*') return reference(rest, text) || (text !== '' && reference(pattern, text.slice(1)));
  return text !== '' && (symbol === '?' || symbol === text[0]) && reference(rest, text.slice(1));
}

function string(letters: string, maxLength: number) {
  return fc.string({ unit: fc.constantFrom(...letters), maxLength });
}

describe('globMatches', () => {
  const cases: [string, string, boolean][] = [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['?', '', false],
    ['?*', 'a', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*a', 'aaab', false],
    ['A', 'a', false],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['arn:aws:kms:*', 'arn:aws:kms:us-east-1:111122223333:key/x', true],
  ];
  it.each(cases)('%j on %j: %j', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it('agrees with the definition', () => {
    fc.assert(
      fc.property(string('ab*?', 8), string('abc*', 8), (pattern, text) => {
        expect(globMatches(pattern, text)).toBe(reference(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  it('ends on a hostile pattern', () => {
    expect(globMatches('a*'.repeat(1000) + 'b', 'a'.repeat(5000))).toBe(false);
  });
});

describe('globsOverlap', () => {
  it('is true exactly when a text exists', () => {
    const texts = ['', ...words(1), ...words(2), ...words(3), ...words(4), ...words(5), ...words(6)];
    fc.assert(
      fc.property(string('ab*?', 3), string('ab*?', 3), (left, right) => {
        expect(globsOverlap(left, right)).toBe(texts.some((text) => reference(left, text) && reference(right, text)));
      }),
      { numRuns: 300 },
    );
  });
});

function words(length: number): string[] {
  return length === 0 ? [''] : words(length - 1).flatMap((word) => [`${word}a`, `${word}b`]);
}
