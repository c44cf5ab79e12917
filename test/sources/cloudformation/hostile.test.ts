import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { decodeTemplate, looksLikeTemplate } from '../../../src/sources/cloudformation/index.ts';
import { fixture, read } from './read.ts';

async function errorOf(text: string): Promise<UserError> {
  const error: unknown = await read(text).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

const bomb = (levels: number): string =>
  [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: levels }, (_none, n) => `a${n + 1}: &a${n + 1} [${Array<string>(10).fill(`*a${n}`).join(', ')}]`),
    'Resources: {}',
  ].join('\n');

describe('what is no template', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /a template is a map/],
    ['a text', 'hunter2', /a template is a map/],
    ['a list', '- hunter2', /a template is a map/],
    ['no resources', 'Parameters: {}', /has no Resources/],
    ['resources that are a list', 'Resources: [hunter2]', /template\.yaml:1:1: Resources is not a map/],
    ['a key twice', 'Resources:\n  A: { Type: x }\n  A: { Type: y }', /:3:3: this key is here for the second time/],
    ['a key twice in JSON', '{ "Resources": { "A": {},\n  "A": {} } }', /:2:3: this key is here for the second time/],
    ['a tag of others', 'Resources:\n  A: !Foo hunter2', /:2:\d+: this tag is none of CloudFormation/],
    ['two documents', 'Resources: {}\n---\nResources: {}', /:2:1: a second document/],
    ['cut short', 'Resources: { A: { Type: "hunter2', /:1:\d+: a quote is not closed/],
    ['JSON cut short', '{ "Resources": { "A": "hunter2', /:1:\d+: this is not JSON/],
    ['an alias of nothing', 'Resources: *nothing', /:1:12: there is no anchor/],
    ['an alias within itself', 'Resources: &a { A: *a }', /:1:20: the alias stands inside/],
    ['a bomb of aliases', bomb(9), /:\d+:\d+: it has too many parts/],
    [
      'a tower of aliases',
      `a0: &a0 [x]\n${Array.from({ length: 300 }, (_none, n) => `a${n + 1}: &a${n + 1} [*a${n}]`).join('\n')}\nResources: {}`,
      /:\d+:\d+: it nests too deeply/,
    ],
    ['deep brackets', `Resources: ${'['.repeat(100_000)}`, /it nests too deeply|is not closed/],
    ['deep JSON', `{ "Resources": ${'['.repeat(5000)}${']'.repeat(5000)} }`, /:1:\d+: it nests too deeply/],
    ['deep dashes', `Resources:\n  ${'- '.repeat(5000)}`, /:2:\d+: it nests too deeply/],
    ['a list as a key', 'Resources: { ? [a] : b }', /a key has to be a text/],
    ['UTF-16 that was read as UTF-8', 'R\0e\0s\0', /holds a NUL character/],
    ['too large', ' '.repeat(6 * 1024 * 1024), /is larger than 5 MiB/],
  ])('%s', async (_name, text, message) => {
    const error = await errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.code).toBe('input-invalid');
    expect(error.message + JSON.stringify(error.diagnostics) + String(error.hint)).not.toContain('hunter2');
  });
});

describe('what is odd', () => {
  it('is read in UTF-16, and with a byte order mark', async () => {
    const text = fixture('sam.yaml');
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect((await read(decodeTemplate(bytes))).scope.resources).toHaveLength(5);
    expect((await read(decodeTemplate(Buffer.from(`\uFEFF${text}`)))).scope.resources).toHaveLength(5);
    expect((await read(`\uFEFF${text}`)).scope.resources).toHaveLength(5);
  });

  it('keys called __proto__ do no harm', async () => {
    const text =
      '{ "Resources": { "__proto__": { "Type": "AWS::SecretsManager::Secret", "Properties": { "__proto__": { "Name": "x" }, "Tags": [{ "Key": "__proto__", "Value": "v" }] } } }, "__proto__": { "polluted": true } }';
    const { scope } = await read(text);
    expect(scope.resources.map(({ address }) => address)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((await read('Resources:\n  __proto__: { Type: AWS::SecretsManager::Secret }')).scope.resources).toHaveLength(1);
  });

  it.each<[string, string]>([
    [
      'a ring of names',
      "Resources: { A: { Type: AWS::SSM::Parameter, Properties: { Name: !Sub '${B}' } }, B: { Type: AWS::SSM::Parameter, Properties: { Name: !Sub '${A}' } } }",
    ],
    [
      'a ring of conditions',
      'Conditions: { A: !Condition B, B: !Not [!Condition A] }\nResources: { S: { Type: AWS::SecretsManager::Secret, Condition: A, Properties: { Name: !If [B, x, y] } } }',
    ],
    [
      'texts that double',
      `Resources:\n${Array.from({ length: 60 }, (_none, n) => `  P${n}: { Type: AWS::SSM::Parameter, Properties: { Type: String, Name: !Sub '\${P${n + 1}}\${P${n + 1}}', Value: x } }`).join('\n')}\n  P60: { Type: AWS::SSM::Parameter, Properties: { Name: xxxxxxxx } }`,
    ],
    [
      'conditions that double',
      `Parameters: { X: { Type: String } }\nConditions:\n${Array.from({ length: 60 }, (_none, n) => `  C${n}: !And [!Condition C${n + 1}, !Condition C${n + 1}]`).join('\n')}\n  C60: !Equals [!Ref X, y]\nResources: { S: { Type: AWS::SecretsManager::Secret, Condition: C0 } }`,
    ],
    [
      'loops in loops',
      `Resources:\n  Fn::ForEach::A:\n    - A\n    - [${Array.from({ length: 200 }, (_none, n) => n).join(',')}]\n    - Fn::ForEach::B\${A}:\n        - B\n        - [${Array.from({ length: 200 }, (_none, n) => n).join(',')}]\n        - S\${A}x\${B}: { Type: AWS::X::Y }`,
    ],
    [
      'an attachment of itself',
      'Resources: { A: { Type: AWS::SecretsManager::SecretTargetAttachment, Properties: { SecretId: !Ref A } }, R: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref A } } }',
    ],
  ])('%s comes to an end', async (_name, text) => {
    const { scope } = await read(text);
    expect(['complete', 'partial']).toContain(scope.status);
  });

  it('tells templates from others by their content', () => {
    expect(looksLikeTemplate(fixture('orders.yaml'))).toBe(true);
    expect(looksLikeTemplate(fixture('cdk.out/Vault.template.json'))).toBe(true);
    expect(looksLikeTemplate('Resources:\n  A:\n    Type: AWS::SNS::Topic\n')).toBe(true);
    for (const other of [
      '{}',
      '{"format_version":"1.2","resource_changes":[]}',
      'services: { web: {} }',
      fixture('cdk.out/manifest.json'),
      'Resources: none',
      '\n'.repeat(1_000_000),
      '{\n'.repeat(500_000),
    ]) {
      expect(looksLikeTemplate(other)).toBe(false);
    }
  });

  it('a thousand secrets with a thousand rotations take no minutes', async () => {
    const pair = (n: number): string =>
      `  S${n}: { Type: AWS::SecretsManager::Secret, Properties: { Name: s${n} } }\n  R${n}: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref S${n}, RotationLambdaARN: x } }\n`;
    const { scope } = await read(`Resources:\n${Array.from({ length: 1000 }, (_none, n) => pair(n)).join('')}`);
    expect(scope.resources).toHaveLength(1000);
    expect(scope.resources.every(({ attributes }) => (attributes['rotation'] as { enabled: boolean }).enabled)).toBe(true);
  });
});

const samples = [
  fixture('orders.yaml'),
  fixture('sam.yaml'),
  fixture('cdk.out/Vault.template.json'),
  fixture('cdk.out/assembly-Prod/ProdData90A795AA.template.json'),
];

const fragments = [
  '!Ref A',
  '!If [IsProd, {',
  '*x',
  '&x ',
  '<<: ',
  '{',
  '}',
  '[',
  ']',
  ': ',
  '\n',
  '"',
  "'",
  '${',
  '}',
  'Fn::Sub',
  'Fn::ForEach::X',
  '1e999',
  '99999999999999999999',
  '\0',
  '\uFFFD',
  '\uD800',
  '- - - - ',
  '!!binary x',
  '? ',
  '|',
  'null',
  '~',
  '__proto__: ',
  'AWS::NoValue',
];

describe('mutated templates', () => {
  it('give a result or a mistake of the user, nothing else', async () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.integer({ min: 0, max: 60 }),
      put: fc.constantFrom(...fragments, ''),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 4 }), async (sample, edits) => {
        let text = sample;
        for (const { at, cut, put } of edits) {
          const offset = Math.floor(at * text.length);
          text = text.slice(0, offset) + put + text.slice(offset + cut);
        }
        await settles(text);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  it('with values of other types', async () => {
    const odd: readonly unknown[] = [
      null,
      0,
      -1,
      1e308,
      '',
      'x',
      true,
      [],
      {},
      [[]],
      { Ref: 'x' },
      { Ref: 3 },
      { 'Fn::Sub': [] },
      { 'Fn::If': [] },
      { 'Fn::Join': 3 },
      { 'Fn::GetAtt': {} },
      { 'Fn::Select': [{}, {}] },
      { 'Fn::FindInMap': [{}, []] },
      { 'Fn::Split': ['', 'x'] },
      { 'Fn::Transform': 1 },
      { 'Fn::ForEach::X': 1 },
    ];
    const vault = JSON.parse(fixture('cdk.out/Vault.template.json')) as object;
    const paths = pathsOf(vault);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...odd)), { minLength: 1, maxLength: 5 }),
        async (changes) => {
          const copy = structuredClone(vault);
          for (const [path, value] of changes) put(copy, path, structuredClone(value));
          await settles(JSON.stringify(copy));
        },
      ),
      { numRuns: 600 },
    );
  }, 120_000);
});

async function settles(text: string): Promise<void> {
  try {
    const { scope } = await read(text);
    for (const { locate } of scope.resources)
      for (const path of ['', 'name', 'statements[0].actions[0]', 'rotation.schedule', 'environment[0]']) locate?.(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    ...(path.length === 0 ? [] : [path]),
    ...keys.flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key])),
  ];
}

function put(root: object, path: Path, value: unknown): void {
  let node: unknown = root;
  for (const key of path.slice(0, -1)) {
    if (typeof node !== 'object' || node === null) return;
    node = (node as Record<string | number, unknown>)[key];
  }
  const last = path.at(-1);
  if (typeof node === 'object' && node !== null && last !== undefined) (node as Record<string | number, unknown>)[last] = value;
}
