import { describe, expect, it } from 'vitest';
import { maxDepth, parseHclJson, type HclFile, type Span } from '../../../../src/sources/terraform/hcl/index.ts';
import { withInner } from './children.ts';
import { showExpression } from './show-expression.ts';

const show = ({ body }: HclFile): string =>
  [
    ...body.blocks.map(({ type, labels, body: inner }) => {
      const attributes = inner.attributes.map(({ name, value }) => `${name} = ${showExpression(value)}`).join('; ');
      return `${[type, ...labels].join(' ')} { ${attributes} }`;
    }),
    ...body.attributes.map(({ name, value }) => `${name} = ${showExpression(value)}`),
  ].join('; ');

const sound: readonly (readonly [name: string, content: unknown, read: string])[] = [
  ['nothing', {}, ''],
  ['a resource', { resource: { t: { n: { a: 1, b: 'x' } } } }, 'resource t n { a = 1; b = "x" }'],
  ['several of each', { data: { t: { n: {}, m: {} }, u: { n: {} } } }, 'data t n {  }; data t m {  }; data u n {  }'],
  ['a list of resources', { resource: [{ t: { n: {} } }, { t: [{ m: {} }] }] }, 'resource t n {  }; resource t m {  }'],
  [
    'several blocks of one name',
    { provider: { aws: [{ alias: 'a' }, { alias: 'b' }] } },
    'provider aws { alias = "a" }; provider aws { alias = "b" }',
  ],
  [
    'one label',
    { variable: { v: { default: null } }, module: { m: {} }, output: { o: {} } },
    'variable v { default = null }; module m {  }; output o {  }',
  ],
  ['no label', { locals: { a: [true, -1.5e2] }, terraform: {} }, 'locals { a = [true, -150] }; terraform {  }'],
  ['nested blocks stay values', { resource: { t: { n: { inner: [{ a: 1 }] } } } }, 'resource t n { inner = [{"a": 1}] }'],
  ['a list of files', [{ locals: { a: 1 } }, { locals: { b: 2 } }], 'locals { a = 1 }; locals { b = 2 }'],
  ['nothing in place of blocks', { resource: null }, ''],
  ['what is no block', { unknown: 1 }, 'unknown = 1'],
  [
    'templates',
    { locals: { a: '${b.c}', d: 'x${e}y', f: '$${g}', h: '{}' } },
    'locals { a = `${b.c}`; d = `x${e}y`; f = "${g}"; h = "{}" }',
  ],
  ['templates with escapes of JSON', { locals: { a: '${f("x\\n")}\n"q"' } }, 'locals { a = `${f("x\\n")}\n"q"` }'],
  [
    'a template that is broken',
    { locals: { a: 'x${b c}y', d: '${' } },
    'locals { a = `x${?expected "}" after an interpolation?}y`; d = ?expected a value? }',
  ],
  ['numbers', { locals: { a: [0, -1.5, 1e21] } }, 'locals { a = [0, -1.5, 1e+21] }'],
  ['keys that are templates', { locals: { a: { '${b}': 1 } } }, 'locals { a = {`${b}`: 1} }'],
];

const broken: readonly (readonly [text: string, read: string, problem: string])[] = [
  ['', '', '0 expected a value'],
  ['1', '', '0 expected an object'],
  ['{"locals": {"a": 1,}}', 'locals { a = 1 }', '19 expected a name in quotes'],
  ['{"locals": {"a": 1 "b": 2}}', 'locals { a = 1 }', '19 expected "," or "}"'],
  ['{"locals": {"a": [1, }', 'locals { a = [1, ?expected a value?] }', '21 expected a value'],
  ['{"locals": {"a" 1}}', 'locals { a = ?expected ":"? }', '16 expected ":"'],
  ['{"locals": {"a": "b', 'locals { a = ?a string is not closed? }', '17 a string is not closed'],
  ['{"locals": {"a": "\\x"}}', 'locals { a = ?an escape that JSON does not know? }', '17 an escape that JSON does not know'],
  ['{"locals": {"a": 01}}', 'locals { a = 0 }', '18 expected "," or "}"'],
  ['{"locals": {"a": 1}} x', 'locals { a = 1 }', '21 something follows the value'],
  ['{"locals": 1}', '', '11 expected an object for locals'],
];

describe('parseHclJson', () => {
  it.each(sound)('%s', (_, content, read) => {
    for (const text of [JSON.stringify(content), `\ufeff${JSON.stringify(content, null, 2)}\n`]) {
      const file = parseHclJson(text);
      expect(show(file)).toBe(read);
      expect(file.problems).toEqual([]);
    }
  });

  it.each(broken)('goes as far as it can in %j', (text, read, problem) => {
    const file = parseHclJson(text);
    expect(show(file)).toBe(read);
    expect(file.problems.map(({ at, message }) => `${at} ${message}`)).toEqual([problem]);
  });

  it('knows places, those inside of strings with escapes too', () => {
    const text = '{"resource": {"t": {"n": [{"a": "\\"\\u0041${b["k\\u0041"].c}"}, {"//": "why"}]}}}'
      .replace('["k', '[\\"k')
      .replace('"].c', '\\"].c');
    const at = ({ start, end }: Span): string => text.slice(start, end);
    const { body, comments } = parseHclJson(text);
    expect(body.blocks.map(({ span }) => at(span))).toEqual([text.slice(text.indexOf('"n"'), text.indexOf(', {"//"')), '{"//": "why"}']);
    expect(body.blocks.map(({ header }) => at(header))).toEqual(['"n": [{', '{']);
    const [attribute] = body.blocks[0]?.body.attributes ?? [];
    expect(attribute && [at(attribute.nameSpan), attribute.value.span.end === attribute.span.end]).toEqual(['"a"', true]);
    expect(attribute && [...withInner(attribute.value)].map((part) => [showExpression(part), at(part.span)])).toEqual([
      ['`"A${b["kA"].c}`', text.slice(text.indexOf('"\\"'), text.indexOf('}, {'))],
      ['b["kA"].c', String.raw`b[\"k\u0041\"].c`],
      ['b["kA"]', String.raw`b[\"k\u0041\"]`],
      ['b', 'b'],
      ['"kA"', String.raw`\"k\u0041\"`],
    ]);
    expect(comments.map(({ text: comment, span }) => [comment, at(span)])).toEqual([['why', '"why"']]);
  });

  it('does not read what is nested too deep', () => {
    const file = parseHclJson(`{"locals": {"a": ${'['.repeat(100_000)}`);
    expect(file.problems.map(({ message }) => message)).toEqual([`nested more than ${maxDepth} deep`]);
  });
});
