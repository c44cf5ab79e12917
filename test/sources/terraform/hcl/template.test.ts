import { describe, expect, it } from 'vitest';
import { parseHcl } from '../../../../src/sources/terraform/hcl/index.ts';
import { showExpression } from './show-expression.ts';

const value = (text: string) => {
  const { body } = parseHcl(`x = ${text}\nafter = 1\n`);
  expect(body.attributes.map(({ name }) => name)).toEqual(['x', 'after']);
  return body.attributes[0]?.value;
};

const texts: Readonly<Record<string, readonly (readonly [written: string, meant: string])[]>> = {
  quoted: [
    [String.raw`"a\n\r\t\"\\b"`, 'a\n\r\t"\\b'],
    [String.raw`"\u00e9\U0001F511"`, 'é🔑'],
    [String.raw`"\ud800 \U00110000"`, '\\ud800 \\U00110000'],
    [String.raw`"\q"`, 'q'],
    [String.raw`"\${a}"`, '${a}'],
    ['"$${a} %%{b} $$${c}"', '${a} %{b} $${c}'],
    ['"a $ b % c $"', 'a $ b % c $'],
    ['"# // /* {["', '# // /* {['],
    ['"é🔑"', 'é🔑'],
  ],
  heredocs: [
    ['<<E\nE', ''],
    ['<<E\na\n  b\nE', 'a\n  b\n'],
    ['<<E\na\n  E', 'a\n'],
    ['<<E\na\nE b\nEE\nE', 'a\nE b\nEE\n'],
    ['<<E\r\na\r\nE\r', 'a\r\n'],
    [String.raw`<<E` + '\n\\n "q" \\\nE', '\\n "q" \\\n'],
    ['<<E\n$${a} # b\nE', '${a} # b\n'],
    ['<<a-b\nx\na-b', 'x\n'],
    ['<<-E\n    a\n      b\n    E', 'a\n  b\n'],
    ['<<-E\n\ta\n\tE', 'a\n'],
    ['<<-E\n  a\n\n  b\n  E', 'a\n\nb\n'],
    ['<<-E\n    a\n  \n    b\nE', 'a\n  \nb\n'],
    ['<<-E\n  a\nb\n  E', '  a\nb\n'],
  ],
};

describe.each(Object.entries(texts))('%s', (_, table) => {
  it.each(table)('%j', (written, meant) => {
    expect(value(written)).toMatchObject({ kind: 'literal', value: meant });
  });
});

const templates: readonly (readonly [written: string, read: string])[] = [
  ['"${a}"', '`${a}`'],
  ['"a${b}c"', '`a${b}c`'],
  ['"${a}${b}"', '`${a}${b}`'],
  ['"${ "x${ {a = "}"}.a }" }"', '`${`x${{"a": "}"}.a}`}`'],
  ['"a${\n b\n}c"', '`a${b}c`'],
  ['"a ${~ b ~} c"', '`a${b}c`'],
  ['"a $${~ ${~b} c"', '`a ${~${b} c`'],
  ['"a${b c}d"', '`a${?expected "}" after an interpolation?}d`'],
  ['"a${}d"', '`a${?expected a value?}d`'],
  ['"%{ if a }x%{ else }${y}%{ endif }"', '`${D}x${D}${y}${D}`'],
  ['<<E\na ${b}\n${c} d\nE', '`a ${b}\n${c} d\n`'],
  ['<<-E\n    a ${b}\n      ${c}\n    E', '`a ${b}\n  ${c}\n`'],
  ['<<-E\n  a\n${b}\n  E', '`  a\n${b}\n`'],
  ['<<E\na\n${~ b ~}\nc\nE', '`a${b}c\n`'],
  ['<<E\n${ <<F\nx\nF\n}\nE', '`${"x\n"}\n`'],
  ['<<E\n%{ for x in y ~}\n${x}\n%{ endfor ~}\nE', '`${D}${x}\n${D}`'],
];

describe('templates', () => {
  it.each(templates)('%j', (written, read) => {
    const directive = '?directives of templates are not evaluated?';
    const shown = showExpression(value(written) ?? { kind: 'opaque', reason: 'missing', span: { start: 0, end: 0 } });
    expect(shown.replaceAll(directive, 'D').replaceAll(String.raw`\n`, '\n')).toBe(read);
  });

  it('that is one interpolation beside text made empty stays a text', () => {
    expect(value('<<E\n${a ~}\nE')).toMatchObject({ kind: 'template', parts: [{ kind: 'variable' }, ''] });
  });
});
