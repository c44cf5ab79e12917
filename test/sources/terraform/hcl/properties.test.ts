import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression, parseHcl, parseHclJson } from '../../../../src/sources/terraform/hcl/index.ts';
import { expressionsOf, misplaced, withInner } from './children.ts';
import { randomExpression, randomHcl } from './random-hcl.ts';

/** Fragments that open, close or end something, in any order. */
const debris = fc
  .array(
    fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        '"',
        '${',
        '%{',
        '~}',
        '$${',
        '\\',
        '<<E\n',
        '<<-E\n',
        'E\n',
        '\n',
        '\r\n',
        ' ',
        '#',
        '//',
        '/*',
        '*/',
      ],
      ...[
        'a',
        'for',
        ' in ',
        ' if ',
        '=',
        '==',
        '=>',
        ':',
        '::',
        '?',
        ',',
        '.',
        '...',
        '*',
        '[*]',
        '-',
        '!',
        '&&',
        '1',
        '1.5',
        'true',
        'é',
        '🔑',
        '\ufeff',
      ],
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** Valid HCL with one stretch of it replaced. */
const mutated = fc.tuple(randomHcl, fc.nat(), fc.nat(8), debris).map(([text, at, length, rest]) => {
  const start = at % (text.length + 1);
  return text.slice(0, start) + rest.slice(0, 6) + text.slice(start + length);
});

const anything = fc.oneof(fc.string({ unit: 'binary' }), debris, mutated, randomHcl);
const within = (text: string) => ({ start: 0, end: text.length });

describe('any text', () => {
  it('is read without a throw, every part in its place', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { body, comments, problems } = parseHcl(text);
        expect(misplaced(body, within(text))).toEqual([]);
        for (const { text: comment, span } of comments) expect(text.slice(span.start, span.end)).toBe(comment);
        for (const [index, { span }] of comments.entries()) expect(span.start).toBeGreaterThanOrEqual(comments[index - 1]?.span.end ?? 0);
        for (const { at } of problems) expect(at >= 0 && at <= text.length).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('is read as an expression without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(debris, fc.string({ unit: 'binary' })), (text) => {
        for (const { span } of withInner(parseExpression(text, 0, text.length))) {
          expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is read as JSON without a throw, and refused if JSON.parse refuses it', () => {
    const json = fc.json().chain((text) =>
      fc.tuple(fc.constant(text), fc.nat(), fc.constantFrom('', '', '"', '}', ',', '\\', '${a}', '1')).map(([whole, at, extra]) => {
        const start = at % (whole.length + 1);
        return whole.slice(0, start) + extra + whole.slice(start);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(json, debris), (text) => {
        const { body, problems } = parseHclJson(text);
        expect(misplaced(body, within(text))).toEqual([]);
        expect(problems.some(({ message }) => !message.startsWith('expected an object'))).toBe(!isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

describe('valid HCL', () => {
  it('has no problem and nothing opaque', () => {
    fc.assert(
      fc.property(randomHcl, (text) => {
        const file = parseHcl(text);
        expect(file.problems).toEqual([]);
        expect([...expressionsOf(file.body)].filter(({ kind }) => kind === 'opaque')).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('means the same part by part: what stands at a literal reads as that literal', () => {
    fc.assert(
      fc.property(randomExpression, (text) => {
        for (const expression of withInner(parseExpression(text, 0, text.length))) {
          const again = parseExpression(text, expression.span.start, expression.span.end);
          // As a key of an object a bare name is a string, elsewhere a variable.
          if (expression.kind === 'literal' && again.kind !== 'variable') expect(again).toEqual(expression);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is untouched by a broken line after it', () => {
    fc.assert(
      fc.property(randomHcl, (text) => {
        const whole = parseHcl(text).body;
        const { body, problems } = parseHcl(`${text}\n)( = [ nonsense\n`);
        expect(problems.length).toBeGreaterThan(0);
        expect(body.attributes.slice(0, whole.attributes.length).map(({ span }) => span)).toEqual(whole.attributes.map(({ span }) => span));
        expect(body.blocks.map(({ span }) => span)).toEqual(whole.blocks.map(({ span }) => span));
      }),
    );
  });
});

const times = 200_000;
const hostile: readonly (readonly [name: string, text: string])[] = [
  ['braces', '{'.repeat(times)],
  ['closing braces', '}'.repeat(times)],
  ['blocks', 'a{'.repeat(times)],
  ['lists', `a=${'['.repeat(times)}`],
  ['an open list on each line', 'a=[\n'.repeat(times)],
  ['open lists that braces close', `${'a=[\n'.repeat(times)}${'}'.repeat(times)}`],
  ['crossed brackets', `a=${'(['.repeat(times)}${')]'.repeat(times)}`],
  ['open strings', 'a="x\n'.repeat(times)],
  ['open heredocs', 'a=<<X\n'.repeat(times)],
  ['a heredoc with a long marker', `a=<<${'x'.repeat(times)}\n${'xxx\n'.repeat(times)}`],
  ['things like heredocs', `a=${'<<a'.repeat(times)}`],
  ['strings in strings', `a="${'${"'.repeat(times)}`],
  ['directives', `a="${'%{'.repeat(times)}`],
  ['backslashes', `a="${'\\'.repeat(times)}"`],
  ['open comments', 'a=[/*\n'.repeat(times)],
  ['commas', `a=[${','.repeat(times)}]`],
  ['broken entries', `a={${'{=,'.repeat(times)}}`],
  ['labels', `a ${'"b" '.repeat(times)}`],
  ['negations', `a=${'!'.repeat(times)}b`],
  ['sums', `a=${'b+'.repeat(times)}c`],
  ['conditions', `a=${'b?c:'.repeat(times)}d`],
  ['for', `a=${'[for x in '.repeat(times)}`],
  ['white space', `a=[${' '.repeat(times)}x`],
];

/** Anything but linear time would take minutes here and run into the time limit of a test. */
describe('hostile text ends', () => {
  it.each(hostile)('%s', (_, text) => {
    const { body, problems } = parseHcl(text);
    expect(body.attributes.every(({ value }) => value.span.end <= text.length)).toBe(true);
    expect(problems.length).toBeLessThanOrEqual(100);
    expect(parseHclJson(text).problems.length).toBeGreaterThan(0);
    expect(parseHclJson(`${'[{"a":'.repeat(times)}"${text.replaceAll(/["\\\n]/g, '')}`).problems.length).toBeGreaterThan(0);
  });
});
