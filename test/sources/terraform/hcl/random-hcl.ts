import fc from 'fast-check';

const join = (make: (...parts: string[]) => string, ...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => make(...texts));
const several = (part: fc.Arbitrary<string>, most: number): fc.Arbitrary<string[]> => fc.array(part, { maxLength: most });

const name = fc.constantFrom('a', 'b2', 'name', 'with-dash', '_x', 'aws_kms_key', 'café', 'iffy', 'format');
const gap = fc.constantFrom('', ' ', '  ', '\t');
/** White space where a newline means nothing. */
const wide = fc.constantFrom('', ' ', '\n', ' # { " \n', '/* ) */', '\n\n  // ]\n');
const blank = fc.constantFrom('\n', '\n\n', '  \n', '# a "comment" {\n', '// ${x}\n', '/* [ \n */\n', '\r\n');
const text = fc.constantFrom(
  '',
  'x',
  'a b',
  'é🔑',
  '{',
  '}',
  '[',
  ' # ',
  '//',
  '\\n',
  '\\"',
  '\\\\',
  '\\t',
  '$',
  '%',
  '$$',
  '$${a}',
  '%%{b}',
  "'",
);
const plainString = several(text, 3).map((parts) => `"${safeJoin(parts)}"`);

/** Of parts side by side, no `$` or `%` may come to stand before a brace. */
function safeJoin(parts: readonly string[]): string {
  return parts.reduce((all, part) => (/[$%]$/.test(all) ? `${all} ${part}` : all + part), '').replace(/[$%]+$/, '');
}

const number = fc.constantFrom('0', '7', '12.5', '400');
const variable = join((root, rest) => root + rest, name, fc.constantFrom('', '.b', '.b.c', '[0]', '["k"].d', '[*].e', '.*.f', '.0.g'));

/** An alias, as fast-check wants it: an interface has no index signature. */
type Expressions = { readonly expression: string; readonly entry: string; readonly computed: string };

const { expression } = fc.letrec<Expressions>((tie) => {
  const inner = tie('expression');
  const spaced = join((before, middle, after) => before + middle + after, wide, inner, wide);
  const template = join((a, b, c) => `"${a}\${${b}}${c}"`, plainContent(), spaced, plainContent());
  const entry = (key: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    join((k, sign, value) => `${k} ${sign} ${value}`, key, fc.constantFrom('=', ':'), inner);
  const operator = fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||');
  return {
    entry: entry(fc.oneof(name, plainString)),
    computed: entry(join((e) => `(${e})`, inner)),
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(plainString, number, variable, fc.constantFrom('true', 'false', 'null')),
      template,
      several(spaced, 3).map((elements) => `[${elements.join(',')}]`),
      several(tie('entry'), 3).map((entries) => (entries.length === 0 ? '{}' : `{\n${entries.join('\n')}\n}`)),
      several(fc.oneof(tie('entry'), tie('computed')), 2).map((entries) => `{ ${entries.join(', ')} }`),
      join((f, a, b) => `${f}(${a},${b})`, name, spaced, spaced),
      join((e) => `(${e})`, spaced),
      join((a, op, b) => `${a} ${op} ${b}`, inner, operator, inner),
      join((sign, e) => `${sign}(${e})`, fc.constantFrom('!', '-'), inner),
      join((a, b, c) => `${a} ? ${b} : ${c}`, inner, inner, inner),
      join((v, c, e, i) => `[for ${v} in ${c} : ${e} if ${i}]`, name, inner, inner, inner),
      join((k, v, c, e) => `{for ${k}, ${v} in ${c} : ${k} => ${e}}`, name, name, inner, inner),
    ),
  };
});

function plainContent(): fc.Arbitrary<string> {
  return several(text, 2).map((parts) => safeJoin(parts));
}

const heredocLine = fc.constantFrom('text', '  { indented', '', 'a = "b', '# no comment', '${a.b}', 'x ${f("}")} y', '$${c}', 'END of it');
const heredoc = join(
  (dash, lines, indent) => `<<${dash}END\n${lines}${indent}END`,
  fc.constantFrom('', '-'),
  several(heredocLine, 4).map((lines) => lines.map((line) => `${line}\n`).join('')),
  fc.constantFrom('', '  '),
);

const attribute = fc.oneof(
  {
    weight: 5,
    arbitrary: join(
      (n, a, b, value, end) => `${n}${a}=${b}${value}${end}`,
      name,
      gap,
      gap,
      expression,
      fc.constantFrom('\n', '  # why\n', '\r\n', ' // }\n'),
    ),
  },
  { weight: 1, arbitrary: join((n, value) => `${n} = ${value}\n`, name, heredoc) },
);
const label = fc.oneof(name, fc.constantFrom('"aws_kms_key"', '"a b"', '"é{"'));

const { body } = fc.letrec<{ readonly body: string; readonly block: string }>((tie) => ({
  block: join(
    (type, labels, inside) => `${type} ${labels}{${inside}}`,
    name,
    several(label, 2).map((labels) => labels.map((l) => `${l} `).join('')),
    fc.oneof(
      { maxDepth: 3 },
      fc.constant(''),
      join((inside) => `\n${inside}`, tie('body')),
      join((n) => ` ${n} = 1 `, name),
    ),
  ),
  body: several(
    fc.oneof(
      attribute,
      join((b) => `${b}\n`, tie('block')),
      blank,
    ),
    4,
  ).map((items) => items.join('')),
}));

/** Without heredocs, and so without the newline that they need. */
export const randomExpression: fc.Arbitrary<string> = expression;
/**
 * Random valid HCL, with the odd but legal turns that people write: comments, CRLF, nesting, strings of all forms. Left
 * out is what tree-sitter misreads: exponents of numbers, and a key in parentheses at the beginning of a line, which it
 * takes for the arguments of what stands before.
 */
export const randomHcl: fc.Arbitrary<string> = body;
