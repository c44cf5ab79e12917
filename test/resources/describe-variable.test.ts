import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { describeVariable, type VariableValue } from '../../src/resources/describe-variable.ts';
import { createValueClassifier, type ValueClassifier } from '../../src/resources/secret-value.ts';

let classify: ValueClassifier;
beforeAll(async () => {
  classify = await createValueClassifier();
});

// Put together when the tests run, so that no scanner takes this file for a leak.
const dashes = '-'.repeat(5);
const fake = (length: number, letters = 'Fake0') => letters.repeat(length).slice(0, length);
const stripe = 'sk' + '_live_example_not_real_0000';
const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme/prod/db-AbCdEf';
const url = (password: string) => `postgres://svc:${password}@db.internal:5432/app`;

const literal = (text: string): VariableValue => ({ kind: 'literal', text });

describe('a literal that is blamed', () => {
  const cases: readonly (readonly [name: string, text: string, kind: string])[] = [
    // The name and the value together.
    ['DB_PASSWORD', 'hunter2-example', 'literal-credential'],
    ['DB_PASSWORD', 'correct horse battery', 'literal-credential'],
    ['DB_PASSWORD', 'changeme', 'literal-credential'],
    ['DB_PASSWORD', '482913', 'literal-credential'],
    ['MYSQL_ROOT_PASSWORD', 'fakefakefake', 'literal-credential'],
    ['spring.datasource.password', 'Fake-Pass-1', 'literal-credential'],
    ['PGPASSWORD', 'Passw0rd-example', 'literal-credential'],
    ['ADMIN_PASS', 'letmein', 'literal-credential'],
    ['API_KEY', stripe, 'literal-credential'],
    ['API_KEY', fake(24), 'literal-credential'],
    ['NPM_TOKEN', 'npm_' + 'exampleexample', 'literal-credential'],
    ['GITHUB_TOKEN', 'ghp_' + 'exampleexample', 'literal-credential'],
    ['SLACK_BOT_TOKEN', fake(32), 'literal-credential'],
    ['AWS_SECRET_ACCESS_KEY', secretKey, 'literal-credential'],
    ['AWS_SECRET_ACCESS_KEY', `lower/${fake(34)}`, 'literal-credential'],
    ['aws_secret_access_key', fake(40, 'Fake1Example/'), 'literal-credential'],
    ['JWT_SECRET', 'supersecretvalue', 'literal-credential'],
    ['CLIENT_SECRET', 'fake-client-secret', 'literal-credential'],
    ['clientSecret', fake(32), 'literal-credential'],
    ['APP_SECRET', fake(20, 'abc1'), 'literal-credential'],
    ['SECRET', 'Fake-Pass-1', 'literal-credential'],
    // A reference beside a literal hides nothing.
    ['DB_PASSWORD', 'hunter2-{{resolve:ssm:/acme/suffix}}', 'literal-credential'],
    ['SETTINGS', 'user={{resolve:ssm:/acme/user}};password=Fake-Pass-1', 'literal-credential'],
    // The value alone, whatever the name.
    ['DATABASE_URL', url('Fake-Pass-1'), 'url-credentials'],
    ['UPSTREAM', 'https://svc:Fake-Pass-1@git.example.com/a.git', 'url-credentials'],
    ['SECRET_ARN', url('Fake-Pass-1'), 'url-credentials'],
    ['CONFIG', JSON.stringify({ username: 'app', password: 'Fake-Pass-1' }), 'literal-credential'],
    ['CERT', `${dashes}BEGIN RSA PRIVATE KEY${dashes}\nMIIFAKE\n${dashes}END RSA PRIVATE KEY${dashes}`, 'private-key'],
    ['SEED', 'ghp' + '_' + fake(36, 'FAKE'), 'github-token'],
    ['FEATURE_KEY', 'sk' + '_live_' + fake(24), 'stripe-key'],
  ];
  it.each(cases)('%s=%s', async (name, text, kind) => {
    const dynamic = text.includes('{{resolve:');
    const source = dynamic ? 'dynamic-reference' : 'literal';
    expect(await describeVariable(name, literal(text), classify)).toEqual({ name, source, looksSecret: true, kind });
  });
});

describe('a literal that is not', () => {
  const cases: readonly (readonly [name: string, text: string])[] = [
    ['SECRETS_MANAGER_ENDPOINT', 'https://secretsmanager.eu-west-1.amazonaws.com'],
    ['SECRET_ARN', arn],
    ['SECRET_NAME', 'acme/prod/db'],
    ['DB_SECRET_NAME', 'acme/prod/db'],
    ['DB_SECRET', 'acme/prod/db'],
    ['DB_SECRET', 'acme-prod-db'],
    ['DB_SECRET', arn],
    ['DB_PASSWORD', arn],
    ['DB_PASSWORD', '/acme/prod/db/password'],
    ['DB_PASSWORD', 'acme/prod/db'],
    ['DB_PASSWORD', 'ssm:/acme/prod/db/password'],
    ['DB_PASSWORD', '${DB_PASSWORD}'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '****'],
    ['DB_PASSWORD_FILE', '/run/secrets/db-password'],
    ['PASSWORD_POLICY', 'strict'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['TOKEN_TTL', '3600'],
    ['TOKEN_URL', 'https://login.example.com/oauth2/token'],
    ['AUTH_TOKEN', 'https://login.example.com/token'],
    ['API_KEY', '/acme/prod/api/key'],
    ['API_KEY', 'disabled'],
    ['FEATURE_KEY', 'dark-mode'],
    ['CACHE_KEY', fake(40)],
    ['PARTITION_KEY', 'customer_id_2024'],
    ['KMS_KEY_ID', '1b4e28ba-2fa1-11d2-883f-0016d3cca427'],
    ['AWS_ACCESS_KEY_ID', 'AK' + 'IA' + fake(16, 'FAKE')],
    ['PUBLIC_KEY', `ssh-ed25519 AAAA${fake(60)} alice@example`],
    ['DATABASE_URL', 'postgres://db.internal:5432/app'],
    ['DATABASE_URL', url('${DB_PASSWORD}')],
    ['GIT_COMMIT', fake(40, '0123456789abcdef')],
    ['IMAGE_DIGEST', `sha256:${fake(64, '0123456789abcdef')}`],
    ['BUILD_ID', fake(48)],
    ['RANDOM', 'q7Zk2mXv9PbT4wLr8NcY'],
    ['LOG_LEVEL', 'debug'],
    ['PWD', '/app'],
    ['', 'value'],
  ];
  it.each(cases)('%s=%s', async (name, text) => {
    expect(await describeVariable(name, literal(text), classify)).toEqual({ name, source: 'literal', looksSecret: false });
  });
});

describe('where the value comes from', () => {
  const why = new Unknown('known-after-apply', 'only apply will know it');
  const named = new Unknown('unresolved-reference', 'the name is a parameter');
  const undecided = { reason: 'unresolved-reference', detail: expect.stringContaining('aws_other.x.output') as string };
  const cases: readonly (readonly [what: string, name: string | Unknown, value: VariableValue, expected: object])[] = [
    [
      'a dynamic reference',
      'DB_PASSWORD',
      literal('{{resolve:secretsmanager:acme/prod/db:SecretString:password}}'),
      { source: 'dynamic-reference', looksSecret: false },
    ],
    [
      'one inside an address',
      'DATABASE_URL',
      literal(url('{{resolve:ssm-secure:/acme/db:1}}')),
      { source: 'dynamic-reference', looksSecret: false },
    ],
    [
      'a credential given from outside',
      'DB_PASSWORD',
      { kind: 'given', text: 'Fake-Pass-1' },
      { source: 'variable', looksSecret: true, kind: 'literal-credential' },
    ],
    ['a setting given from outside', 'LOG_LEVEL', { kind: 'given', text: 'debug' }, { source: 'variable', looksSecret: false }],
    [
      'an ARN of another resource',
      'SECRET_ARN',
      { kind: 'reference', attribute: 'aws_secretsmanager_secret.db.arn', secret: false },
      { source: 'reference', looksSecret: false },
    ],
    [
      'an ARN under the name of a credential',
      'DB_PASSWORD',
      { kind: 'reference', attribute: 'aws_secretsmanager_secret.db.arn', secret: false },
      { source: 'reference', looksSecret: false },
    ],
    [
      'a password of another resource',
      'DB_LOGIN',
      { kind: 'reference', attribute: 'random_password.db.result', secret: true },
      { source: 'reference', looksSecret: true, kind: 'credential-of-a-resource' },
    ],
    [
      'who knows what of another resource',
      'TABLE',
      { kind: 'reference', attribute: 'aws_other.x.output', secret: undefined },
      { source: 'reference', looksSecret: undecided, kind: undecided },
    ],
    ['Secrets Manager', 'DB_PASSWORD', { kind: 'store', store: 'secretsmanager' }, { source: 'secretsmanager', looksSecret: false }],
    ['Parameter Store', 'TOKEN', { kind: 'store', store: 'ssm' }, { source: 'ssm', looksSecret: false }],
    ['unknown under the name of a credential', 'DB_PASSWORD', { kind: 'unknown', why }, { source: why, looksSecret: why, kind: why }],
    // A URL with a password may be in it.
    ['unknown under a harmless name', 'LOG_LEVEL', { kind: 'unknown', why }, { source: why, looksSecret: why, kind: why }],
    [
      'unknown, of a parameter',
      'DB_PASSWORD',
      { kind: 'unknown', why, source: 'variable' },
      { source: 'variable', looksSecret: why, kind: why },
    ],
    ['a harmless value under an unknown name', named, literal('Fake-Pass-1'), { source: 'literal', looksSecret: named, kind: named }],
    [
      'a credential under an unknown name',
      named,
      literal(url('Fake-Pass-1')),
      { source: 'literal', looksSecret: true, kind: 'url-credentials' },
    ],
    ['a store under an unknown name', named, { kind: 'store', store: 'ssm' }, { source: 'ssm', looksSecret: false }],
  ];
  it.each(cases)('%s', async (_, name, value, expected) => {
    const described = await describeVariable(name, value, classify);
    expect(described).toMatchObject({ name, ...expected });
    expect(Object.keys(described).sort()).toEqual(Object.keys({ name, ...expected }).sort());
  });
});

describe('the value goes no further', () => {
  it('whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('DB_PASSWORD', 'LOG_LEVEL', 'API_KEY'), fc.string(), async (name, rest) => {
        const text = `CANARY-1-${rest}`;
        for (const kind of ['literal', 'given'] as const) {
          expect(JSON.stringify(await describeVariable(name, { kind, text }, classify))).not.toContain('CANARY');
        }
      }),
      { numRuns: 50 },
    );
  });

  it('when the detector fails with a message that quotes it', async () => {
    const failing: ValueClassifier = (value) => Promise.reject(new Error(`cannot read ${value}`));
    const described = await describeVariable('DB_PASSWORD', literal('CANARY-1'), failing);
    expect(described).toMatchObject({ source: 'literal', looksSecret: { reason: 'request-failed' } });
    expect(JSON.stringify(described)).not.toContain('CANARY');
  });
});
