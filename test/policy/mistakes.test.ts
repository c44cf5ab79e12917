import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { resourceTypes } from '../../src/resources/index.ts';
import { basePolicy, withText } from './sample-policy.ts';

/** Where the mistake is expected: the mark is taken out before the file is loaded. */
const mark = '¶';

interface Mistake {
  readonly name: string;
  /** What is replaced in the sound policy, and by what; ¶ stands before the place of each expected diagnostic. */
  readonly edits: readonly (readonly [string, string])[];
  /** Message, and hint after ` | `, in the order of their places. */
  readonly expected: readonly string[];
  readonly severity?: 'warning';
  readonly builtin?: true;
}

const exclude = 'resource.isReplica';
const comparison = 'resource.rotation.schedule.intervalDays <= params.maxDays';
const fixture = 'resource: { name: a, isReplica: false, rotation: { enabled: true, schedule: { intervalHours: 2160';
const typeNames = resourceTypes.map(({ name }) => name).join(', ');

const mistakes: readonly Mistake[] = [
  {
    name: 'a misspelt attribute',
    edits: [['when: resource.rotation.enabled', 'when: resource.¶rotaton.enabled']],
    expected: ['resource has no rotaton | did you mean rotation?'],
  },
  {
    name: 'a misspelt attribute in has()',
    edits: [['has(resource.rotation.schedule)', 'has(resource.rotation.¶shedule)']],
    expected: [
      'resource.rotation has no shedule; it has enabled, managedBy, schedule, functionArn, functionExists, functionInvocable, strategy, lastRotatedAt, nextRotationAt, pendingVersion, pendingSince, soughtIn | did you mean schedule?',
    ],
  },
  {
    name: 'a misspelt attribute in a message',
    edits: [['{{ resource.name }}', '{{ resource.¶nam }}']],
    expected: ['resource has no nam | did you mean name?'],
  },
  {
    name: 'a misspelt attribute in locate',
    edits: [['locate: resource.rotation.schedule.intervalDays', 'locate: ¶resource.rotation.schedule.intervalDay']],
    expected: ['resource.rotation.schedule.intervalDay is not an attribute | write a path such as resource.rotation.enabled'],
  },
  {
    name: 'a misspelt attribute in remediation.cli',
    edits: [['  text: Do it.', '  text: Do it.\n  cli: aws {{ resource.¶nme }}']],
    expected: ['resource has no nme | did you mean name?'],
  },
  {
    name: 'a misspelt param',
    edits: [[comparison, 'resource.rotation.schedule.intervalDays <= params.¶maxDay']],
    expected: ['params has no maxDay; it has maxDays | did you mean maxDays?'],
  },
  {
    name: 'an unknown variable',
    edits: [[exclude, '¶resorce.isReplica']],
    expected: ['there is no variable resorce | did you mean resource?'],
  },
  {
    name: 'a misspelt attribute in a fixture',
    edits: [[fixture, fixture.replace('isReplica: false', 'isReplica: false, ¶owningServce: x')]],
    expected: ['there is no owningServce here | did you mean owningService?'],
  },
  {
    name: 'a misspelt nested attribute in a fixture',
    edits: [[fixture, fixture.replace('enabled: true', 'enabled: true, ¶functionARNs: x')]],
    expected: ['there is no functionARNs here | did you mean functionArn?'],
  },
  {
    name: 'a fixture that leaves out what the policy reads',
    edits: [[fixture, fixture.replace('resource: { name: a, isReplica: false,', 'resource: ¶{ name: a,')]],
    expected: ['isReplica is missing'],
  },
  {
    name: 'a wrong type in a fixture',
    edits: [[fixture, fixture.replace('isReplica: false', "isReplica: ¶'false'")]],
    expected: ['expected true or false, found a text'],
  },
  {
    name: 'a word in a fixture that is not one of the few',
    edits: [[fixture, fixture.replace('enabled: true', 'managedBy: ¶functon, enabled: true')]],
    expected: ['expected one of function, service, none | did you mean function?'],
  },
  {
    name: 'a misspelt reason of an unknown',
    edits: [['$unknown: known-after-apply', '$unknown: ¶known-after-aply']],
    expected: ['this is no reason that a value can be unknown for | did you mean known-after-apply?'],
  },
  {
    name: 'a misspelt method',
    edits: [[exclude, "¶resource.name.startWith('a')"]],
    expected: ['a string has no method startWith() | did you mean startsWith?'],
  },
  { name: 'a misspelt function', edits: [[exclude, '¶day(1) > days(2)']], expected: ['there is no function day() | did you mean days?'] },
  {
    name: 'a misspelt function of a namespace',
    edits: [[exclude, "¶names.lookSecret('a')"]],
    expected: ['there is no function names.lookSecret() | did you mean names.looksSecret?'],
  },
  { name: 'a wrong argument', edits: [[exclude, 'days(¶resource.name) > days(2)']], expected: ['days() expects int, found string'] },
  { name: 'a misspelt key', edits: [['exclude:', '¶excludes:']], expected: ['there is no excludes here | did you mean exclude?'] },
  {
    name: 'a misspelt key further in',
    edits: [['  - if: resource.isReplica\n    reason: judged', '  - ¶if: resource.isReplica\n    ¶reasn: judged']],
    expected: ['reason is missing', 'there is no reasn here | did you mean reason?'],
  },
  {
    name: 'two sides of different types',
    edits: [[comparison, "¶resource.rotation.schedule.intervalDays <= '90'"]],
    expected: ['int <= string is not possible'],
  },
  {
    name: 'a number where a duration is due',
    edits: [
      [exclude, '¶now - resource.createdAt > 90'],
      ...basePolicy.match(/isReplica: false/g)!.map(() => ['isReplica: false', 'createdAt: 2026-01-01, isReplica:  false'] as const),
    ],
    expected: ['duration > int is not possible | write a span of time as days(90) or hours(36)'],
  },
  {
    name: 'an assert that is not a condition',
    edits: [[`that: ${comparison}`, 'that: ¶resource.rotation.schedule.intervalDays']],
    expected: ['expected bool, found int'],
  },
  {
    name: 'a missing key',
    edits: [
      ['apiVersion', '¶apiVersion'],
      ['title: Test\n', ''],
    ],
    expected: ['title is missing'],
  },
  {
    name: 'a duplicate key',
    edits: [['severity: medium', 'severity: medium\n¶severity: low']],
    expected: ['this key is here for the second time | keep one of them'],
  },
  {
    name: 'a tab as indentation',
    edits: [
      ['    message:', '¶\tmessage:'],
      ['    locate:', '¶    locate:'],
    ],
    expected: [
      'a tab stands where YAML wants spaces | indent with spaces',
      'this line is not indented as those before it | the keys of one map stand below each other',
    ],
  },
  {
    name: 'an unquoted !',
    edits: [
      [
        'when: resource.rotation.enabled && has(resource.rotation.schedule)',
        'when: ¶!has(resource.rotation.schedule) && resource.rotation.enabled',
      ],
    ],
    expected: ["this begins with !, which YAML takes for a tag | put a text that begins with ! in quotes: when: '!has(x)'"],
  },
  {
    name: 'aliases',
    edits: [
      ['severity: medium', 'severity: &s medium'],
      ['description: Why.', 'description: ¶*s'],
      ['text: Do it.', 'text: ¶*s'],
    ],
    expected: ['YAML aliases are not accepted here | write the value out', 'YAML aliases are not accepted here | write the value out'],
  },
  {
    name: 'two documents',
    edits: [['apiVersion', 'x-a: 1\n¶---\napiVersion']],
    expected: ['a second document begins here | write one document a file'],
  },
  {
    name: 'an unknown resource type',
    edits: [['resource: AWS::SecretsManager::Secret', 'resource: ¶AWS::SecretsManager::Secrt']],
    expected: [`expected one of ${typeNames} | did you mean AWS::SecretsManager::Secret?`],
  },
  {
    name: 'an unknown severity',
    edits: [['severity: medium', 'severity: ¶meduim']],
    expected: ['expected one of critical, high, medium, low, info | did you mean medium?'],
  },
  {
    name: 'an id that is not kebab-case',
    edits: [['id: secretsmanager-test', 'id: ¶SecretsTest']],
    expected: ['does not match ^[a-z][a-z0-9]*(-[a-z0-9]+)+$'],
  },
  { name: 'a default above its maximum', edits: [['default: 90', 'default: ¶2000']], expected: ['the largest accepted value is 1000'] },
  { name: 'a default below its minimum', edits: [['default: 90', 'default: ¶0']], expected: ['the smallest accepted value is 1'] },
  {
    name: 'bounds of a text',
    edits: [
      ['maxDays: { type: int, default: 90,', "maxDays: ¶{ type: string, default: '90',"],
      [comparison, 'resource.name != params.maxDays'],
    ],
    expected: ['minimum, maximum and accepts belong to an int'],
  },
  {
    name: 'a bad pattern',
    edits: [[exclude, "¶resource.name.matches('(a')"]],
    expected: ['not an RE2 pattern: error parsing regexp: missing closing ): `(a`'],
  },
  {
    name: 'a bad pattern as default of a param',
    edits: [['params:\n', "params:\n  name: { type: regex, default: ¶'a(?=b)', description: x }\n"]],
    expected: ['not an RE2 pattern: error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
  },
  {
    name: 'an optional attribute that nothing guards, in a policy of ours',
    edits: [[exclude, "¶resource.primaryRegion == 'eu-west-1'"]],
    expected: ['resource.primaryRegion is optional and may be absent here | guard it with has(resource.primaryRegion), here or in when'],
    builtin: true,
  },
  {
    name: 'an optional attribute that nothing guards, in a policy of a user',
    edits: [[exclude, "¶resource.primaryRegion == 'eu-west-1'"]],
    expected: ['resource.primaryRegion is optional and may be absent here | guard it with has(resource.primaryRegion), here or in when'],
    severity: 'warning',
  },
  {
    name: 'a tag that nothing guards',
    edits: [
      [exclude, "resource.isReplica && ¶resource.tags.owner == 'a'"],
      ...[1, 2, 3].map(() => ['isReplica: false', 'tags: {}, isReplica:  false'] as const),
    ],
    expected: ['resource.tags.owner is optional and may be absent here | guard it with has(resource.tags.owner), here or in when'],
    severity: 'warning',
  },
  {
    name: 'what only a live account knows, without sources',
    edits: [
      ['sources: [aws]\n', ''],
      [exclude, '¶now - resource.createdAt > days(1)'],
      ...[1, 2, 3].map(() => ['isReplica: false', 'createdAt: 2026-01-01, isReplica:  false'] as const),
    ],
    expected: [
      'resource.createdAt cannot be known in terraform, cloudformation | limit the policy to the sources that know it: sources: [aws]',
    ],
  },
  {
    name: 'collected() in an assert',
    edits: [[`that: ${comparison}`, 'that: ¶collected(resource.rotation)']],
    expected: ['collected() may only stand in exclude: elsewhere it could make an unknown pass'],
  },
  {
    name: 'collected() in a variable',
    edits: [['exclude:', 'variables:\n  - name: v\n    expr: ¶collected(resource.rotation)\nexclude:']],
    expected: ['collected() may only stand in exclude: elsewhere it could make an unknown pass'],
  },
  { name: 'two tests of one name', edits: [['name: too long', 'name: ¶exactly']], expected: ['there is a test of that name already'] },
  {
    name: 'a test with an unknown param',
    edits: [['    expect: pass', '    params: { maxDay: ¶9 }\n    expect: pass']],
    expected: ['there is no param maxDay | did you mean maxDays?'],
  },
  {
    name: 'a test with a param out of bounds',
    edits: [['    expect: pass', '    params: { maxDays: ¶0 }\n    expect: pass']],
    expected: ['the smallest accepted value is 1'],
  },
  {
    name: 'a test with a bad clock',
    edits: [['    expect: pass', '    now: ¶2026-02-30T00:00:00Z\n    expect: pass']],
    expected: ['expected a time such as 2026-01-31T00:00:00Z'],
  },
  {
    name: 'a test of another type',
    edits: [['    expect: pass', '    type: ¶AWS::KMS::Key\n    expect: pass']],
    expected: ['the policy does not judge AWS::KMS::Key | it judges AWS::SecretsManager::Secret'],
  },
  {
    name: 'two variables of one name',
    edits: [['exclude:', "variables:\n  - { name: a, expr: 'true' }\n  - { name: ¶a, expr: 'false' }\nexclude:"]],
    expected: ['there is a variable a already'],
  },
  {
    name: 'a variable that is used before its place',
    edits: [['exclude:', "variables:\n  - { name: a, expr: '¶variables.b' }\n  - { name: b, expr: 'true' }\nexclude:"]],
    expected: ['there is no variable variables'],
  },
  {
    name: 'a variable called toString',
    edits: [['exclude:', "variables:\n  - { name: ¶toString, expr: 'true' }\nexclude:"]],
    expected: ['toString is a reserved name; choose another'],
  },
  {
    name: 'a param called constructor',
    edits: [['params:\n', 'params:\n  ¶constructor: { type: bool, default: true, description: x }\n']],
    expected: ['constructor is a reserved name; choose another'],
  },
  {
    name: 'a param called __proto__',
    edits: [['params:\n', 'params:\n  ¶__proto__: { type: bool, default: true, description: x }\n']],
    expected: ['__proto__ is not a name: letters and digits, a letter first'],
  },
  {
    name: 'an item that shadows a name',
    edits: [['exclude:', 'each: { var: ¶resource, in: resource.replicas }\nexclude:']],
    expected: ['resource is taken already; choose another name'],
  },
  {
    name: 'an item named by a word of CEL',
    edits: [['exclude:', 'each: { var: ¶list, in: resource.replicas }\nexclude:']],
    expected: ['list is a word of the language; choose another name'],
  },
  {
    name: 'each over what is no list',
    edits: [['exclude:', 'each: { var: item, in: ¶resource.name }\nexclude:']],
    expected: ['expected a list, found string'],
  },
  {
    name: 'a comprehension that shadows a name',
    edits: [[exclude, 'resource.replicas.exists(¶now, true)']],
    expected: ['now is taken already; choose another name'],
  },
  {
    name: 'a comprehension in a comprehension that shadows it',
    edits: [[exclude, 'resource.replicas.exists(r, resource.replicas.exists(¶r, true))']],
    expected: ['r is taken already; choose another name'],
  },
  {
    name: 'a template that does not end',
    edits: [['{{ resource.name }} may', '¶{{ resource.name may']],
    expected: ['this {{ is not closed'],
  },
  { name: 'a text that does not end', edits: [[exclude, "resource.name == ¶'abc"]], expected: ['Unterminated string'] },
  {
    name: 'an object in a message',
    edits: [['{{ resource.name }}', '{{¶ resource.rotation }}']],
    expected: ['an object cannot be shown in a message; name one of its fields'],
  },
  {
    name: 'null',
    edits: [[exclude, 'resource.name == ¶null']],
    expected: ['there is no null here: an attribute that is not set is absent | use has() or !has()'],
  },
  { name: 'an empty condition', edits: [[`if: ${exclude}`, "if: ¶''"]], expected: ['must not be empty'] },
  {
    name: 'no test that fails',
    edits: [
      ['tests:\n  - name: exactly', 'tests:\n  ¶- name: exactly'],
      ['    expect: fail\n', '    expect: not_applicable\n'],
    ],
    expected: ['no test expects fail | a policy is only known to work when each verdict has been seen'],
    severity: 'warning',
  },
  {
    name: 'all mistakes of a file at once',
    edits: [
      ['apiVersion', '¶apiVersion'],
      ['title: Test', '¶titel: Test'],
      [exclude, 'resource.¶isReplca'],
      [comparison, 'resource.rotation.schedule.intervalDays <= params.¶maxDay'],
      ['{{ resource.name }}', '{{ resource.¶nam }}'],
      ['    expect: pass', '    params: { maxDay: ¶9 }\n    expect: pass'],
    ],
    expected: [
      'title is missing',
      'there is no titel here | did you mean title?',
      'resource has no isReplca | did you mean isReplica?',
      'params has no maxDay; it has maxDays | did you mean maxDays?',
      'resource has no nam | did you mean name?',
      'there is no param maxDay | did you mean maxDays?',
    ],
  },
];

/** The text without marks, and where they stood. */
function takeMarks(marked: string): { readonly text: string; readonly places: readonly string[] } {
  const places: string[] = [];
  const lines = marked.split('\n').map((line, index) => {
    let rest = line;
    for (let at = rest.indexOf(mark); at >= 0; at = rest.indexOf(mark)) {
      places.push(`${index + 1}:${at + 1}`);
      rest = rest.slice(0, at) + rest.slice(at + mark.length);
    }
    return rest;
  });
  return { text: lines.join('\n'), places };
}

it('the sound policy is sound', () => {
  const loaded = loadPolicy('policy.yaml', basePolicy, true);
  expect(loaded.diagnostics).toEqual([]);
  expect(loaded.policy?.id).toBe('secretsmanager-test');
});

it.each(mistakes)('$name', ({ edits, expected, severity = 'error', builtin }) => {
  const marked = edits.reduce((policy, [piece, replacement]) => withText(piece, replacement, policy), basePolicy);
  const { text, places } = takeMarks(marked);
  const { diagnostics, policy } = loadPolicy('policy.yaml', text, builtin === true);
  const shown = diagnostics.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
  expect(shown).toEqual(expected.map((message, index) => `${places[index]} ${message}`));
  for (const diagnostic of diagnostics) {
    expect(diagnostic.severity).toBe(severity);
    expect(diagnostic.excerpt).toBe(text.split('\n')[diagnostic.line - 1]);
  }
  expect(policy === undefined).toBe(severity === 'error');
});

describe('the place is exact in every style of YAML', () => {
  const styles: readonly (readonly [string, string])[] = [
    ['plain', 'when: resource.rotation.enabled && resource.¶typo'],
    ['plain over several lines', 'when: resource.rotation.enabled\n  &&\n\n  resource.¶typo'],
    ['single quotes', "when: 'resource.name == ''a'' && resource.¶typo'"],
    ['single quotes over several lines', "when: 'resource.rotation.enabled\n   &&   resource.name != ''x''\n\n   && resource.¶typo'"],
    ['double quotes', 'when: "resource.rotation.enabled && resource.¶typo"'],
    [
      'double quotes with escapes',
      'when: "resource.name == \\"a\\\\\\\\b\\" \\u0026& \\x27\\U0001F600\\x27 != \\"\\\\t\\" && resource.¶typo"',
    ],
    ['double quotes with an escaped line end', 'when: "resource.rotation.enabled \\\n   && resource.¶typo"'],
    ['folded', 'when: >\n  resource.rotation.enabled\n  && resource.¶typo'],
    ['folded with blank and deeper lines', "when: >-\n\n  resource.rotation.enabled\n\n    && resource.name != 'x'\n  && resource.¶typo\n"],
    ['literal', 'when: |\n  resource.rotation.enabled\n    && resource.¶typo'],
    ['literal with an indent of its own', 'when: |2-\n    resource.rotation.enabled &&\n   resource.¶typo'],
  ];
  const plain = 'when: resource.rotation.enabled && has(resource.rotation.schedule)';
  for (const end of ['\n', '\r\n']) {
    it.each(styles)(`%s, lines ending in ${JSON.stringify(end)}`, (_style, condition) => {
      const { text, places } = takeMarks(withText(plain, condition));
      const { diagnostics } = loadPolicy('policy.yaml', text.replaceAll('\n', end), false);
      expect(
        diagnostics.filter(({ severity }) => severity === 'error').map(({ line, column, message }) => `${line}:${column} ${message}`),
      ).toEqual([`${places[0]} resource has no typo`]);
    });
  }
});
