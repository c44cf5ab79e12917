import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashLines } from '../../src/iac/line-hash.ts';

const greetings = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  'c129715d7a2bc9a3:1',
];

/** Of github/codeql-action, src/fingerprints.test.ts. */
const published: readonly (readonly [name: string, text: string, hashes: readonly string[]])[] = [
  ['nothing', '', ['c129715d7a2bc9a3:1']],
  ['short lines', ' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
  [
    'no line end at the end',
    ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End',
    ['8b7cf3e952e7aeb2:1', 'b1ae1287ec4718d9:1', 'bff680108adb0fcc:1', 'c6805c5e1288b612:1', 'b86d3392aea1be30:1', 'e6ceba753e1a442:1'],
  ],
  ['LF', ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n', greetings],
  ['CR', ' hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r', greetings],
  ['CRLF', ' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', greetings],
  ['mixed', ' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n', greetings],
  [
    'equal lines',
    'Lorem ipsum dolor sit amet.\n'.repeat(10),
    [
      ...[1, 2, 3, 4, 5, 6].map((nth) => `a7f2ff13bc495cf2:${nth}`),
      ...['a7f2ff1481e87703:1', 'a9cf91f7bbf1862b:1', '55ec222b86bcae53:1', 'cc97dc7b1d7d8f7b:1', 'c129715d7a2bc9a3:1'],
    ],
  ],
];

function lineHashes(text: string): readonly string[] {
  const hash = hashLines(text);
  const hashes: string[] = [];
  for (let line = 1, one = hash(line); one !== undefined; line += 1, one = hash(line)) hashes.push(one);
  return hashes;
}

/** Each line on its own, in whole numbers of any size: what the rolling hash comes to. */
function slowHashes(text: string): readonly string[] {
  const seen = new Map<string, number>();
  const lines = text.replace(/\r([ \t]?)\n?/g, (end, blank: string) => (blank === '' || !end.endsWith('\n') ? '\n' : '\n\n')).split('\n');
  return lines.map((_, index) => {
    const codes = [...Array.from(lines.slice(index).join('\n').replace(/[ \t]/g, '').split(''), (unit) => unit.charCodeAt(0)), 0xffff];
    let hash = 0n;
    for (let at = 0; at < 100; at += 1) hash = BigInt.asUintN(64, hash * 37n + BigInt(codes[at] ?? 0));
    const hex = hash.toString(16);
    seen.set(hex, (seen.get(hex) ?? 0) + 1);
    return `${hex}:${seen.get(hex) ?? 0}`;
  });
}

describe("GitHub's line hash", () => {
  it.each(published)('%s', (_name, text, hashes) => {
    expect(lineHashes(text)).toEqual(hashes);
    expect(slowHashes(text)).toEqual(hashes);
  });

  it('is what exact arithmetic comes to', () => {
    const character = fc.oneof(
      fc.constantFrom('a', 'b', ' ', '\t', '\n', '\r', '\r\n', '}', '\u0000'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 400 }), (characters) => {
        const text = characters.join('');
        expect(lineHashes(text)).toEqual(slowHashes(text));
      }),
      { numRuns: 300 },
    );
  });

  it('of a long line is that of its first hundred characters', () => {
    const [first] = lineHashes(`${'x'.repeat(100)}yes\n`);
    expect(lineHashes(`${'x'.repeat(100)}no\n`)[0]).toBe(first);
    expect(lineHashes(`${'x'.repeat(99)}no\n`)[0]).not.toBe(first);
  });
});
