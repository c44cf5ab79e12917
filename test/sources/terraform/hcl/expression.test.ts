import { describe, expect, it } from 'vitest';
import { maxDepth, parseExpression, type HclExpression } from '../../../../src/sources/terraform/hcl/index.ts';
import { showExpression } from './show-expression.ts';
import { children, withInner } from './children.ts';

const parse = (text: string) => parseExpression(text, 0, text.length);

const cases: Readonly<Record<string, readonly (readonly [text: string, read: string])[]>> = {
  literals: [
    ['true', 'true'],
    ['false', 'false'],
    ['null', 'null'],
    ['0', '0'],
    ['12.5', '12.5'],
    ['1e3', '1000'],
    ['2.5E-1', '0.25'],
    ['1e999', '?a number too large?'],
    ['"a"', '"a"'],
    ['""', '""'],
  ],
  'names and steps': [
    ['a', 'a'],
    ['a-b', 'a-b'],
    ['_é9', '_é9'],
    ['trueish', 'trueish'],
    ['a.b.c', 'a.b.c'],
    ['a . b', 'a.b'],
    ['a[0]["k"]', 'a[0]["k"]'],
    ['a[\n b \n]', 'a[b]'],
    ['a.0.b', 'a[0].b'],
    ['a.0.1', 'a[0][1]'],
    ['a[*].b[0].c', 'a<each @.b[0].c>'],
    ['a[ * ].b', 'a<each @.b>'],
    ['a[*].b[*].c', 'a<each @.b<each @.c>>'],
    ['a.*.*.b', '?expected a name after "."?'],
    ['a.*.b.0[0]', 'a<each @.b[0]>[0]'],
    ['a[*]', 'a<each @>'],
    ['f(x)[0].y', 'f(x)[0].y'],
    ['[1, 2][0]', '[1, 2][0]'],
    ['{ a = 1 }.a', '{"a": 1}.a'],
    ['"x".y', '"x".y'],
    ['a.', '?expected a name after "."?'],
    ['a.b..c', '?something follows the expression?'],
    ['a[b c].d', 'a[?expected "]"?].d'],
    ['a[].d', 'a[?expected a value?].d'],
  ],
  calls: [
    ['f()', 'f()'],
    ['f( a, b )', 'f(a, b)'],
    ['f(\n  a,\n  b,\n)', 'f(a, b)'],
    ['f(a, b...)', 'f(a, b...)'],
    ['f(b... \n)', 'f(b...)'],
    ['provider::aws::arn_parse(x).y', 'provider::aws::arn_parse(x).y'],
    ['f(<<E\na\nE\n, b)', 'f("a\\n", b)'],
    ['f(a, +, b)', 'f(a, ?expected a value?, b)'],
    ['f(a b, c)', 'f(?expected "," or ")"?, c)'],
    ['f(a', '?a "(" is not closed?'],
    ['a::b', '?expected "(" after the name of a function?'],
  ],
  operators: [
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['a/b%c', '((a / b) % c)'],
    ['a || b && c', '(a || (b && c))'],
    ['a && b || c && d', '((a && b) || (c && d))'],
    ['a == b && c != d', '((a == b) && (c != d))'],
    ['a < b == c >= d', '((a < b) == (c >= d))'],
    ['a + 1 > b - 2', '((a + 1) > (b - 2))'],
    ['a <= b', '(a <= b)'],
    ['-a.b + 1', '((-a.b) + 1)'],
    ['!a.b[0] && c', '((!a.b[0]) && c)'],
    ['!!a', '(!(!a))'],
    ['a - -1', '(a - (-1))'],
    ['(a + b) * c', '(((a + b)) * c)'],
    ['a ? b : c', '(a ? b : c)'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a ? b ? c : d : e', '(a ? (b ? c : d) : e)'],
    ['a || b ? c == d : !e', '((a || b) ? (c == d) : (!e))'],
    ['(a ?\n  b :\n  c)', '((a ? b : c))'],
    ['a ? b', '?expected ":" and what holds otherwise?'],
    ['a +', '?expected a value?'],
    ['a = b', '?something follows the expression?'],
  ],
  'lists and objects': [
    ['[]', '[]'],
    ['[a, 1, "x",]', '[a, 1, "x"]'],
    ['[\n  a, # first\n  // none\n  b /* last */\n]', '[a, b]'],
    ['[1, +, 3]', '[1, ?expected a value?, 3]'],
    ['[1 2, 3]', '[?expected "," or "]"?, 3]'],
    ['[1, (2]', '[1, ?expected ")"?]'],
    ['{}', '{}'],
    ['{ a = 1, "b" = 2 }', '{"a": 1, "b": 2}'],
    ['{\n  a = 1\n  b : 2 # second\n\n  (c) = 3\n  d-e = 4,\n}', '{"a": 1, "b": 2, (c): 3, "d-e": 4}'],
    ['{ "${a}-x" = 1 }', '{`${a}-x`: 1}'],
    ['{ true = 1, 2 = 3 }', '{"true": 1, 2: 3}'],
    ['{ a.b = 1 }', '{a.b: 1}'],
    ['{ a = { b = [1,\n2] } }', '{"a": {"b": [1, 2]}}'],
    ['{\n a = (\n 1\n )\n b = f(\n 2\n )\n}', '{"a": (1), "b": f(2)}'],
    ['{ a = 1\n b = +\n c = 3 }', '{"a": 1, "b": ?expected a value?, "c": 3}'],
    ['{ a = 1 b = 2\n c = 3 }', '{"a": ?expected "," or a new line?, "c": 3}'],
    ['{ a\n c = 3 }', '{?expected "=" or ":" after the key of an object?: ?expected "=" or ":" after the key of an object?, "c": 3}'],
    ['{ = 1, c = 3 }', '{?expected a value?: ?expected a value?, "c": 3}'],
  ],
  for: [
    ['[for x in a : x]', 'for<x in a: x>'],
    ['[for k, v in a : v.b if k != "c"]', 'for<k, v in a: v.b if (k != "c")>'],
    ['{ for x in a : x.k => x.v }', 'for<x in a: x.k => x.v>'],
    ['{\n  # why\n  for k, v in a :\n  k => v...\n  if v\n}', 'for<k, v in a: k => v... if v>'],
    ['[for x in [for y in a : y] : x]', 'for<x in for<y in a: y>: x>'],
    ['[for x in a ? b : c : x]', 'for<x in (a ? b : c): x>'],
    ['[forest]', '[forest]'],
    ['[for x]', '?expected names and "in" after "for"?'],
    ['[for x in a]', '?expected ":" after the collection of "for"?'],
    ['[for x in a : x => y]', '?a list has no "=>"?'],
    ['{ for x in a : x }', '?expected "=>"?'],
    ['[for x in a : x if ]', '?expected a value?'],
    ['[for x in a : x y].z', '?something follows the "for" expression?.z'],
  ],
  'what is no expression': [
    ['', '?expected a value?'],
    ['=', '?expected a value?'],
    ['a b', '?something follows the expression?'],
    ['a\n+ b', '?something follows the expression?'],
    ['10gb', '?something follows the expression?'],
    ['a /* b', 'a'],
    ['(a', '?expected ")"?'],
    ['(a b)', '(?expected ")"?)'],
  ],
};

describe.each(Object.entries(cases))('%s', (_, table) => {
  it.each(table)('%j', (text, read) => {
    expect(showExpression(parse(text))).toBe(read);
  });
});

it('gives every part its place', () => {
  const text = 'a ? f("x${b.c}", [1, { k = (d[0]) }]) : e[*].g + 1';
  const places = [...withInner(parse(text))];
  expect(places.map(({ kind, span }) => [kind, text.slice(span.start, span.end)])).toEqual([
    ['conditional', 'a ? f("x${b.c}", [1, { k = (d[0]) }]) : e[*].g + 1'],
    ['variable', 'a'],
    ['call', 'f("x${b.c}", [1, { k = (d[0]) }])'],
    ['template', '"x${b.c}"'],
    ['attribute', 'b.c'],
    ['variable', 'b'],
    ['list', '[1, { k = (d[0]) }]'],
    ['literal', '1'],
    ['object', '{ k = (d[0]) }'],
    ['literal', 'k'],
    ['parentheses', '(d[0])'],
    ['index', 'd[0]'],
    ['variable', 'd'],
    ['literal', '0'],
    ['binary', 'e[*].g + 1'],
    ['splat', 'e[*].g'],
    ['variable', 'e'],
    ['attribute', '[*].g'],
    ['item', '[*]'],
    ['literal', '1'],
  ]);
});

const deep: readonly (readonly [name: string, make: (times: number) => string])[] = [
  ['lists', (times) => `${'['.repeat(times)}${']'.repeat(times)}`],
  ['objects', (times) => `${'{a='.repeat(times)}1${'}'.repeat(times)}`],
  ['parentheses', (times) => `${'('.repeat(times)}a${')'.repeat(times)}`],
  ['calls', (times) => `${'f('.repeat(times)}${')'.repeat(times)}`],
  ['templates', (times) => `${'"${'.repeat(times)}a${'}"'.repeat(times)}`],
  ['negations', (times) => `${'!'.repeat(times)}a`],
  ['sums', (times) => `a${'+a'.repeat(times)}`],
  ['attributes', (times) => `a${'.b'.repeat(times)}`],
  ['indexes', (times) => `a${'[0]'.repeat(times)}`],
  ['splats', (times) => `a${'[*]'.repeat(times)}`],
  ['old splats', (times) => `a.*${'.b'.repeat(times)}`],
  ['conditions', (times) => `${'a?b:'.repeat(times)}c`],
  ['for', (times) => `${'[for a in '.repeat(times)}b${':a]'.repeat(times)}`],
  ['keys', (times) => `${'{('.repeat(times)}a${')=1}'.repeat(times)}`],
];

describe('depth', () => {
  it.each(deep)('%s to near the limit are read', (_, make) => {
    expect([...withInner(parse(make(maxDepth / 2 - 2)))].some(({ kind }) => kind === 'opaque')).toBe(false);
  });

  it.each(deep)('%s beyond the limit are opaque, and no tree is deeper', (_, make) => {
    const tree = parse(make(20_000));
    expect([...withInner(tree)].filter(({ kind }) => kind === 'opaque')).toMatchObject([{ reason: 'nested more than 200 deep' }]);
    expect(heightOf(tree)).toBeLessThanOrEqual(maxDepth + 1);
  });
});

function heightOf(expression: HclExpression): number {
  return 1 + Math.max(0, ...children(expression).map(heightOf));
}
