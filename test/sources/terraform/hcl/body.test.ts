import { describe, expect, it } from 'vitest';
import { parseHcl, type HclBody, type Span } from '../../../../src/sources/terraform/hcl/index.ts';
import { showExpression } from './show-expression.ts';

function show(body: HclBody): string {
  const items = [
    ...body.attributes.map(({ name, value, span }) => ({ span, shown: `${name} = ${showExpression(value)}` })),
    ...body.blocks.map((block) => ({
      span: block.span,
      shown: `${[block.type, ...block.labels.map((label) => JSON.stringify(label))].join(' ')} { ${show(block.body)} }`,
    })),
  ];
  return items
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ shown }) => shown)
    .join('; ');
}

const sound: readonly (readonly [name: string, text: string, read: string])[] = [
  ['nothing', '', ''],
  ['white space', ' \n\t\r\n', ''],
  ['an attribute', 'a = 1', 'a = 1'],
  ['without spaces', 'a=1\nb=2', 'a = 1; b = 2'],
  ['a byte order mark', '\ufeffa = 1', 'a = 1'],
  ['CRLF', 'a = 1\r\nb {\r\n  c = 2\r\n}\r\n', 'a = 1; b { c = 2 }'],
  ['a block', 'a {\n}\n', 'a {  }'],
  ['a block on one line', 'a { b = 1 }', 'a { b = 1 }'],
  ['labels bare and quoted', 'a b "c d" {}', 'a "b" "c d" {  }'],
  ['escapes in a label', String.raw`a "b\"c" "\u0041" {}`, String.raw`a "b\"c" "A" {  }`],
  ['an interpolation in a label is text', 'a "${b}" {}', 'a "${b}" {  }'],
  ['nested blocks', 'a {\n b {\n c = 1\n }\n d = 2\n}', 'a { b { c = 1 }; d = 2 }'],
  ['duplicates', 'a = 1\na = 2', 'a = 1; a = 2'],
  ['comments everywhere', '# a\na /* b */ = /* c */ 1 // d\n/* e\n */ b "c" /* f */ { # g\n}', 'a = 1; b "c" {  }'],
  ['a comment after the end of a bracket', 'a = [1 # }\n]\nb = 2', 'a = [1]; b = 2'],
  ['an expression over lines', 'a = f(\n  1,\n)\nb = {\n  c = 2\n}', 'a = f(1); b = {"c": 2}'],
  ['brackets in strings', 'a = "{["\nb = 1', 'a = "{["; b = 1'],
  ['a brace in a nested string', 'a = "${f("}")}"\nb = 1', 'a = `${f("}")}`; b = 1'],
  ['a heredoc with what looks like HCL', 'a = <<E\nb = {\nE\nc = 1', 'a = "b = {\\n"; c = 1'],
  ['a heredoc inside a call', 'a = f(<<E\n)\nE\n)\nc = 1', 'a = f(")\\n"); c = 1'],
  ['a heredoc that ends the text', 'a = <<E\nb\nE', 'a = "b\\n"'],
];

const broken: readonly (readonly [name: string, text: string, read: string, problems: readonly string[]])[] = [
  ['a line that is nothing', '!!\na = 1', 'a = 1', ['0 expected an attribute or a block']],
  ['a name alone', 'a\nb = 1', 'b = 1', ['0 expected an attribute or a block']],
  ['a comparison', 'a == 1\nb = 1', 'b = 1', ['0 expected an attribute or a block']],
  ['no value', 'a =\nb = 1', 'a = ?expected a value?; b = 1', ['3 expected a value']],
  ['a brace too many', 'a = 1\n}\nb = 1', 'a = 1; b = 1', ['6 this "}" closes nothing']],
  ['a bracket too many', 'a = 1)\nb = 1', 'a = ?something follows the expression?; b = 1', []],
  ['an open list', 'a = [1,\nb = 1', 'a = ?a "[" is not closed?; b = 1', ['4 what is opened here is not closed']],
  ['an open list in a block', 'a {\nb = [\nc = 1\n}', 'a { b = ?a "[" is not closed?; c = 1 }', ['8 what is opened here is not closed']],
  ['an open list on one line', 'a { b = [1 }\nc = 1', 'a { b = ?a "[" is not closed? }; c = 1', ['8 what is opened here is not closed']],
  [
    'crossed brackets',
    'a = ([1)]\nb = 1',
    'a = ?a "[" is not closed?; b = 1',
    ['4 what is opened here is not closed', '7 expected an attribute or a block'],
  ],
  ['an open string', 'a = "b\nc = 1', 'a = ?a string is not closed on its line?; c = 1', ['6 a string is not closed on its line']],
  ['an open string at the end', 'a = "b', 'a = ?a string is not closed on its line?', ['6 a string is not closed on its line']],
  [
    'an open string in a list',
    'a = ["b\n]\nc = 1',
    'a = [?a string is not closed on its line?]; c = 1',
    ['7 a string is not closed on its line'],
  ],
  [
    'an open interpolation',
    'a = "${b"\nc = 1',
    'a = ?expected "}" after an interpolation?; c = 1',
    ['4 what is opened here is not closed'],
  ],
  [
    'an open heredoc',
    'a = <<E\nb\nc = 1',
    'a = ?expected a value?; c = 1',
    ['4 what is opened here is not closed', '8 expected an attribute or a block'],
  ],
  ['an open block', 'a {\nb = 1', 'a { b = 1 }', ['0 this block is not closed']],
  ['an open comment', 'a = 1\n/* b', 'a = 1', ['6 a comment is not closed']],
  [
    'a brace on the next line',
    'a\n{\nb = 1\n}\nc = 1',
    'c = 1',
    ['0 expected an attribute or a block', '2 expected an attribute or a block'],
  ],
];

describe('parseHcl', () => {
  it.each(sound)('%s', (_, text, read) => {
    const file = parseHcl(text);
    expect(show(file.body)).toBe(read);
    expect(file.problems).toEqual([]);
  });

  it.each(broken)('goes on after %s', (_, text, read, problems) => {
    const file = parseHcl(text);
    expect(show(file.body)).toBe(read);
    expect(file.problems.map(({ at, message }) => `${at} ${message}`)).toEqual(problems);
  });

  it('knows places to the character', () => {
    const text = '\ufeff# é🔑\nresource "a" "b" { // why\n  name = "🔑" # because\n  tags = {\n    "k" = 1\n  }\n  inner {}\n}\n';
    const at = ({ start, end }: Span): string => text.slice(start, end);
    const { body, comments } = parseHcl(text);
    const [block] = body.blocks;
    const [name, tags] = block?.body.attributes ?? [];
    expect(at(body.span)).toBe(text.slice(1));
    expect(block && at(block.span)).toBe(text.slice(text.indexOf('resource'), -1));
    expect(block && at(block.header)).toBe('resource "a" "b" {');
    expect(block && at(block.body.span)).toBe(text.slice(text.indexOf(' // why'), text.lastIndexOf('}')));
    expect(name && [at(name.span), at(name.nameSpan), at(name.value.span)]).toEqual(['name = "🔑"', 'name', '"🔑"']);
    expect(tags && at(tags.span)).toBe('tags = {\n    "k" = 1\n  }');
    expect(tags?.value.kind === 'object' && tags.value.entries.map(({ span }) => at(span))).toEqual(['"k" = 1']);
    expect(block?.body.blocks.map(({ span }) => at(span))).toEqual(['inner {}']);
    expect(comments.map(({ text: comment }) => comment)).toEqual(['# é🔑', '// why', '# because']);
    expect(comments.map(({ span }) => at(span))).toEqual(comments.map(({ text: comment }) => comment));
  });

  it('notes comments inside expressions, once each even where it looked twice', () => {
    const { comments } = parseHcl('a = [ # one\n  1, /* two */\n]\nb /* three */ !\nc = ( /* four */\nd = "# none" // five');
    expect(comments.map(({ text }) => text)).toEqual(['# one', '/* two */', '/* three */', '/* four */', '// five']);
  });

  it('reads a value once', () => {
    const [attribute] = parseHcl('a = [1]').body.attributes;
    expect(attribute?.value).toBe(attribute?.value);
  });

  it('does not read blocks nested too deep', () => {
    const file = parseHcl(`${'a {\n'.repeat(1000)}b = 1\n${'}\n'.repeat(1000)}c = 1`);
    expect(file.body.attributes.map(({ name }) => name)).toEqual(['c']);
    expect(file.problems.map(({ message }) => message)).toEqual(['blocks are nested more than 200 deep']);
  });
});
