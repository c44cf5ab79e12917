import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/expressions/compile.ts';
import { celFunctions } from '../../src/expressions/functions/index.ts';
import { Failure } from '../../src/expressions/open-value.ts';
import { createParser } from '../../src/expressions/parse-expression.ts';
import { timestamp, type Shape } from '../../src/resources/shape.ts';
import { createOracle, fromCel } from './cel-oracle.ts';
import { randomBool } from './random-expression.ts';
import { knownResource, now, small } from './small-world.ts';

const parser = createParser(
  new Map<string, Shape>([
    ['resource', small],
    ['now', timestamp],
  ]),
);
const layout = new Map([
  ['resource', 0],
  ['now', 1],
]);
const oracle = createOracle(small, now);

function evaluate(text: string, resource: unknown): unknown {
  const parsed = parser.parse(text);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  const slots = new Array<unknown>(72);
  slots[0] = resource;
  slots[1] = now;
  return compile(parsed.expression, layout)({ slots, steps: 1_000_000 });
}

/** Our numbers end at 2^53, those of CEL at 2^63: the one way in which we err and the library does not. */
const isOverflow = (value: unknown): boolean => value instanceof Failure && value.message === 'the number is beyond 2^53';

it('on known data our answer is that of cel-js, errors included', { timeout: 120_000 }, () => {
  const seen = { true: 0, false: 0, error: 0 };
  fc.assert(
    fc.property(
      fc.boolean().chain((errors) => randomBool({ errors, standardOnly: true, depth: 3 })),
      knownResource,
      (text, resource) => {
        const ours = evaluate(text, resource);
        const theirs = oracle(text, resource);
        if (isOverflow(ours)) return;
        const expected = 'error' in theirs ? 'error' : fromCel(theirs.value);
        const actual = ours instanceof Failure ? 'error' : ours;
        seen[String(actual) as keyof typeof seen] += 1;
        expect(actual, text).toBe(expected);
      },
    ),
    { numRuns: 5000, seed: 20_261_122 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});

const sample = {
  flag: true,
  flag2: false,
  count: 3,
  text: 'prod/db',
  at: now - 172_800_000,
  words: ['a', 'b', 'b'],
  numbers: [1, 2, 3],
  tags: { owner: 'team', toString: 'x' },
  children: [
    { flag: true, count: 1 },
    { flag: false, count: 2, text: 't' },
  ],
};

/** Expression, result; `error` where it must err. Each is put to cel-js too. */
const cases: readonly (readonly [string, unknown])[] = [
  ['1 + 2', 3],
  ['5 - 7', -2],
  ['3 * -4', -12],
  ['-resource.count', -3],
  ['-(-1)', 1],
  ['0x10', 16],
  ["'a' + 'b'", 'ab'],
  ["['a'] + ['b']", ['a', 'b']],
  ['[] + [1]', [1]],
  ['1 < 2', true],
  ['2 <= 2', true],
  ['2 > 2', false],
  ['3 >= 4', false],
  ["'a' < 'b'", true],
  ["'a' < 'aa'", true],
  ["'Z' < 'a'", true],
  ['false < true', true],
  ['true >= true', true],
  ['1 == 1', true],
  ['1 != 1', false],
  ["'a' == 'A'", false],
  ['[1, 2] == [1, 2]', true],
  ['[1, 2] == [2, 1]', false],
  ['[1] == [1, 2]', false],
  ['[] == [1]', false],
  ['[[1]] == [[1]]', true],
  ['2 in [1, 2]', true],
  ['3 in [1, 2]', false],
  ["'owner' in resource.tags", true],
  ["'Owner' in resource.tags", false],
  ["'constructor' in resource.tags", false],
  ['true && false', false],
  ['false || true', true],
  ['!resource.flag2', true],
  ['!!resource.flag', true],
  ['resource.flag ? 1 : 2', 1],
  ['resource.flag2 ? 1 : resource.flag ? 2 : 3', 2],
  ['has(resource.label)', false],
  ['has(resource.text)', true],
  ['has(resource.tags.owner)', true],
  ['has(resource.tags.missing)', false],
  ['has(resource.tags.constructor)', false],
  ["resource.tags['owner']", 'team'],
  ['resource.tags.owner', 'team'],
  ['resource.words[2]', 'b'],
  ['resource.children.filter(c, true)[1].count', 2],
  ["resource.words.exists(w, w == 'b')", true],
  ["resource.words.all(w, w == 'b')", false],
  ["resource.words.exists_one(w, w == 'a')", true],
  ["resource.words.exists_one(w, w == 'b')", false],
  ['resource.numbers.filter(n, n > 1)', [2, 3]],
  ['resource.numbers.map(n, n * n)', [1, 4, 9]],
  ['resource.numbers.map(n, n > 1, n * 10)', [20, 30]],
  ['resource.words.filter(w, false).all(w, false)', true],
  ['resource.words.filter(w, false).exists(w, true)', false],
  ["resource.tags.exists(key, key == 'owner')", true],
  ['resource.children.filter(c, c.flag).map(c, c.count)', [1]],
  ['resource.children.all(c, resource.numbers.exists(n, n == c.count))', true],
  ["'äö€😀'.size()", 4],
  ["size('abc')", 3],
  ['size([1, 2])', 2],
  ['resource.tags.size()', 2],
  ["'prod/db'.startsWith('prod/')", true],
  ["'prod/db'.endsWith('prod')", false],
  ["'prod/db'.contains('')", true],
  ["'AB'.lowerAscii()", 'ab'],
  ["' a b '.trim()", 'a b'],
  ["['a', 'b'].join('-')", 'a-b'],
  ['string(-7)', '-7'],
  ["'ab'.matches('^a')", true],
  ["'ab'.matches('^b')", false],
  ["r'\\d+'", '\\d+'],
  ["'1'.matches(r'^\\d$')", true],
  ["timestamp('2026-01-01T01:00:00+01:00') == now", true],
  ["now - resource.at == duration('48h')", true],
  ["resource.at + duration('2h') < now", true],
  ["now - duration('1h30m') < now", true],
  ["duration('-90m') < duration('0s')", true],
  ["duration('1.5h') == duration('90m')", true],
  ["duration('1.1h') == duration('66m')", true],
  ["duration('1h') + duration('30m') == duration('90m')", true],
  ['resource.label', 'error'],
  ['resource.tags.missing', 'error'],
  ["resource.tags['missing']", 'error'],
  ["resource.tags['__proto__']", 'error'],
  ['resource.numbers[3]', 'error'],
  ['resource.numbers[-1]', 'error'],
  ['resource.child.flag', 'error'],
  ['has(resource.child.text)', 'error'],
  ["resource.label == 'a' || true", true],
  ["true || resource.label == 'a'", true],
  ["resource.label == 'a' && false", false],
  ["resource.label == 'a' || false", 'error'],
  ["!(resource.label == 'a')", 'error'],
  ['[1, resource.numbers[9]].size()', 'error'],
  ['resource.numbers[9] in resource.words.map(w, 1).filter(n, false)', 'error'],
  ["resource.children.exists(c, c.text == 't')", true],
  ["resource.children.all(c, c.text == 't')", 'error'],
  ["resource.children.exists_one(c, c.text == 't')", 'error'],
  ['resource.children.map(c, c.text).size() == 2', 'error'],
  ["resource.children.filter(c, c.text == 't')", 'error'],
  ['resource.flag ? 1 : resource.numbers[9]', 1],
  ["timestamp('nonsense' + resource.text) == now", 'error'],
];

describe('by hand, and by cel-js', () => {
  it.each(cases)('%s', (text, expected) => {
    const actual = evaluate(text, sample);
    expect(actual instanceof Failure ? 'error' : actual).toEqual(expected);
    const theirs = oracle(text, sample);
    expect('error' in theirs ? 'error' : fromCel(theirs.value)).toEqual(expected);
  });
});

describe('where we differ from the library on purpose', () => {
  it.each([
    ['9007199254740991 + 1', 'the number is beyond 2^53'],
    ['-9007199254740991 - 1', 'the number is beyond 2^53'],
    ['9007199254740991 * 2', 'the number is beyond 2^53'],
    ["timestamp('2026-02-' + string(resource.count + 27) + 'T00:00:00Z')", 'not an RFC 3339 time'],
    ["resource.text.matches('(' + resource.text)", 'not an RE2 pattern: error parsing regexp: missing closing ): `(prod/db`'],
    ['days(9007199254740991)', 'the duration is longer than 10,000 years'],
  ])('%s errs', (text, message) => {
    const actual = evaluate(text, sample);
    expect(actual).toBeInstanceOf(Failure);
    expect((actual as Failure).message).toBe(message);
  });

  it.each([
    // The library lowers all letters; CEL says A to Z.
    ["'ÄB'.lowerAscii()", 'Äb'],
    // And trims what JavaScript trims; CEL says what Unicode calls white space.
    ["'\\u0085a\\ufeff'.trim()", 'a\ufeff'],
    // The library does not take a plain object for an element of its declared type here.
    ['resource.children[1].count', 2],
  ])('%s', (text, expected) => expect(evaluate(text, sample)).toEqual(expected));

  it('an absent attribute is told from other errors', () => {
    expect(evaluate('resource.label', sample)).toMatchObject({ kind: 'absent', start: 0, end: 14 });
    expect(evaluate('resource.numbers[9]', sample)).toMatchObject({ kind: 'error' });
  });
});

describe('refused when the policy loads', () => {
  it.each([
    ["1 == 'a'", 'int == string is not possible'],
    ["[1] == ['a']", 'list<int> == list<string> is not possible'],
    ["[1, 'a']", 'the elements differ: int and string'],
    ["true ? 1 : 'a'", 'the branches differ: int and string'],
    ["([] + [1])[0] + 'a'", 'int + string is not possible'],
    ['now + now', 'timestamp + timestamp is not possible'],
    ['now - 5', 'timestamp - int is not possible'],
    ['days(1) * 2', 'duration * int is not possible'],
    ['wholeDays(days(1) + now)', 'wholeDays() expects duration, found timestamp'],
    ['string(true)', 'string() expects int, found bool'],
    ['timestamp(5)', 'timestamp() expects string, found int'],
    ['[1] < [2]', 'list<int> < list<int> is not possible'],
    ['resource == resource', 'two values of type object cannot be compared'],
    ['resource in [resource]', 'two values of type object cannot be compared'],
    ["'a' in 'abc'", 'string in string is not possible'],
    ['5 / 2', '/ is not supported: whole numbers would be divided in two different ways'],
    ['5 % 2', '% is not supported: whole numbers would be divided in two different ways'],
    ['1.5', 'only whole numbers, texts in quotes, true and false can be written here'],
    ['null', 'there is no null here: an attribute that is not set is absent'],
    ["{'a': 1}", 'map literals are not supported'],
    ['9007199254740992', 'the number is beyond 2^53'],
    ["'a'.matches('(')", 'not an RE2 pattern: error parsing regexp: missing closing ): `(`'],
    ["timestamp('2026-02-31T00:00:00Z')", 'not an RFC 3339 time such as 2026-01-31T00:00:00Z'],
    ["duration('90d')", "not a duration; write days(90) or duration('36h')"],
    ["iam.reachesEvery(resource.statement, 'bucket')", 'the kind is one of secret, parameter, key'],
    ['size(nothing)', 'there is no variable nothing'],
    ['resource.flag.x', 'a bool has no field x'],
    ['has(resource.typo)', 'SmallResource'],
    ['has(resource.children[1].text)', 'has() invalid argument'],
  ])('%s', (text, message) => {
    const parsed = parser.parse(text);
    expect('problem' in parsed ? parsed.problem.message : parsed.type).toEqual(
      message === 'SmallResource' ? expect.stringMatching(/^resource has no typo/) : message,
    );
  });
});

describe('the examples of each function hold', () => {
  for (const fn of celFunctions)
    for (const { expression, result } of fn.examples)
      it(`${fn.name}: ${expression}`, () => expect(evaluate(expression, sample)).toEqual(result));
});
