import { bool, int, list, string } from '../../resources/shape.ts';
import type { CelFunction } from './cel-function.ts';

/** White space as Unicode has it, which is what CEL trims: JavaScript's trim() knows U+FEFF instead of U+0085. */
const outerSpace = /^[\p{White_Space}]+|[\p{White_Space}]+$/gu;

const text = (value: unknown): string => value as string;

function method(
  name: string,
  rest: CelFunction['params'],
  returns: CelFunction['returns'],
  doc: string,
  call: CelFunction['call'],
  examples: CelFunction['examples'],
): CelFunction {
  return {
    name: `string.${name}`,
    form: 'method',
    params: [string, ...rest],
    returns,
    doc,
    standard: true,
    infallible: true,
    call,
    examples,
  };
}

export const stringFunctions: readonly CelFunction[] = [
  method('startsWith', [string], bool, 'Whether the text starts with another.', (_budget, a, b) => text(a).startsWith(text(b)), [
    { expression: "'prod/db'.startsWith('prod/')", result: true },
  ]),
  method('endsWith', [string], bool, 'Whether the text ends with another.', (_budget, a, b) => text(a).endsWith(text(b)), [
    { expression: "'prod/db'.endsWith('db')", result: true },
  ]),
  method('contains', [string], bool, 'Whether the text contains another.', (_budget, a, b) => text(a).includes(text(b)), [
    { expression: "'prod/db'.contains('d/d')", result: true },
  ]),
  method(
    'lowerAscii',
    [],
    string,
    'The text with A to Z in lower case.',
    (_budget, a) => text(a).replace(/[A-Z]+/g, (upper) => upper.toLowerCase()),
    [{ expression: "'SecretsManager'.lowerAscii()", result: 'secretsmanager' }],
  ),
  method('trim', [], string, 'The text without white space at its ends.', (_budget, a) => text(a).replace(outerSpace, ''), [
    { expression: "' a '.trim()", result: 'a' },
  ]),
  {
    name: 'list.join',
    form: 'method',
    params: [list(string), string],
    returns: string,
    doc: 'The elements, with a text between them.',
    standard: true,
    call: (_budget, parts, separator) => (parts as readonly string[]).join(text(separator)),
    examples: [{ expression: "['a', 'b'].join(', ')", result: 'a, b' }],
  },
  {
    name: 'string',
    form: 'global',
    params: [int],
    returns: string,
    doc: 'A whole number as text.',
    standard: true,
    call: (_budget, value) => String(value),
    examples: [{ expression: 'string(90)', result: '90' }],
  },
];
