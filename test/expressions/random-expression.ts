import fc from 'fast-check';

/**
 * Random well-typed expressions over `resource` of small-world.ts. `errors` lets through what can fail on complete
 * data: reads of optional attributes that no has() guards, indexes, sums past 2^53.
 */
export interface ExpressionOptions {
  readonly errors: boolean;
  /** Only what the CEL library can evaluate itself. */
  readonly standardOnly?: true;
  readonly depth?: number;
  /** Variables that are there already, named after the type of their value: s a text, i a number, c a child. */
  readonly scope?: readonly string[];
}

type Make = (depth: number, scope: readonly string[]) => fc.Arbitrary<string>;

/** Variables of comprehensions are named after the type of their elements: s1, i2, c3. */
const inScope = (scope: readonly string[], kind: string): readonly string[] => scope.filter((name) => name.startsWith(kind));

export function randomBool(options: ExpressionOptions): fc.Arbitrary<string> {
  const { errors, standardOnly, depth: deepest = 4 } = options;
  const pick = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
  const join = (make: (...parts: string[]) => string, ...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...parts).map((texts) => make(...texts));
  const comprehension = (
    macro: string,
    source: Make,
    kind: string,
    body: Make,
    depth: number,
    scope: readonly string[],
  ): fc.Arbitrary<string> => {
    const name = `${kind}${scope.length}`;
    return join((list, inner) => `${list}.${macro}(${name}, ${inner})`, source(depth, scope), body(depth, [...scope, name]));
  };

  const intLeaf = (scope: readonly string[]): fc.Arbitrary<string> =>
    pick(
      '0',
      '1',
      '2',
      '-1',
      'resource.count',
      ...inScope(scope, 'i'),
      ...inScope(scope, 'c').map((name) => `${name}.count`),
      ...(errors ? ['resource.maybe', 'resource.child.count'] : []),
    );
  const int: Make = (depth, scope) => {
    if (depth <= 0) return intLeaf(scope);
    const next = depth - 1;
    return fc.oneof(
      { arbitrary: intLeaf(scope), weight: 3 },
      join((a, b, op) => `(${a} ${op} ${b})`, int(next, scope), int(next, scope), pick('+', '-', '*')),
      join((a) => `-(${a})`, int(next, scope)),
      join((a) => `${a}.size()`, text(next, scope)),
      join((a) => `size(${a})`, words(next, scope)),
      join((a) => `${a}.size()`, numbers(next, scope)),
      pick('resource.tags.size()', 'resource.children.size()'),
      join((a, b, c) => `(${a} ? ${b} : ${c})`, bool(next, scope), int(next, scope), int(next, scope)),
      pick('(has(resource.maybe) ? resource.maybe : 0)', '(has(resource.child) ? resource.child.count : 1)'),
      ...(errors
        ? [join((a) => `resource.numbers[${a}]`, int(next, scope)), join((a) => `(${a} + 9007199254740991)`, int(next, scope))]
        : []),
    );
  };

  const textLeaf = (scope: readonly string[]): fc.Arbitrary<string> =>
    pick(
      "''",
      "'a'",
      "'ab'",
      'resource.text',
      ...inScope(scope, 's'),
      ...(errors ? ['resource.label', 'resource.tags.a', "resource.tags['b']", ...inScope(scope, 'c').map((name) => `${name}.text`)] : []),
    );
  const text: Make = (depth, scope) => {
    if (depth <= 0) return textLeaf(scope);
    const next = depth - 1;
    return fc.oneof(
      { arbitrary: textLeaf(scope), weight: 3 },
      join((a, b) => `(${a} + ${b})`, text(next, scope), text(next, scope)),
      join((a, m) => `${a}.${m}()`, text(next, scope), pick('lowerAscii', 'trim')),
      join((a) => `${a}.join('-')`, words(next, scope)),
      join((a) => `string(${a})`, int(next, scope)),
      join((a, b, c) => `(${a} ? ${b} : ${c})`, bool(next, scope), text(next, scope), text(next, scope)),
      pick("(has(resource.label) ? resource.label : 'b')", "(has(resource.tags.a) ? resource.tags.a : '')"),
      ...(errors ? [join((a) => `resource.words[${a}]`, int(next, scope))] : []),
    );
  };

  const wordsLeaf = pick('resource.words', "['a']", "['a', resource.text]", ...(errors ? ['resource.extra', '[resource.label]'] : []));
  const words: Make = (depth, scope) => {
    if (depth <= 0) return wordsLeaf;
    const next = depth - 1;
    return fc.oneof(
      { arbitrary: wordsLeaf, weight: 3 },
      join((a, b) => `[${a}, ${b}]`, text(next, scope), text(next, scope)),
      join((a, b) => `(${a} + ${b})`, words(next, scope), words(next, scope)),
      comprehension('filter', words, 's', bool, next, scope),
      comprehension('map', words, 's', text, next, scope),
      comprehension('map', numbers, 'i', text, next, scope),
      comprehension('map', children, 'c', text, next, scope),
      comprehension('map', () => pick('resource.tags'), 's', text, next, scope),
      ...(standardOnly
        ? []
        : [comprehension('map', words, 's', (d, s) => join((a, b) => `${a}, ${b}`, bool(d, s), text(d, s)), next, scope)]),
    );
  };

  const numbers: Make = (depth, scope) => {
    const leaf = pick('resource.numbers', '[1, 2]', '[resource.count]');
    if (depth <= 0) return leaf;
    const next = depth - 1;
    return fc.oneof(
      { arbitrary: leaf, weight: 3 },
      join((a, b) => `[${a}, ${b}]`, int(next, scope), int(next, scope)),
      comprehension('filter', numbers, 'i', bool, next, scope),
      comprehension('map', words, 's', int, next, scope),
      comprehension('map', children, 'c', int, next, scope),
    );
  };

  const children: Make = (depth, scope) =>
    depth <= 0
      ? pick('resource.children')
      : fc.oneof(
          pick('resource.children'),
          comprehension('filter', () => pick('resource.children'), 'c', bool, depth - 1, scope),
        );

  const time = pick(
    'resource.at',
    'now',
    "timestamp('2026-01-01T00:00:00Z')",
    '(now - duration("48h"))',
    '(resource.at + duration("1h"))',
    ...(errors ? ['resource.since'] : []),
  );
  const span = join((a, b) => `(${a} - ${b})`, time, time);

  const boolLeaf = (scope: readonly string[]): fc.Arbitrary<string> =>
    pick(
      'true',
      'false',
      'resource.flag',
      'resource.flag2',
      'has(resource.maybe)',
      'has(resource.label)',
      'has(resource.extra)',
      'has(resource.child)',
      'has(resource.tags.a)',
      "('b' in resource.tags)",
      '(has(resource.child) && resource.child.flag)',
      '(has(resource.child) && has(resource.child.text))',
      '(!has(resource.since) || now - resource.since > duration("24h"))',
      ...inScope(scope, 'c').flatMap((name) => [`${name}.flag`, `has(${name}.text)`]),
      ...(standardOnly
        ? []
        : [
            "iam.grants(resource.statement, 's:Get')",
            "iam.grants(resource.statement, 's:*')",
            "iam.reachesEvery(resource.statement, 'secret')",
          ]),
      ...(errors ? ['resource.child.flag', 'has(resource.child.text)'] : []),
    );
  const bool: Make = (depth, scope) => {
    if (depth <= 0) return boolLeaf(scope);
    const next = depth - 1;
    const quantified = (source: Make, kind: string): fc.Arbitrary<string> =>
      fc.constantFrom('exists', 'all', 'exists_one').chain((macro) => comprehension(macro, source, kind, bool, next, scope));
    return fc.oneof(
      { arbitrary: boolLeaf(scope), weight: 2 },
      { arbitrary: join((a, b, op) => `(${a} ${op} ${b})`, bool(next, scope), bool(next, scope), pick('&&', '||')), weight: 3 },
      join((a) => `!${a}`, bool(next, scope)),
      join((a, b, c) => `(${a} ? ${b} : ${c})`, bool(next, scope), bool(next, scope), bool(next, scope)),
      join((a, b, op) => `(${a} ${op} ${b})`, int(next, scope), int(next, scope), pick('==', '!=', '<', '<=', '>', '>=')),
      join((a, b, op) => `(${a} ${op} ${b})`, text(next, scope), text(next, scope), pick('==', '!=', '<', '<=', '>', '>=')),
      join((a, b, op) => `(${a} ${op} ${b})`, time, time, pick('==', '!=', '<', '<=', '>', '>=')),
      join((a, op, b) => `(${a} ${op} duration("${b}"))`, span, pick('<', '<=', '>', '>=', '=='), pick('0s', '1h', '48h')),
      join((a, b, m) => `${a}.${m}(${b})`, text(next, scope), text(next, scope), pick('startsWith', 'endsWith', 'contains')),
      join((a, b) => `${a}.matches(${b})`, text(next, scope), pick("'^a'", "'b$'", "'^$'")),
      join((a, b) => `(${a} in ${b})`, text(next, scope), words(next, scope)),
      join((a, b) => `(${a} in ${b})`, int(next, scope), numbers(next, scope)),
      join((a) => `(${a} in resource.tags)`, text(next, scope)),
      join((a, b, op) => `(${a} ${op} ${b})`, words(next, scope), words(next, scope), pick('==', '!=')),
      join((a, b, op) => `(${a} ${op} ${b})`, bool(next, scope), bool(next, scope), pick('==', '!=')),
      quantified(words, 's'),
      quantified(numbers, 'i'),
      quantified(children, 'c'),
      quantified(() => pick('resource.tags'), 's'),
      ...(standardOnly ? [] : [join((a) => `(${a} in [])`, int(next, scope))]),
    );
  };

  return bool(deepest, options.scope ?? []);
}
