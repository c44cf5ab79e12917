import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/policy/yaml-source.ts';
import { parseYamlTemplate } from '../../src/sources/cloudformation/yaml-template.ts';
import type { UserError } from '../../src/model/errors.ts';

const unclosed = 'a [ or { before this place is not closed | end it with ] or }';

/** The first complaint, as line:column, message and hint. */
const mistakes: readonly (readonly [name: string, text: string, said: string])[] = [
  ['a list that is not closed', 'tests:\n  - expect: [a, b\nid: x\n', `3:1 ${unclosed}`],
  ['a map that is not closed', 'a: { b: 1\nc: 2\n', `2:1 ${unclosed}`],
  ['a list at the top that is not closed', '[a, b', `1:6 ${unclosed}`],
  [
    'a list in brackets with an item on its own line',
    'a: [\n  - b\n]\n',
    '2:3 a [ or { before this place is not closed, or a comma is missing | end it with ] or }',
  ],
  ['a double quote that is not closed', 'a: "b\n', '2:1 a quote is not closed | end the text with the quote that it begins with'],
  ['a single quote that is not closed', "a: 'b\n", '2:1 a quote is not closed | end the text with the quote that it begins with'],
  ['text behind a quote', "a: 'b' == c\n", '1:8 something stands behind the end of this value | put the whole text in quotes'],
  ['a colon in a text', 'message: a: b\n', "1:10 there is a second colon with a space on this line | put a text that holds ': ' in quotes"],
  ['no comma', "a: ['b' 'c']\n", '1:9 a comma is missing between two items in [ ] or { }'],
  ['a comma too many', 'a: [b,, c]\n', '1:7 there is a comma too many | remove it'],
  ['no colon', 'a: 1\nb\nc: 2\n', '2:1 behind this key a colon is missing | write KEY: VALUE; a text of several lines begins with | or >'],
  [
    'a key further to the right',
    'a:\n  b: 1\n c: 2\n',
    '3:1 this line is not indented as those before it | the keys of one map stand below each other',
  ],
  ['a list on the line of its key', 'a: - b\n', '1:4 a list cannot begin on the line of its key | begin it on the next line'],
  [
    'an item further to the left',
    'a:\n    - b\n  - c\n',
    '3:1 this item is not indented as those before it | the dashes of a list stand below each other',
  ],
  [
    'a text that begins with *',
    'a: *\n',
    '1:4 after * or & the name of an anchor is missing | put a text that begins with * or & in quotes',
  ],
  ['a text that begins with @', 'a: @b\n', '1:4 a text cannot begin with this character | put it in quotes'],
  ['a backslash', 'a: "\\d"\n', '1:5 this backslash begins no escape of YAML | write \\\\, or put the text in single quotes'],
  ['a tab', 'a:\n\tb: 1\n', '2:1 a tab stands where YAML wants spaces | indent with spaces'],
];

describe('YAML that is broken is explained in plain words', () => {
  it.each(mistakes)('%s', (_name, text, said) => {
    // Only what says that it is one of our files is quoted.
    const parsed = parseYaml('policy.yaml', `# apiVersion: sealcheck/v1\n${text}`);
    const [problem] = 'problems' in parsed ? parsed.problems : [];
    const line = (problem?.line ?? 0) - 1;
    expect(`${line}:${problem?.column} ${problem?.message}${problem?.hint === undefined ? '' : ` | ${problem.hint}`}`).toBe(said);
    expect(problem?.excerpt).toBe(text.split('\n')[line - 1]);
  });

  it.each(mistakes)('in a template too: %s', (_name, text, said) => {
    let problem: UserError | undefined;
    try {
      parseYamlTemplate(text, 'template.yaml');
    } catch (error) {
      problem = error as UserError;
    }
    expect(
      `${problem?.message.replace('template.yaml:', '').replace(': ', ' ')}${problem?.hint === undefined ? '' : ` | ${problem.hint}`}`,
    ).toBe(said);
  });
});
