import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeLine, safeText } from '../../src/reporters/safe-text.ts';

const cases: readonly (readonly [text: string, shown: string])[] = [
  ['prod/db_password+1=2.a@b-c', 'prod/db_password+1=2.a@b-c'],
  ['a b  c', 'a b  c'],
  ['\u001b[31mred', '\\u{1b}[31mred'],
  ['a\tb\r\nc\u0000', 'a\\u{9}b\\u{d}\\u{a}c\\u{0}'],
  ['\u009b31m\u007f', '\\u{9b}31m\\u{7f}'],
  ['a\u202eb\u2066c\u200f', 'a\\u{202e}b\\u{2066}c\\u{200f}'],
  ['a\u2028b\u2029c\u200bd\ufeff', 'a\\u{2028}b\\u{2029}c\\u{200b}d\\u{feff}'],
  ['\ud800x', '\\u{d800}x'],
  ['x\u{e0041}', 'x\\u{e0041}'],
  ['a\u00a0b\u3164', 'a\\u{a0}b\\u{3164}'],
  ['🔑 数据库 👩‍💻 é', '🔑 数据库 👩‍💻 é'],
  ['::error::x', '\\u{3a}:error::x'],
  ['  ::error::x', '  \\u{3a}:error::x'],
  ['a::b', 'a::b'],
  ['##[error]x', '\\u{23}#[error]x'],
  ['a ##vso[task.complete]', 'a \\u{23}#vso[task.complete]'],
  ['a ##teamcity[x]', 'a \\u{23}#teamcity[x]'],
  ['###[x]', '#\\u{23}#[x]'],
  ['## heading', '## heading'],
];

describe('safeText', () => {
  it.each(cases)('%j', (text, shown) => {
    expect(safeText(text)).toBe(shown);
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(':', '#', '[', ' ', '\n', 'vso', '\u001b', '\u202e', '\u0085', '\ud83d', 'a') }),
  );

  it('leaves nothing that a terminal or a CI system acts on', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = safeText(text);
        expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
        expect(shown).not.toMatch(/^\s*::|##[a-z]*\[/i);
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(safeText(shown)).toBe(shown);
      }),
    );
  });

  it('and neither does a line put together of anything safe', () => {
    fc.assert(
      fc.property(fc.array(hostile), (texts) => {
        const line = safeLine(texts.map(safeText).join(''));
        expect(line).not.toMatch(/^\s*::|##[a-z]*\[/i);
      }),
    );
  });
});
