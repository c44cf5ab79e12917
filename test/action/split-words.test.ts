import { describe, expect, it } from 'vitest';
import { splitWords } from '../../src/cli/action/split-words.ts';

describe('words of an input', () => {
  it.each([
    ['nothing', '  \n ', []],
    ['blanks and newlines between', ' a  b\n\tc\r\n', ['a', 'b', 'c']],
    ['double quotes', '--source "my code" x', ['--source', 'my code', 'x']],
    ['single quotes, in which a backslash is one', String.raw`'a\b "c"'`, [String.raw`a\b "c"`]],
    ['quotes within a word', `--param=a.b='x y'z`, ['--param=a.b=x yz']],
    ['an empty word', `"" ''`, ['', '']],
    ['a backslash before a blank', String.raw`a\ b`, ['a b']],
    ['a backslash before a quote in quotes', String.raw`"a\"b\\c\d"`, [String.raw`a"b\c\d`]],
    ['a backslash at the end', 'a\\', ['a\\']],
    [
      'what a shell would act on',
      '$HOME $(id) `id` *.json ; x | y > z',
      ['$HOME', '$(id)', '`id`', '*.json', ';', 'x', '|', 'y', '>', 'z'],
    ],
  ])('%s', (_name, text, words) => expect(splitWords(text, 'args')).toEqual(words));

  it.each([`"a`, `a 'b`, String.raw`"a\"`])('refuses a quote that is not closed: %s', (text) => {
    expect(() => splitWords(text, 'args')).toThrow('the input args has a quote that is not closed');
  });
});
